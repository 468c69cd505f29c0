import type { BlobNumber, Order, ReadOutcome } from "./messages.ts";
import type { Desk, OperationState, Settled } from "./operation.ts";
import { newOperation, shuffledMembers } from "./operation.ts";
import { workOf } from "./parameters.ts";
import type { Metadata, SliverSlice } from "./payload.ts";
import { present } from "./payload.ts";

const METADATA = 0;
const SLIVERS = 1;
const DECODING = 2;

/** A whole-blob read under way. Plain data. */
export interface ReadState extends OperationState {
  readonly kind: "read";
  readonly read: number;
  /** Members in the order in which they are asked. */
  readonly order: readonly number[];
  /** How many of them metadata is asked of at most. */
  metadataCandidates: number;
  metadataAsked: number;
  forgedMetadata: number;
  notFoundWeight: number;
  metadata: Metadata | undefined;
  /** Next sliver to ask for: a place in the order, and a position on that member. */
  member: number;
  position: number;
  /** Slivers asked for and not settled. */
  waiting: number;
  valid: number;
  sliversReceived: number;
  bytesReceived: number;
  readonly slices: SliverSlice[];
}

/**
 * A whole-blob read: metadata from the first of a few nodes asked at once, then primary slivers
 * through a window over all shards in random order, without retries, until enough have verified;
 * then decoding and the consistency check.
 *
 * Left out: the status check that runs beside it, and stream resets: answers that come after the
 * read is over cross the network in full.
 */
export function startRead(
  order: Extract<Order, { kind: "start-read" }>,
  id: number,
  desk: Desk,
): ReadState {
  const { blob, read, replyTo } = order;
  const weights = desk.placement.weights(blob);
  const members = shuffledMembers(desk, weights);
  const state: ReadState = {
    ...newOperation(id, blob, replyTo, desk.context.now, weights.length),
    kind: "read",
    read,
    order: members,
    metadataCandidates: membersToWeigh(members, weights, desk.placement.answerQuorum),
    metadataAsked: 0,
    forgedMetadata: 0,
    notFoundWeight: 0,
    metadata: undefined,
    member: 0,
    position: 0,
    waiting: 0,
    valid: 0,
    sliversReceived: 0,
    bytesReceived: 0,
    slices: [],
  };
  desk.context.record("read-started", { read, blob, kind: "whole" });
  for (let i = 0; i < desk.parameters.metadataReads; i++) askMetadata(state, desk);
  return state;
}

export function settleRead(state: ReadState, settled: Settled, desk: Desk): void {
  if (settled.call.request.kind === "get-metadata") settleMetadata(state, settled, desk);
  else settleSlivers(state, settled, desk);
}

/** The decoding is done. */
export function readPhaseOver(state: ReadState, desk: Desk): void {
  const verdict = desk.payload.reconstruct(state.metadata as Metadata, state.slices);
  finishRead(state, verdict, "", desk);
}

function membersToWeigh(members: readonly number[], weights: readonly number[], quorum: number) {
  let weight = 0;
  let count = 0;
  while (count < members.length && weight < quorum) {
    weight += weights[members[count] as number] as number;
    count++;
  }
  return count;
}

function askMetadata(state: ReadState, desk: Desk): void {
  if (state.metadataAsked === state.metadataCandidates) return;
  const node = state.order[state.metadataAsked++] as number;
  desk.ask(state, node, { kind: "get-metadata", blob: state.blob }, { retries: 0 });
}

function settleMetadata(state: ReadState, { call, answer, failure }: Settled, desk: Desk): void {
  if (state.phase !== METADATA) return;
  const told = answer?.kind === "metadata" ? answer.metadata : undefined;
  if (told !== undefined && desk.payload.verifies(told)) {
    state.metadata = told;
    desk.dropCalls(state);
    desk.enterPhase(state, SLIVERS);
    fillWindow(state, desk);
    return;
  }
  if (failure === "not-found") {
    state.notFoundWeight += desk.placement.weights(state.blob)[call.node] as number;
    if (state.notFoundWeight >= desk.placement.answerQuorum) {
      finishRead(state, "not-found", "a quorum of shards does not know the blob", desk);
      return;
    }
  }
  if (told !== undefined) state.forgedMetadata++;
  askMetadata(state, desk);
  if (state.open.size > 0) return;
  const outcome = state.forgedMetadata > 0 ? "corrupted-metadata" : "metadata-unavailable";
  finishRead(state, outcome, `none of ${state.metadataAsked} nodes gave any that verifies`, desk);
}

// Every settled sliver, good or bad, opens the next request: the window is the hedge.
function fillWindow(state: ReadState, desk: Desk): void {
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
    const request = { kind: "get-slivers", blob: state.blob, first, count } as const;
    desk.ask(state, node, request, { retries: 0 });
  }
}

function settleSlivers(state: ReadState, settled: Settled, desk: Desk): void {
  if (state.phase !== SLIVERS) return;
  const { request } = settled.call;
  if (request.kind !== "get-slivers") return;
  const { answer, failure } = settled;
  const metadata = state.metadata as Metadata;
  state.waiting -= request.count;
  if (answer?.kind === "slivers") {
    const valid = desk.payload.valid(metadata, answer.slivers);
    if (valid < present(answer.slivers)) state.failedRequests++;
    state.valid += valid;
    state.sliversReceived += present(answer.slivers);
    state.bytesReceived +=
      present(answer.slivers) * desk.placement.sizes(metadata.bytes).primaryBytes;
    if (valid > 0) state.slices.push(answer.slivers);
  }
  if (failure === "not-found") state.notFoundWeight += request.count;
  if (state.valid >= desk.placement.primaryNeeded) {
    desk.dropCalls(state);
    desk.enterPhase(state, DECODING);
    desk.remind(state, workOf(desk.parameters.decodeTime, metadata.bytes));
    return;
  }
  fillWindow(state, desk);
  if (state.waiting > 0) return;
  const cause = `${state.valid} of ${desk.placement.primaryNeeded} slivers from ${state.order.length} nodes`;
  const lacking = state.notFoundWeight >= desk.placement.answerQuorum;
  finishRead(state, lacking ? "not-found" : "not-enough-slivers", cause, desk);
}

export function finishRead(
  state: ReadState,
  outcome: ReadOutcome,
  cause: string,
  desk: Desk,
): void {
  const { context } = desk;
  const at = (phase: number) => state.phaseAt[phase] ?? context.now;
  const bytes = state.metadata?.bytes ?? 0;
  context.record("read-finished", {
    read: state.read,
    blob: state.blob,
    client: desk.client,
    place: desk.place,
    kind: "whole",
    bytes,
    startedAt: state.startedAt,
    outcome,
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
  const { read, blob } = state as { read: number; blob: BlobNumber };
  context.send(state.replyTo, { kind: "read-done", read, blob, outcome }, 0);
}
