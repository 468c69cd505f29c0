import { type CohortState, keepsDuty } from "./cohort-state.ts";
import type { Gap } from "./gaps.ts";
import type { CohortParameters } from "./parameters.ts";

/** The gaps that nodes work on now: ready, known, and within the limits of each node. */
export function gapsInHand(state: CohortState, { node, shardSync }: CohortParameters): Gap[] {
  const recovery = node.recovery;
  if (recovery === undefined) return [];
  const taken = new Set<string>();
  const shardsInSync = state.nodes.map(() => new Set<number>());
  return [...state.gaps.values()].filter((gap) => {
    if (gap.remedy === "none" || gap.readyAt > state.at) return false;
    const owner = state.nodes[gap.node]!;
    if (!keepsDuty(owner) || gap.to === Number.POSITIVE_INFINITY) return false;
    const [shard] = gap.shards;
    const isGained = gap.origin === "gained";
    if (isGained && owner.metadata >= 0 && owner.metadata < 1) return false;
    const key = `${gap.node}/${isGained ? shard : "all"}/${gap.remedy}`;
    if (taken.has(key)) return false;
    if (isGained) {
      const shards = shardsInSync[gap.node]!;
      if (!shards.has(shard!) && shards.size >= shardSync.parallel) return false;
      shards.add(shard!);
    }
    taken.add(key);
    return true;
  });
}
