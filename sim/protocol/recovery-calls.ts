import { requestBytes } from "./message-bytes.ts";
import type { CallId, Request } from "./messages.ts";
import { actorOf, type RecoveryDesk } from "./recovery-desk.ts";
import type { CallTable, RecoveryCall } from "./recovery-state.ts";

type CallKind = "metadata" | "slivers";

const tableOf = (kind: CallKind, { state }: RecoveryDesk): CallTable =>
  kind === "metadata" ? state.metadataCalls : state.sliverCalls;

/** Sends a request to a helper and waits for it up to the time limit of its kind. */
export function ask(
  kind: CallKind,
  call: Omit<RecoveryCall, "deadline">,
  requestOf: (call: CallId) => Request,
  desk: RecoveryDesk,
): void {
  const { context, state, placement, parameters } = desk;
  const timeout = kind === "metadata" ? parameters.metadataTimeout : parameters.symbolTimeout;
  const id = state.nextCall++;
  const request = requestOf(id);
  const { blob, recovery, range } = call;
  const deadline = context.now + timeout;
  tableOf(kind, desk).calls.set(id, { blob, recovery, range, deadline });
  watch(kind, desk);
  context.send(actorOf(call.range.node, desk), request, requestBytes(request, placement));
}

/** Takes a request that has been answered or lost; undefined if nobody waits for it any more. */
export function takeCall(id: CallId, desk: RecoveryDesk): RecoveryCall | undefined {
  for (const { calls } of [desk.state.metadataCalls, desk.state.sliverCalls]) {
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
    expired.push(call);
  }
  watch(kind, desk);
  return expired;
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
