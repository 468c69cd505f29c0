import type { Duration } from "../engine/sim-time.ts";
import type { BlobNumber } from "./content.ts";
import { requestBytes } from "./message-bytes.ts";
import { actorOf, type RecoveryDesk } from "./recovery-desk.ts";
import type { CallKind, CallTable, RecoveryCall } from "./recovery-state.ts";
import type { CallId, Request } from "./requests.ts";

function tableOf(kind: CallKind, { state }: RecoveryDesk): CallTable {
  if (kind === "metadata") return state.metadataCalls;
  return kind === "slivers" ? state.sliverCalls : state.proofCalls;
}

const timeoutOf = (kind: CallKind, { parameters }: RecoveryDesk): Duration =>
  ({
    metadata: parameters.metadataTimeout,
    slivers: parameters.symbolTimeout,
    proofs: parameters.proofTimeout,
  })[kind];

/** Sends a request to a helper and waits for it up to the time limit of its kind. */
export function ask(
  kind: CallKind,
  call: Omit<RecoveryCall, "kind" | "deadline">,
  requestOf: (call: CallId) => Request,
  desk: RecoveryDesk,
): void {
  const { context, state, placement } = desk;
  const id = state.nextCall++;
  const request = requestOf(id);
  const { blob, recovery, range } = call;
  const deadline = context.now + timeoutOf(kind, desk);
  tableOf(kind, desk).calls.set(id, { kind, blob, recovery, range, deadline });
  watch(kind, desk);
  context.send(actorOf(call.range.node, desk), request, requestBytes(request, placement));
}

/** Takes a request that has been answered or lost; undefined if nobody waits for it any more. */
export function takeCall(id: CallId, desk: RecoveryDesk): RecoveryCall | undefined {
  const { metadataCalls, sliverCalls, proofCalls } = desk.state;
  for (const { calls } of [metadataCalls, sliverCalls, proofCalls]) {
    const call = calls.get(id);
    if (call === undefined) continue;
    calls.delete(id);
    return call;
  }
  return undefined;
}

/** Takes all requests whose time is up, on the reminder of the first deadline. */
export function takeExpired(kind: CallKind, desk: RecoveryDesk): RecoveryCall[] {
  const table = tableOf(kind, desk);
  table.isWatched = false;
  const expired: RecoveryCall[] = [];
  for (const [id, call] of table.calls) {
    if (call.deadline > desk.context.now) break;
    table.calls.delete(id);
    desk.context.abandon(actorOf(call.range.node, desk), id);
    expired.push(call);
  }
  watch(kind, desk);
  return expired;
}

/** Waits no more for any request: what of their answers has not been sent stays unsent. */
export function resetAll(desk: RecoveryDesk): void {
  resetWhere(() => true, desk);
}

/** The same of the requests that concern a blob. */
export function resetCallsOf(blob: BlobNumber, desk: RecoveryDesk): void {
  resetWhere((call) => call.blob === blob, desk);
}

function resetWhere(isMeant: (call: RecoveryCall) => boolean, desk: RecoveryDesk): void {
  const { metadataCalls, sliverCalls, proofCalls } = desk.state;
  for (const { calls } of [metadataCalls, sliverCalls, proofCalls]) {
    for (const [id, call] of calls) {
      if (!isMeant(call)) continue;
      calls.delete(id);
      desk.context.abandon(actorOf(call.range.node, desk), id);
    }
  }
}

function watch(kind: CallKind, desk: RecoveryDesk): void {
  const table = tableOf(kind, desk);
  if (table.isWatched) return;
  for (const { deadline } of table.calls.values()) {
    table.isWatched = true;
    const { context, life } = desk;
    context.wake(deadline - context.now, { kind: "recovery-deadline", of: kind, life });
    return;
  }
}
