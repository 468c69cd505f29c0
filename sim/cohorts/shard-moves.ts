import { addGap, dropGap, gapsOf } from "./add-gap.ts";
import { type CohortState, shardsByNode } from "./cohort-state.ts";
import { BOTH, type Gap, goesThroughTime, type Lack, lacksOf } from "./gaps.ts";
import { endIfWhole } from "./node-life.ts";
import { BEFORE_ALL } from "./population.ts";
import type { Scene } from "./scene.ts";

/** A shard comes to a node that lacks so much of it. */
export interface Gain {
  readonly node: number;
  readonly shard: number;
  readonly missing: readonly Lack[];
}

/** All blobs up to a time. */
export const everything = (to: number): Lack => ({
  from: BEFORE_ALL,
  to,
  idFrom: 0,
  idTo: 1,
  axes: BOTH,
});

/**
 * What nodes lack of shards that come to them with the epoch that begins now: everything, but for a shard they
 * had until the last epoch, which is still on their disks as it was.
 */
export function gainsOf(
  state: CohortState,
  last: { readonly owners: readonly number[]; readonly startedAt: number },
): Gain[] {
  const { owners, previousOwners, at } = state;
  return shardsByNode(owners, state.nodes.length).flatMap((shards, node) =>
    shards
      .filter((shard) => previousOwners[shard] !== node)
      .map((shard) => {
        if (last.owners[shard] !== node) return { node, shard, missing: [everything(at)] };
        const since = { ...everything(at), from: last.startedAt };
        const before = gapsOf(node, shard, state).flatMap((gap) => lacksOf(gap, at));
        return { node, shard, missing: [...before, since] };
      }),
  );
}

/**
 * Parts what nodes lack of their own shards from what they lack of those they have just lost. These stay as they
 * are for an epoch: readers of the committee before meet them, and who gains the shard. Then they are forgotten,
 * as the shards are.
 */
export function releaseShards(scene: Scene): void {
  const { state } = scene;
  const { owners, previousOwners } = state;
  for (const gap of [...state.gaps.values()]) {
    const { node } = gap;
    const had = gap.shards.filter((shard) => previousOwners[shard] === node);
    const kept = had.filter((shard) => owners[shard] === node);
    if (kept.length === gap.shards.length) continue;
    const lost = had.filter((shard) => owners[shard] !== node);
    gap.shards = kept;
    if (kept.length === 0) dropGap(gap, state);
    if (lost.length > 0) freeze(gap, lost, state);
    endIfWhole(node, scene);
  }
}

function freeze(gap: Gap, shards: number[], state: CohortState): void {
  const to = Math.min(gap.to, state.at);
  if (to <= gap.from) return;
  const origin = goesThroughTime(gap) ? "missed" : "lost";
  addGap({ ...gap, shards, origin, remedy: "none", to, source: -1 }, state);
}
