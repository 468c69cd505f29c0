import type { Desk, Settled } from "../operation.ts";
import { shuffledMembers } from "../operation.ts";
import type { ReadState } from "../read-state.ts";

/**
 * While shards are on their way, a reader must know whether a blob was certified before the epoch, for then the
 * previous committee still holds it: it asks all members for the blob's status, and believes what more than can
 * lie say alike.
 */
export function askCertifiedEpoch(state: ReadState, desk: Desk): void {
  state.oldWeight = 0;
  state.newWeight = 0;
  for (const node of shuffledMembers(desk, desk.placement.weights(state.blob))) {
    const call = desk.newCall();
    desk.ask(state, node, { kind: "get-status", call, blob: state.blob }, desk.once);
  }
}

/** Takes an answer; true once it is known where to read. Where nobody knows better, it is the older one. */
export function settleCertifiedEpoch(
  state: ReadState,
  { call, answer }: Settled,
  desk: Desk,
): boolean {
  const { placement } = desk;
  const weight = placement.weights(state.blob)[call.node] as number;
  if (answer?.kind === "status" && answer.stored) {
    if (answer.isOfThisEpoch) state.newWeight += weight;
    else state.oldWeight += weight;
  }
  const faultyMax = placement.pairCount - placement.writeQuorum;
  const isNew = state.newWeight > faultyMax;
  if (!isNew && state.oldWeight <= faultyMax && state.openCalls > 0) return false;
  desk.dropCalls(state);
  if (!isNew) desk.enterEpoch(state, state.known.epoch - 1);
  return true;
}
