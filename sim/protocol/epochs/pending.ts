import { minutes } from "../../engine/sim-time.ts";
import type { BlobNumber } from "../content.ts";
import type { EpochDesk } from "./epoch-desk.ts";
import { syncOfShard } from "./node-epoch-state.ts";
import { lackingCount } from "./shard-sync.ts";

/*
 * What previous owners of shards did not give, or gave wrong: recovered from the committee.
 */

/** From one pass over what previous owners did not give to the next. */
const PASS_EVERY = minutes(1);

/** Passes go over what previous owners did not give, so many blobs at once. */
export function recoverPending(desk: EpochDesk): void {
  const { epochs, recovery, parameters, canRecover } = desk;
  const { state, context, life } = recovery;
  if (!canRecover) return;
  let hasMore = false;
  for (const { pending, shard } of epochs.syncs.values()) {
    if (pending.size === 0) continue;
    hasMore = true;
    if (!epochs.isInPass) break;
    for (const blob of pending.keys()) {
      if (state.openShardSyncs >= parameters.recoveryBlobs) return;
      const count = lackingCount(blob, shard, desk);
      if (count === 0) pending.delete(blob);
      else if (!state.syncs.has(blob) && !state.proofs.has(blob)) {
        pending.set(blob, count);
        desk.recover(blob);
      }
    }
  }
  epochs.isInPass = false;
  if (!hasMore || epochs.isPassDue) return;
  epochs.isPassDue = true;
  context.wake(PASS_EVERY, { kind: "shard-recovery-pass", life });
}

/** The node has recovered all that it lacked of a blob, for so many bytes. */
export function takeRecovered(blob: BlobNumber, bytes: number, desk: EpochDesk): void {
  const healed = [...desk.epochs.syncs.values()].filter(
    ({ pending, shard }) => pending.has(blob) && lackingCount(blob, shard, desk) === 0,
  );
  for (const sync of healed) {
    sync.recoveredSlivers += sync.pending.get(blob) as number;
    sync.recoveryBytes += Math.round(bytes / healed.length);
    sync.pending.delete(blob);
  }
}

/**
 * Whether the sync of a shard sees to a blob, so that the node does not recover it otherwise: those certified
 * before the shard was gained, until the previous owner has failed to give them.
 */
export function isLeftToSync(
  { syncs, certifiedNow }: EpochDesk["epochs"],
  blob: BlobNumber,
  shard: number,
): boolean {
  if (syncs.size === 0 || certifiedNow.has(blob)) return false;
  const sync = syncOfShard({ syncs }, shard);
  return sync !== undefined && !sync.pending.has(blob);
}
