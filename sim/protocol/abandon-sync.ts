import type { BlobNumber } from "./content.ts";
import { resetCallsOf } from "./recovery-calls.ts";
import type { RecoveryDesk } from "./recovery-desk.ts";
import type { Batch, BlobSync, RecoveryState, SliverRecovery } from "./recovery-state.ts";

/** Ends whatever the node does to make a blob whole, and gives its permits back. */
export function abandonSync(blob: BlobNumber, desk: RecoveryDesk): void {
  const { state } = desk;
  state.queue.delete(blob);
  state.unfinished.delete(blob);
  const sync = state.syncs.get(blob);
  if (sync === undefined) return;
  resetCallsOf(blob, desk);
  state.syncs.delete(blob);
  state.permitQueue.delete(blob);
  const batches = new Set<Batch>();
  for (const id of sync.recoveries) {
    batches.add((state.recoveries.get(id) as SliverRecovery).batch);
    state.recoveries.delete(id);
  }
  for (const { pairs } of batches) state.freePermits += pairs;
  countEnded(sync, state);
}

/** A blob sync under way is no more. */
export function countEnded({ origin }: BlobSync, state: RecoveryState): void {
  if (origin === "chain") state.openSyncs--;
  else if (origin === "shard") state.openShardSyncs--;
  else if (state.scan !== undefined) state.scan.open--;
}
