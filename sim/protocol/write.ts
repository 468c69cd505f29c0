import type { ForeignSlivers } from "../codec/red-stuff/mis-encode.ts";
import type { MisEncoding, Order, WriteOutcome } from "./messages.ts";
import type { Desk, Settled } from "./operation.ts";
import { newOperation, shuffledMembers } from "./operation.ts";
import { workOf } from "./parameters.ts";
import { newUpload, pumpUpload, settleUpload, uploadSettled } from "./upload.ts";
import type { WriteState } from "./write-state.ts";

const ENCODING = 0;
const STATUS = 1;
const REGISTERING = 2;
const SETTLING = 3;
const UPLOADING = 4;
const TAIL = 5;
const CONFIRMING = 6;
const CERTIFYING = 7;
const RESTARTING = 8;

/**
 * A write: encode, ask for the status, register, upload until a quorum of shards has stored, go on a
 * while for the rest, collect confirmations, certify.
 *
 * Left out: uploads before the registration, relays and quilts.
 */
export function startWrite(
  order: Extract<Order, { kind: "start-write" }>,
  id: number,
  desk: Desk,
): WriteState {
  const { write, blob, replyTo, misEncoding } = order;
  const foreign = misEncoding && drawForeign(misEncoding, desk);
  const bytes = foreign === undefined ? order.bytes : wholeSlivers(order.bytes, desk);
  const weights = desk.placement.weights(blob);
  const state: WriteState = {
    ...newOperation(id, blob, replyTo, desk),
    kind: "write",
    write,
    bytes,
    foreign,
    lifetime: order.lifetime,
    isRegistered: false,
    statusWeight: 0,
    upload: newUpload([], 0),
    confirmed: new Uint8Array(weights.length),
    confirmedWeight: 0,
    reuploads: 0,
    spent: [],
    bytesSent: 0,
  };
  desk.context.record("write-started", { write, blob, bytes });
  if (foreign !== undefined) desk.context.record("mis-encoded", { write, blob, ...foreign });
  desk.remind(state, workOf(desk.parameters.encodeTime, bytes));
  return state;
}

function drawForeign({ axis, slivers, among }: MisEncoding, desk: Desk): ForeignSlivers {
  const { primaryNeeded, secondaryNeeded, pairCount } = desk.placement;
  const systematic = axis === "primary" ? primaryNeeded : secondaryNeeded;
  const from = among === "repair" ? systematic : 0;
  const end = among === "systematic" ? systematic : pairCount;
  const count = Math.min(slivers, end - from);
  const luck = desk.context.random("mis-encoding")();
  return { axis, first: from + Math.floor(luck * (end - from - count + 1)), count };
}

// A cheat fills the last sliver: bytes cut off with the padding would show nothing of its doing.
function wholeSlivers(bytes: number, desk: Desk): number {
  const { primaryBytes } = desk.placement.sizes(bytes);
  return Math.ceil(bytes / primaryBytes) * primaryBytes;
}

/** The encoding, the wait after registering, or the tail is over. */
export function writePhaseOver(state: WriteState, desk: Desk): void {
  if (state.phase === ENCODING) askStatus(state, desk);
  else if (state.phase === SETTLING) uploadToNewest(state, desk);
  else if (state.phase === TAIL) confirm(state, desk);
}

/** The chain has taken the registration or the certificate, or refused it. */
export function transactionDone(state: WriteState, accepted: boolean, desk: Desk): void {
  if (state.phase === REGISTERING) {
    state.isRegistered = true;
    enter(state, SETTLING, desk);
    desk.remind(state, desk.parameters.registrationDelay);
  } else if (state.phase === CERTIFYING) {
    // Enough confirmations, and the chain does not take them: they are of a committee that is out of office.
    if (!accepted) state.isBehind = true;
    finishWrite(state, accepted ? "ok" : "certification-failed", desk);
  }
}

export function settleWrite(state: WriteState, settled: Settled, desk: Desk): void {
  switch (settled.call.request.kind) {
    case "get-status":
      settleStatus(state, settled, desk);
      break;
    case "get-metadata-status":
    case "put-metadata":
    case "get-sliver-status":
    case "put-slivers":
      settleStored(state, settled, desk);
      break;
    case "get-confirmation":
      settleConfirmation(state, settled, desk);
      break;
    default:
      break;
  }
}

function askStatus(state: WriteState, desk: Desk): void {
  if (!desk.parameters.statusCheck) {
    enter(state, STATUS, desk);
    register(state, desk);
    return;
  }
  enter(state, STATUS, desk);
  const weights = desk.placement.weights(state.blob);
  for (const node of shuffledMembers(desk, weights)) {
    desk.ask(
      state,
      node,
      { kind: "get-status", call: desk.newCall(), blob: state.blob },
      desk.once,
    );
  }
}

function settleStatus(state: WriteState, { call, answer }: Settled, desk: Desk): void {
  if (state.phase !== STATUS) return;
  if (answer?.kind === "status") {
    state.statusWeight += desk.placement.weights(state.blob)[call.node] as number;
    // With many copies the weight that cannot be outvoted is all of them, more than a write needs.
    const { answerQuorum, writeQuorum } = desk.placement;
    if (state.statusWeight >= Math.min(answerQuorum, writeQuorum)) {
      desk.dropCalls(state);
      register(state, desk);
      return;
    }
  }
  if (state.openCalls === 0) finishWrite(state, "not-enough-status", desk);
}

function register(state: WriteState, desk: Desk): void {
  enter(state, REGISTERING, desk);
  desk.toLedger(state, { kind: "register" });
}

/** Waits to begin anew: whatever was under way comes to nothing. */
export function pauseWrite(state: WriteState, desk: Desk): void {
  desk.dropCalls(state);
  enter(state, RESTARTING, desk);
}

/** Begins anew, with the committee that the client knows of now; what is paid for stays so. */
export function restartWrite(state: WriteState, desk: Desk): void {
  state.statusWeight = 0;
  state.confirmed.fill(0);
  state.confirmedWeight = 0;
  state.reuploads = 0;
  if (state.isRegistered) upload(state, desk);
  else askStatus(state, desk);
}

// The committee may have changed while the chain registered.
function uploadToNewest(state: WriteState, desk: Desk): void {
  state.known = desk.view();
  const { epoch } = state.known;
  if (epoch !== state.epoch) desk.enterEpoch(state, epoch);
  upload(state, desk);
}

function upload(state: WriteState, desk: Desk): void {
  enter(state, UPLOADING, desk);
  const { placement, parameters } = desk;
  const nodes = shuffledMembers(desk, placement.weights(state.blob)).filter(
    (node) => state.confirmed[node] === 0,
  );
  const { primaryBytes } = placement.sizes(state.bytes);
  const inFlightMax = Math.floor(parameters.dataInFlight / primaryBytes);
  const permits = Math.max(1, Math.min(parameters.concurrentWrites, inFlightMax));
  state.upload = newUpload(nodes, permits);
  state.upload.storedWeight = state.confirmedWeight;
  pumpUpload(state, state.upload, desk);
}

function settleStored(state: WriteState, settled: Settled, desk: Desk): void {
  if (state.phase !== UPLOADING && state.phase !== TAIL) return;
  settleUpload(state, state.upload, settled, desk);
  if (uploadSettled(state.upload)) {
    confirm(state, desk);
  } else if (state.phase === UPLOADING && state.upload.storedWeight >= desk.placement.writeQuorum) {
    const elapsed = desk.context.now - (state.phaseAt[UPLOADING] as number);
    enter(state, TAIL, desk);
    const { factor, base } = desk.parameters.tail;
    desk.remind(state, Math.round(factor * elapsed) + base);
  }
}

function confirm(state: WriteState, desk: Desk): void {
  desk.dropCalls(state);
  enter(state, CONFIRMING, desk);
  for (const node of state.upload.nodes) {
    if (state.upload.failed[node] === 1) continue;
    const { epoch } = desk.placement;
    const call = desk.newCall();
    const request = { kind: "get-confirmation", call, blob: state.blob, epoch } as const;
    desk.ask(state, node, request, desk.persistently);
  }
  if (state.openCalls === 0) confirmationsEnd(state, desk);
}

function settleConfirmation(state: WriteState, { call, answer }: Settled, desk: Desk): void {
  if (state.phase !== CONFIRMING) return;
  if (answer?.kind === "confirmed" && state.confirmed[call.node] === 0) {
    state.confirmed[call.node] = 1;
    state.confirmedWeight += desk.placement.weights(state.blob)[call.node] as number;
    if (state.confirmedWeight >= desk.placement.writeQuorum) {
      desk.dropCalls(state);
      enter(state, CERTIFYING, desk);
      desk.toLedger(state, { kind: "certify", weight: state.confirmedWeight });
      return;
    }
  }
  if (state.openCalls === 0) confirmationsEnd(state, desk);
}

function confirmationsEnd(state: WriteState, desk: Desk): void {
  if (state.reuploads === desk.parameters.reuploadRounds) {
    finishWrite(state, "not-enough-confirmations", desk);
    return;
  }
  state.reuploads++;
  upload(state, desk);
}

function enter(state: WriteState, phase: number, desk: Desk): void {
  leave(state, desk);
  desk.enterPhase(state, phase);
}

function leave(state: WriteState, desk: Desk): void {
  const since = state.phaseAt[state.phase] ?? desk.context.now;
  state.spent[state.phase] = (state.spent[state.phase] ?? 0) + desk.context.now - since;
}

export function finishWrite(state: WriteState, outcome: WriteOutcome, desk: Desk): void {
  const { context } = desk;
  const isForCommittee =
    outcome === "not-enough-confirmations" ||
    outcome === "certification-failed" ||
    outcome === "not-enough-status";
  if (isForCommittee && desk.restartIfMoved(state)) return;
  leave(state, desk);
  const spent = (phase: number) => state.spent[phase] ?? 0;
  context.record("write-finished", {
    write: state.write,
    blob: state.blob,
    client: desk.client,
    place: desk.place,
    bytes: state.bytes,
    startedAt: state.startedAt,
    outcome,
    encodeMicroseconds: spent(ENCODING),
    statusMicroseconds: spent(STATUS),
    registerMicroseconds: spent(REGISTERING) + spent(SETTLING),
    uploadMicroseconds: spent(UPLOADING),
    tailMicroseconds: spent(TAIL),
    confirmMicroseconds: spent(CONFIRMING),
    certifyMicroseconds: spent(CERTIFYING),
    requests: state.requests,
    failedRequests: state.failedRequests,
    bytesSent: state.bytesSent,
    weight: state.confirmedWeight,
    reuploads: state.reuploads,
  });
  desk.close(state);
  const { write, blob, bytes } = state;
  context.send(state.replyTo, { kind: "write-done", write, blob, bytes, outcome }, 0);
}
