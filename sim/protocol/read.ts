import type { Duration } from "../engine/sim-time.ts";
import type { Metadata } from "./content.ts";
import { askCertifiedEpoch, settleCertifiedEpoch } from "./epochs/certified-epoch.ts";
import type { Order, ReadOutcome } from "./messages.ts";
import { metadataCandidates, settleMetadata, startMetadata } from "./metadata-fetch.ts";
import { pairsOf, valueRead } from "./mis-encoding.ts";
import type { Desk, Settled } from "./operation.ts";
import { newOperation, shuffledMembers } from "./operation.ts";
import { workOf } from "./parameters.ts";
import { settleRange, startRange } from "./range-fetch.ts";
import type { ReadState } from "./read-state.ts";
import { DECODING, METADATA, RESTARTING, SLIVERS } from "./read-state.ts";
import { fillWindow, settleWindow } from "./sliver-window.ts";

/**
 * A read: metadata from the first of a few nodes asked at once; then slivers, for the whole blob
 * from whoever is quick, for a byte range from the nodes that must have them; then decoding and the
 * consistency check.
 *
 * Left out: the status check that runs beside it.
 */
export function startRead(
  order: Extract<Order, { kind: "start-read" }>,
  id: number,
  desk: Desk,
): ReadState {
  const { blob, read, replyTo, range } = order;
  const state: ReadState = {
    ...newOperation(id, blob, replyTo, desk),
    kind: "read",
    read,
    range,
    wasOver: desk.isOver(blob),
    ...nothingYet(),
    sliversReceived: 0,
    bytesReceived: 0,
  };
  desk.context.record("read-started", { read, blob, kind: kindOf(state) });
  begin(state, desk);
  return state;
}

const nothingYet = () => ({
  order: [],
  metadataCandidates: 0,
  metadataAsked: 0,
  forgedMetadata: 0,
  notFoundWeight: 0,
  invalidWeight: 0,
  oldWeight: 0,
  newWeight: 0,
  metadata: undefined,
  member: 0,
  position: 0,
  waiting: 0,
  valid: 0,
  slices: [],
  missing: 0,
  failedMembers: [],
});

/** Waits to begin anew: whatever was under way comes to nothing. */
export function pauseRead(state: ReadState, desk: Desk): void {
  desk.dropCalls(state);
  desk.enterPhase(state, RESTARTING);
}

/** Begins anew, with the committee that the client knows of now. */
export function restartRead(state: ReadState, desk: Desk): void {
  Object.assign(state, nothingYet());
  desk.enterPhase(state, METADATA);
  begin(state, desk);
}

function begin(state: ReadState, desk: Desk): void {
  if (state.known.isSyncing) askCertifiedEpoch(state, desk);
  else begunIn(state, desk);
}

// It is known which committee to read from.
function begunIn(state: ReadState, desk: Desk): void {
  const weights = desk.placement.weights(state.blob);
  const members = shuffledMembers(desk, weights);
  state.order = members;
  state.metadataCandidates = metadataCandidates(members, weights, desk.placement.answerQuorum);
  startMetadata(state, desk);
}

export function settleRead(state: ReadState, settled: Settled, desk: Desk): void {
  if (settled.failure === "invalid" && isSaidInvalid(state, settled, desk)) {
    finishRead(state, "inconsistent-blob", "the chain says that it was encoded wrongly", desk);
    return;
  }
  const { kind } = settled.call.request;
  if (kind === "get-status") {
    if (state.phase === METADATA && settleCertifiedEpoch(state, settled, desk))
      begunIn(state, desk);
    return;
  }
  const isMetadata = kind === "get-metadata";
  if (state.phase === METADATA && isMetadata) takeMetadata(state, settled, desk);
  else if (state.phase === SLIVERS && state.range === undefined) whole(state, settled, desk);
  else if (state.phase === SLIVERS) range(state, settled, desk);
}

// More than can lie must say so.
function isSaidInvalid(state: ReadState, { call }: Settled, { placement }: Desk): boolean {
  state.invalidWeight += placement.weights(state.blob)[call.node] as number;
  return state.invalidWeight > placement.pairCount - placement.writeQuorum;
}

/** The decoding is done. */
export function readPhaseOver(state: ReadState, desk: Desk): void {
  const { consistencyCheck } = desk.parameters;
  const verdict =
    state.range === undefined
      ? desk.payload.reconstruct(state.metadata as Metadata, state.slices, consistencyCheck)
      : "ok"; // A range is verified sliver by sliver.
  if (state.range === undefined) noteMisEncoded(state, verdict, desk);
  finishRead(state, verdict, "", desk);
}

// What a reader made of a cheat's blob: whether two readers agree is for the metrics to say.
function noteMisEncoded(state: ReadState, verdict: ReadOutcome, desk: Desk): void {
  const { read, blob, slices } = state;
  const metadata = state.metadata as Metadata;
  if (metadata.foreign === undefined) return;
  const { placement } = desk;
  const used = pairsOf(slices, blob, placement, placement.primaryNeeded);
  const value = verdict === "ok" ? valueRead(metadata, used, placement) : "rejected";
  desk.context.record("mis-encoded-read", { read, blob, value });
}

function takeMetadata(state: ReadState, settled: Settled, desk: Desk): void {
  const result = settleMetadata(state, settled, desk);
  if (result.kind === "waiting") return;
  if (result.kind === "failed") {
    finishRead(state, result.outcome, result.cause, desk);
    return;
  }
  state.metadata = result.metadata;
  state.notFoundWeight = 0;
  desk.dropCalls(state);
  desk.enterPhase(state, SLIVERS);
  if (state.range === undefined) fillWindow(state, desk);
  else startRange(state, desk);
}

function whole(state: ReadState, settled: Settled, desk: Desk): void {
  if (settleWindow(state, settled, desk)) {
    decode(state, (state.metadata as Metadata).bytes, desk);
  } else if (state.waiting === 0) {
    const { primaryNeeded, answerQuorum } = desk.placement;
    const cause = `${state.valid} of ${primaryNeeded} slivers from ${state.order.length} nodes`;
    const unknown = state.notFoundWeight >= answerQuorum;
    finishRead(state, unknown ? "not-found" : "not-enough-slivers", cause, desk);
  }
}

function range(state: ReadState, settled: Settled, desk: Desk): void {
  const progress = settleRange(state, settled, desk);
  if (progress === "done") decode(state, state.range?.bytes ?? 0, desk);
  if (progress !== "failed") return;
  const cause = `${state.missing} slivers of the range missing, ${state.valid} sources to rebuild them`;
  finishRead(state, "not-enough-slivers", cause, desk);
}

function decode(state: ReadState, bytes: number, desk: Desk): void {
  desk.dropCalls(state);
  desk.enterPhase(state, DECODING);
  desk.remind(state, decodeTime(state, bytes, desk));
}

// `decodeTime` is that of readers who check by default; ranges are verified sliver by sliver.
function decodeTime({ range }: ReadState, bytes: number, { parameters }: Desk): Duration {
  const { consistencyCheck, checkShare, encodeTime } = parameters;
  const usual = workOf(parameters.decodeTime, bytes);
  if (range !== undefined || consistencyCheck === "default") return usual;
  const decoding = Math.round(usual * (1 - checkShare));
  return consistencyCheck === "skip" ? decoding : decoding + workOf(encodeTime, bytes);
}

const kindOf = (state: ReadState) => (state.range === undefined ? "whole" : "range");

export function finishRead(
  state: ReadState,
  outcome: ReadOutcome,
  cause: string,
  desk: Desk,
): void {
  const isForWantOfData =
    outcome === "not-enough-slivers" ||
    outcome === "metadata-unavailable" ||
    outcome === "not-found";
  const hasExpired = isForWantOfData && !state.wasOver && desk.isOver(state.blob);
  if (isForWantOfData && !hasExpired && desk.restartIfMoved(state)) return;
  const ended = hasExpired ? "expired" : outcome;
  const { context } = desk;
  const at = (phase: number) => state.phaseAt[phase] ?? context.now;
  const { read, blob } = state;
  context.record("read-finished", {
    read,
    blob,
    client: desk.client,
    place: desk.place,
    kind: kindOf(state),
    bytes: Math.min(state.metadata?.bytes ?? 0, state.range?.bytes ?? Number.POSITIVE_INFINITY),
    startedAt: state.startedAt,
    outcome: ended,
    metadataMicroseconds: at(SLIVERS) - at(METADATA),
    sliversMicroseconds: at(DECODING) - at(SLIVERS),
    decodeMicroseconds: context.now - at(DECODING),
    requests: state.requests,
    failedRequests: state.failedRequests,
    sliversReceived: state.sliversReceived,
    bytesReceived: state.bytesReceived,
    cause,
  });
  desk.close(state);
  context.send(state.replyTo, { kind: "read-done", read, blob, outcome: ended }, 0);
}
