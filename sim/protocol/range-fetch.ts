import type { Metadata } from "./content.ts";
import type { Desk, Settled } from "./operation.ts";
import type { ReadState } from "./read-state.ts";
import { takeSlivers } from "./sliver-window.ts";

/** Slivers of a range that are rebuilt at most; with more missing the read fails. */
const REBUILT_MAX = 100;

/** The systematic primary slivers that hold a stretch of the blob: first, and one past the last. */
export function sliversOfRange(
  range: { readonly offset: number; readonly bytes: number },
  blobBytes: number,
  primaryBytes: number,
): { readonly first: number; readonly end: number } {
  const from = Math.min(range.offset, Math.max(0, blobBytes - 1));
  const to = Math.min(range.offset + range.bytes, blobBytes);
  const first = Math.floor(from / primaryBytes);
  return { first, end: Math.max(first + 1, Math.ceil(to / primaryBytes)) };
}

/**
 * Asks for just the slivers that hold the range, each from the one node that is to hold it: here no
 * other will do.
 */
export function startRange(state: ReadState, desk: Desk): void {
  const { placement, parameters } = desk;
  const { bytes } = state.metadata as Metadata;
  const { primaryBytes } = placement.sizes(bytes);
  const { first, end } = sliversOfRange(
    state.range as { offset: number; bytes: number },
    bytes,
    primaryBytes,
  );
  const { attempts, timeout, delay } = parameters.range;
  for (let pair = first; pair < end; pair++) {
    const node = placement.memberOf(state.blob, pair);
    const position = placement.pairs(state.blob, node).indexOf(pair);
    state.waiting++;
    const call = desk.newCall();
    const request = {
      kind: "get-slivers",
      call,
      blob: state.blob,
      epoch: placement.epoch,
      first: position,
      count: 1,
    } as const;
    desk.ask(state, node, request, { retries: attempts - 1, timeout, pause: delay });
  }
}

/** Takes what came of one request: `done` with the range read, `failed` with too little left. */
export function settleRange(
  state: ReadState,
  settled: Settled,
  desk: Desk,
): "waiting" | "done" | "failed" {
  if (settled.call.request.kind === "get-symbols") return settleSymbols(state, settled, desk);
  state.waiting--;
  if (takeSlivers(state, settled, desk) === 0) {
    state.missing++;
    state.failedMembers.push(settled.call.node);
  }
  if (state.waiting > 0) return "waiting";
  if (state.missing === 0) return "done";
  if (state.missing > REBUILT_MAX || desk.placement.secondaryNeeded === Number.POSITIVE_INFINITY) {
    return "failed";
  }
  state.valid = 0;
  askSymbols(state, desk);
  return state.waiting > 0 ? "waiting" : "failed";
}

// Symbols of all missing slivers at once, from as many secondary slivers as it takes; the weight of
// the nodes asked at once is bounded by what reconstructs a blob.
function askSymbols(state: ReadState, desk: Desk): void {
  const { placement } = desk;
  const weights = placement.weights(state.blob);
  const { bytes } = state.metadata as Metadata;
  while (
    state.member < state.order.length &&
    state.waiting < placement.primaryNeeded &&
    state.valid + state.waiting < placement.secondaryNeeded
  ) {
    const node = state.order[state.member++] as number;
    if (state.failedMembers.includes(node)) continue;
    state.waiting += weights[node] as number;
    const request = {
      kind: "get-symbols",
      call: desk.newCall(),
      blob: state.blob,
      epoch: placement.epoch,
      blobBytes: bytes,
      targets: state.missing,
    } as const;
    desk.ask(state, node, request, { retries: 0, timeout: desk.parameters.range.timeout });
  }
}

function settleSymbols(state: ReadState, settled: Settled, desk: Desk) {
  const { placement } = desk;
  const { call, answer } = settled;
  state.waiting -= placement.weights(state.blob)[call.node] as number;
  if (answer?.kind === "symbols") {
    state.valid += answer.sources;
    const { symbolBytes } = placement.sizes(answer.blobBytes);
    state.bytesReceived += answer.sources * answer.targets * symbolBytes;
  }
  if (state.valid >= placement.secondaryNeeded) return "done";
  askSymbols(state, desk);
  return state.waiting > 0 ? "waiting" : "failed";
}
