import { type CohortState, shardsByNode } from "./cohort-state.ts";
import { readsBefore } from "./coverage.ts";
import { lackingOf } from "./gaps.ts";
import type { BlobPoint } from "./population.ts";

/** What the members a reader would ask hold of one blob, now. */
export interface Holders {
  /** Shards by member, of the committee that is asked. */
  readonly shards: readonly number[];
  /** Primary slivers that are there, by member, whether it is up and honest or not. */
  readonly held: readonly number[];
}

/** Exact, shard by shard, in a state as of now. */
export function holdersOf(state: CohortState, { certifiedAt, id }: BlobPoint): Holders {
  const owners = readsBefore(state, certifiedAt) ? state.previousOwners : state.owners;
  const shards = shardsByNode(owners, state.nodes.length).map(({ length }) => length);
  const held = [...shards];
  for (const gap of state.gaps.values()) {
    const { from, to, idFrom, idTo } = lackingOf(gap, "primary", state.at);
    if (certifiedAt < from || certifiedAt >= to || id < idFrom || id >= idTo) continue;
    for (const shard of gap.shards) if (owners[shard] === gap.node) held[gap.node]!--;
  }
  return { shards, held };
}
