import type { Member } from "../placement.ts";
import { addShard, dropShard, storedShards } from "../sliver-store.ts";
import { type EpochDesk, enter } from "./epoch-desk.ts";
import { startMetadataSync } from "./metadata-sync.ts";
import { endSync } from "./shard-sync.ts";

/**
 * A new committee: rooms for what the node gained, none for what it has not owned for two epochs; syncs of what it
 * gained just now.
 */
export function takeOver(desk: EpochDesk, isLast: boolean): void {
  const { epochs, recovery } = desk;
  const { node, store, placement: current, context } = recovery;
  const before = current.at(epochs.epoch - 1);
  const owned = new Set((current.members[node] as Member).shards);
  const owning = new Set((before.members[node] as Member).shards);
  for (const sync of [...epochs.syncs.values()]) {
    if (!owned.has(sync.shard)) endSync(sync, "abandoned", desk);
  }
  for (const shard of storedShards(store)) {
    if (!owned.has(shard) && !owning.has(shard)) dropShard(store, shard);
  }
  for (const shard of owned) {
    if (owning.has(shard)) continue;
    addShard(store, shard);
    if (!recovery.isHonest) epochs.isShort = true;
    if (!isLast || !recovery.isHonest) continue;
    const id = epochs.nextSync++;
    const from = before.ownerOf(shard);
    epochs.syncs.set(id, {
      id,
      epoch: epochs.epoch,
      shard,
      from,
      startedAt: context.now,
      phase: "waiting",
      axis: "primary",
      next: 0,
      batchFrom: 0,
      batch: 0,
      call: undefined,
      pauses: 0,
      progressAt: context.now,
      pending: new Map(),
      slivers: 0,
      bytes: 0,
      recoveredSlivers: 0,
      recoveryBytes: 0,
    });
    context.record("shard-sync-started", { epoch: epochs.epoch, node, shard, from });
  }
  const isNew = owning.size === 0 && owned.size > 0;
  if (owned.size === 0) enter("standby", desk);
  else if (isNew && isLast && recovery.isHonest) startMetadataSync(desk);
}
