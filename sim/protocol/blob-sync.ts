import { invariant } from "../engine/invariant.ts";
import { countEnded } from "./abandon-sync.ts";
import type { BlobNumber, Metadata } from "./content.ts";
import { startProof } from "./inconsistency-proof.ts";
import { contentBytes } from "./message-bytes.ts";
import { ask } from "./recovery-calls.ts";
import {
  backoff,
  type RecoveryDesk,
  shardsHere,
  shuffledHelpers,
  wantedPairs,
} from "./recovery-desk.ts";
import type { Batch, BlobSync, SliverRecovery } from "./recovery-state.ts";
import type { Answer } from "./requests.ts";
import { decodeIfEnough, judgeRecovered, startRecovery } from "./sliver-recovery.ts";
import { absentSlivers, addMetadata, addSlivers } from "./sliver-store.ts";

/**
 * Begins to make one blob whole on the node: metadata first, from one helper after another, then all
 * sliver pairs in which something is missing, both axes side by side.
 *
 * A primary sliver takes symbols of n - f secondary slivers, a secondary one of n - 2f primary
 * slivers. So after a write that reached few nodes the secondary slivers come first, and the primary
 * ones wait until enough helpers have theirs: nothing here says so.
 */
export function startSync(
  blob: BlobNumber,
  origin: Pick<BlobSync, "origin" | "queuedAt">,
  desk: RecoveryDesk,
): void {
  const { context, state, node } = desk;
  invariant(!state.syncs.has(blob), () => `node ${node} recovers blob ${blob} twice at once`);
  const pairs = wantedPairs(blob, desk).length;
  const sync: BlobSync = {
    blob,
    ...origin,
    startedAt: context.now,
    pairs,
    metadataOrder: [],
    metadataPauses: 0,
    metadataAt: -1,
    primaryAt: -1,
    secondaryAt: -1,
    waiting: [],
    recoveries: new Set(),
    tally: {
      requests: 0,
      failedRequests: 0,
      symbols: 0,
      wrongSymbols: 0,
      bytesReceived: 0,
      pauses: 0,
    },
  };
  state.syncs.set(blob, sync);
  context.record("recovery-started", { node, blob, pairs, queuedAt: origin.queuedAt });
  if (desk.metadataOf(blob) === undefined) startMetadata(sync, desk);
  else startSlivers(sync, desk);
}

/** Asks all helpers for metadata, one after another in a new order. */
export function startMetadata(sync: BlobSync, desk: RecoveryDesk): void {
  sync.metadataOrder = shuffledHelpers(sync.blob, desk);
  askNext(sync, desk);
}

/** Takes the answer of one helper, or none if it was refused, lost or too late. */
export function takeMetadata(sync: BlobSync, answer: Answer | undefined, desk: RecoveryDesk): void {
  const { blob, tally } = sync;
  const told = answer?.kind === "metadata" ? answer.metadata : undefined;
  if (answer !== undefined) tally.bytesReceived += contentBytes(answer, desk.placement);
  // The client may still have been at it, and brought what the helper lacked.
  const known = desk.metadataOf(blob);
  if (known === undefined && (told === undefined || !desk.payload.verifies(told))) {
    tally.failedRequests++;
    askNext(sync, desk);
    return;
  }
  if (known === undefined) addMetadata(desk.store, told as Metadata);
  startSlivers(sync, desk);
}

function askNext(sync: BlobSync, desk: RecoveryDesk): void {
  const { blob, startedAt, tally } = sync;
  const helper = sync.metadataOrder.pop();
  if (helper === undefined) {
    tally.pauses++;
    const delay = backoff(sync.metadataPauses++, desk);
    desk.context.wake(delay, { kind: "ask-metadata-again", blob, startedAt });
    return;
  }
  tally.requests++;
  const range = { node: helper, first: 0, count: 0 };
  const requestOf = (call: number) => ({ kind: "get-metadata", call, blob }) as const;
  ask("metadata", { blob, recovery: undefined, range }, requestOf, desk);
}

function startSlivers(sync: BlobSync, desk: RecoveryDesk): void {
  sync.metadataAt = desk.context.now;
  sync.waiting = wantedPairs(sync.blob, desk);
  desk.state.permitQueue.add(sync.blob);
  grantPermits(desk);
}

/** Lets pairs that wait for a permit begin, as far as there are permits, blob by blob. */
export function grantPermits(desk: RecoveryDesk): void {
  const { state } = desk;
  for (const blob of state.permitQueue) {
    if (state.freePermits === 0) return;
    const sync = state.syncs.get(blob) as BlobSync;
    const positions = sync.waiting.splice(0, state.freePermits);
    if (sync.waiting.length === 0) state.permitQueue.delete(blob);
    startBatch(sync, positions, desk);
    finishIfDone(sync, desk);
  }
}

function startBatch(sync: BlobSync, positions: readonly number[], desk: RecoveryDesk): void {
  const { state, store, placement } = desk;
  const { blob } = sync;
  const batch: Batch = { pairs: positions.length, open: 0 };
  state.freePermits -= batch.pairs;
  if (placement.secondaryNeeded === Number.POSITIVE_INFINITY) {
    startRecovery(sync, { axis: undefined, positions, batch }, desk);
    return;
  }
  const shards = shardsHere(blob, desk);
  for (const axis of ["secondary", "primary"] as const) {
    const lacking = positions.filter(
      (position) => absentSlivers(store, blob, axis, shards, position, 1).length > 0,
    );
    if (lacking.length > 0) startRecovery(sync, { axis, positions: lacking, batch }, desk);
  }
  // The client may have brought all of it while it waited.
  if (batch.open === 0) state.freePermits += batch.pairs;
}

/** Recovered slivers are on the disk: they serve others from now on, and the rest of this blob too. */
export function storeRecovered(sync: BlobSync, recovery: SliverRecovery, desk: RecoveryDesk): void {
  const { state, store, context } = desk;
  const { blob, axis, batch } = recovery;
  const evidence = judgeRecovered(recovery, desk);
  if (evidence !== undefined) {
    startProof(evidence, desk);
    return;
  }
  const shards = shardsHere(blob, desk);
  const recovered = recovery.positions.map((position) => shards[position] as number);
  addSlivers(store, desk.metadataOf(blob) as Metadata, axis, recovered);
  if (axis === "secondary") sync.secondaryAt = context.now;
  else sync.primaryAt = context.now;
  state.recoveries.delete(recovery.id);
  sync.recoveries.delete(recovery.id);
  batch.open--;
  if (batch.open === 0) state.freePermits += batch.pairs;
  for (const id of sync.recoveries) {
    decodeIfEnough(state.recoveries.get(id) as SliverRecovery, desk);
  }
  finishIfDone(sync, desk);
}

function finishIfDone(sync: BlobSync, desk: RecoveryDesk): void {
  if (sync.waiting.length > 0 || sync.recoveries.size > 0) return;
  const { state, context, node } = desk;
  const { blob, startedAt, metadataAt, tally } = sync;
  state.syncs.delete(blob);
  state.unfinished.delete(blob);
  countEnded(sync, state);
  context.record("recovery-finished", {
    node,
    blob,
    bytes: (desk.metadataOf(blob) as Metadata).bytes,
    pairs: sync.pairs,
    queuedAt: sync.queuedAt,
    startedAt,
    metadataMicroseconds: metadataAt - startedAt,
    secondaryMicroseconds: Math.max(0, sync.secondaryAt - metadataAt),
    primaryMicroseconds: Math.max(0, sync.primaryAt - metadataAt),
    ...tally,
  });
  desk.blobDone(blob, tally.bytesReceived);
  if (desk.auditor !== undefined) context.send(desk.auditor, { kind: "blob-recovered", blob }, 0);
}
