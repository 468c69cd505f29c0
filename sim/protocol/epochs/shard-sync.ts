import type { Axis } from "../../codec/code.ts";
import { invariant } from "../../engine/invariant.ts";
import type { BlobNumber, Metadata, ShardSlice } from "../content.ts";
import { fold } from "../fold-store.ts";
import { contentBytes } from "../message-bytes.ts";
import type { Answer } from "../requests.ts";
import { addSlivers, lacksSliver } from "../sliver-store.ts";
import { ask, blobAt, blobCount, type EpochDesk, reset } from "./epoch-desk.ts";
import type { EpochCall, ShardSync } from "./node-epoch-state.ts";

/*
 * One shard on its way from its previous owner: all primary slivers in the order of blobs, then all secondary ones,
 * a batch at a time. What the owner does not have, or sends wrong, is recovered from the committee; so is all
 * of it when the owner has given nothing for too long.
 */

/** Begins what is waiting, as many shards at once as may be, and has what is at rest go on. */
export function goOnWithShards(desk: EpochDesk): void {
  let transferring = 0;
  for (const { phase } of desk.epochs.syncs.values()) if (phase === "transferring") transferring++;
  for (const sync of desk.epochs.syncs.values()) {
    if (sync.phase !== "waiting") continue;
    if (transferring === desk.parameters.parallel) return;
    transferring++;
    sync.phase = "transferring";
    sync.progressAt = desk.recovery.context.now;
    askNext(sync, desk);
  }
}

/** Puts a sync back to where its last batch began, to go on when it is its turn again. */
export function rewind(sync: ShardSync): void {
  sync.call = undefined;
  sync.batch++;
  if (sync.phase !== "transferring") return;
  sync.phase = "waiting";
  sync.next = sync.batchFrom;
}

/** Asks for the next batch, or finds that there is none. */
export function askNext(sync: ShardSync, desk: EpochDesk): void {
  const { recovery, parameters, epochs } = desk;
  for (;;) {
    const blobs = nextBatch(sync, desk);
    if (blobs.length > 0) {
      const { shard, axis, from } = sync;
      const call: EpochCall = { kind: "shard", sync: sync.id, blobs };
      const { epoch } = epochs;
      sync.call = ask(
        from,
        call,
        parameters.timeout,
        (id) => ({ kind: "sync-shard", call: id, epoch, shard, axis, blobs }),
        desk,
      );
      return;
    }
    const isTwofold = recovery.placement.secondaryNeeded !== Number.POSITIVE_INFINITY;
    if (sync.axis === "secondary" || !isTwofold) break;
    sync.axis = "secondary";
    sync.next = 0;
  }
  transferOver(sync, desk);
}

// Blobs of which the sliver is missing; a new owner may have some from an earlier time.
function nextBatch(sync: ShardSync, desk: EpochDesk): BlobNumber[] {
  const { store, isInvalid, placement } = desk.recovery;
  const count = blobCount(desk);
  const blobs: BlobNumber[] = [];
  sync.batchFrom = sync.next;
  sync.batch++;
  while (sync.next < count && blobs.length < desk.parameters.batch) {
    const blob = blobAt(sync.next++, desk);
    if (isInvalid(blob) || placement.pairOn(blob, sync.shard) === undefined) continue;
    if (lacksSliver(store, blob, sync.axis, sync.shard)) blobs.push(blob);
  }
  return blobs;
}

/** Takes the previous owner's answer, or none if it was refused, lost or too late. */
export function takeShardAnswer(
  sync: ShardSync,
  asked: readonly BlobNumber[],
  answer: Answer | undefined,
  desk: EpochDesk,
): void {
  sync.call = undefined;
  if (answer?.kind === "shard-slivers") {
    const { slivers } = answer;
    sync.bytes += contentBytes(answer, desk.recovery.placement);
    // Verified beside all else that the node does, on cores that nothing else waits for.
    const delay = desk.verifyingTime(slivers.blobs.length, slivers.sliverBytes);
    const { id, batch } = sync;
    const stored = { kind: "shard-slivers-stored", sync: id, batch, asked, slivers } as const;
    desk.recovery.context.wake(delay, stored);
    return;
  }
  sync.next = sync.batchFrom;
  if (answer?.kind === "refused" && answer.why === "not-found") giveUp(sync, desk);
  else pause(sync, desk);
}

/** What verifies is stored, the rest is left to recovery; then the next batch. */
export function storeShardSlivers(
  sync: ShardSync,
  asked: readonly BlobNumber[],
  slivers: ShardSlice,
  desk: EpochDesk,
): void {
  const { store, placement, metadataOf, isInvalid } = desk.recovery;
  const valid = validBlobs(slivers, desk);
  const isAsked = new Set(asked);
  for (const blob of valid) {
    invariant(
      isAsked.has(blob) && slivers.shard === sync.shard,
      () => `shard ${sync.shard} was given blob ${blob}, which nobody asked for`,
    );
  }
  const isTwofold = placement.secondaryNeeded !== Number.POSITIVE_INFINITY;
  for (const blob of valid) {
    const metadata = metadataOf(blob) as Metadata;
    addSlivers(store, metadata, isTwofold ? slivers.axis : undefined, [sync.shard]);
  }
  sync.slivers += valid.size;
  if (valid.size > 0) sync.progressAt = desk.recovery.context.now;
  sync.pauses = 0;
  for (const blob of asked) {
    // What ended, or was proven to be encoded wrongly, while it was on its way is needed no more.
    if (!valid.has(blob) && !isInvalid(blob)) sync.pending.set(blob, 1);
  }
  askNext(sync, desk);
}

function validBlobs(slivers: ShardSlice, desk: EpochDesk): Set<BlobNumber> {
  const { payload, placement, metadataOf, isInvalid } = desk.recovery;
  const { shard, axis, blobs, data, isWrong } = slivers;
  const valid = new Set<BlobNumber>();
  blobs.forEach((blob, index) => {
    const metadata = metadataOf(blob);
    if (metadata === undefined || isInvalid(blob)) return;
    const pair = placement.pairOn(blob, shard) as number;
    const bytes = data?.[index];
    const isValid =
      bytes === undefined ? !isWrong : payload.verifiesSliver(metadata, axis, pair, bytes);
    if (isValid) valid.add(blob);
  });
  return valid;
}

function pause(sync: ShardSync, desk: EpochDesk): void {
  const { context } = desk.recovery;
  const { backoff, giveUp: patience } = desk.parameters;
  if (context.now - sync.progressAt >= patience) {
    giveUp(sync, desk);
    return;
  }
  const wait = Math.min(backoff.max, backoff.min * 2 ** Math.min(sync.pauses++, 30));
  const left = patience - (context.now - sync.progressAt);
  const { id, batch } = sync;
  context.wake(Math.min(wait, left), { kind: "sync-shard-again", sync: id, batch });
}

// Nothing more is expected of the previous owner: all of it is recovered, and at once.
function giveUp(sync: ShardSync, desk: EpochDesk): void {
  desk.epochs.isInPass = true;
  transferOver(sync, desk);
}

/** How many slivers of a blob are missing on a shard. */
export function lackingCount(blob: BlobNumber, shard: number, { recovery }: EpochDesk): number {
  const { store, placement } = recovery;
  const isTwofold = placement.secondaryNeeded !== Number.POSITIVE_INFINITY;
  const axes: readonly Axis[] = isTwofold ? ["primary", "secondary"] : ["primary"];
  return axes.filter((axis) => lacksSliver(store, blob, axis, shard)).length;
}

// Whatever is missing now is recovered: what did not verify, and what a crash or a change of the list lost sight of.
function transferOver(sync: ShardSync, desk: EpochDesk): void {
  const { isInvalid, placement } = desk.recovery;
  for (let index = blobCount(desk) - 1; index >= 0; index--) {
    const blob = blobAt(index, desk);
    if (isInvalid(blob) || placement.pairOn(blob, sync.shard) === undefined) continue;
    const count = lackingCount(blob, sync.shard, desk);
    if (count > 0) sync.pending.set(blob, count);
  }
  sync.phase = "recovering";
  goOnWithShards(desk);
}

/** Ends a sync that has all it was for; says whether. */
export function finishIfHeld(sync: ShardSync, desk: EpochDesk): boolean {
  if (sync.phase !== "recovering" || sync.pending.size > 0) return false;
  const { slivers, recoveredSlivers } = sync;
  endSync(sync, recoveredSlivers === 0 ? "transferred" : slivers > 0 ? "mixed" : "recovered", desk);
  return true;
}

/** Ends a sync, whatever has come of it. */
export function endSync(
  sync: ShardSync,
  outcome: "transferred" | "recovered" | "mixed" | "abandoned",
  desk: EpochDesk,
): void {
  const { epochs, recovery } = desk;
  epochs.syncs.delete(sync.id);
  fold(recovery.store, recovery.preloadedCount);
  reset(sync.call, desk);
  if (sync.call !== undefined) epochs.calls.delete(sync.call);
  const { epoch, shard, from, startedAt, slivers, bytes, recoveredSlivers, recoveryBytes } = sync;
  recovery.context.record("shard-sync-finished", {
    epoch,
    node: recovery.node,
    shard,
    from,
    startedAt,
    outcome,
    slivers,
    bytes,
    recoveredSlivers,
    recoveryBytes,
  });
}
