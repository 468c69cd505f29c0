import type { Metadata } from "./content.ts";
import { present } from "./content.ts";
import type { Desk, Settled } from "./operation.ts";
import type { ReadState } from "./read-state.ts";

/**
 * Keeps a window of sliver requests open over all shards in random order, the shards of a node side
 * by side. Every settled sliver, good or bad, opens the next request, and none is retried: the window
 * is the hedge.
 */
export function fillWindow(state: ReadState, desk: Desk): void {
  const { placement, parameters } = desk;
  const { bytes } = state.metadata as Metadata;
  const inFlightMax = Math.floor(parameters.dataInFlight / placement.sizes(bytes).primaryBytes);
  const wanted = parameters.sliverReads ?? placement.primaryNeeded;
  const window = Math.max(1, Math.min(wanted, inFlightMax));
  const weights = placement.weights(state.blob);
  while (state.waiting < window && state.member < state.order.length) {
    const node = state.order[state.member] as number;
    const left = (weights[node] as number) - state.position;
    const count = Math.min(left, window - state.waiting, desk.pairsPerMessageMax);
    const first = state.position;
    state.position += count;
    if (count === left) {
      state.member++;
      state.position = 0;
    }
    state.waiting += count;
    const call = desk.newCall();
    const { blob } = state;
    const { epoch } = placement;
    desk.ask(state, node, { kind: "get-slivers", call, blob, epoch, first, count }, desk.once);
  }
}

/** Takes what came of one request; true once enough valid slivers are in. */
export function settleWindow(state: ReadState, settled: Settled, desk: Desk): boolean {
  const { request } = settled.call;
  if (request.kind !== "get-slivers") return false;
  state.waiting -= request.count;
  if (settled.failure === "not-found") state.notFoundWeight += request.count;
  takeSlivers(state, settled, desk);
  if (state.valid >= desk.placement.primaryNeeded) return true;
  fillWindow(state, desk);
  return false;
}

/** Adds the slivers of an answer to those of the read; how many of them verified. */
export function takeSlivers(state: ReadState, { answer }: Settled, desk: Desk): number {
  if (answer?.kind !== "slivers") return 0;
  const metadata = state.metadata as Metadata;
  const count = present(answer.slivers);
  const valid = desk.payload.valid(metadata, answer.slivers);
  if (valid < count) state.failedRequests++;
  if (valid > 0) state.slices.push(answer.slivers);
  state.valid += valid;
  state.sliversReceived += count;
  state.bytesReceived += count * desk.placement.sizes(metadata.bytes).primaryBytes;
  return valid;
}
