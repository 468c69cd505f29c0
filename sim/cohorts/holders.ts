import type { SimTime } from "../engine/sim-time.ts";
import { type CohortState, shardsByNode } from "./cohort-state.ts";
import { readsBefore } from "./coverage.ts";
import { type Gap, goesThroughTime } from "./gaps.ts";
import type { BlobPoint } from "./population.ts";

/** What the members a reader would ask hold of one blob, now. */
export interface Holders {
  /** Shards by member, of the committee that is asked. */
  readonly shards: readonly number[];
  /** Primary slivers that are there, by member, whether it is up and honest or not. */
  readonly held: readonly number[];
}

/** Exact, shard by shard; all that flows is looked at as it stands now. */
export function holdersOf(
  state: CohortState,
  { certifiedAt, id }: BlobPoint,
  now: SimTime,
): Holders {
  const owners = readsBefore(state, certifiedAt) ? state.previousOwners : state.owners;
  const shards = shardsByNode(owners, state.nodes.length).map(({ length }) => length);
  const held = [...shards];
  const rates = primaryRates(state);
  for (const gap of state.gaps.values()) {
    const closed = Math.min(1, gap.primary + (rates.get(gap.id) ?? 0) * (now - state.at));
    if (!covers(gap, closed, certifiedAt, id, now)) continue;
    for (const shard of gap.shards) if (owners[shard] === gap.node) held[gap.node]!--;
  }
  return { shards, held };
}

function covers(gap: Gap, closed: number, certifiedAt: SimTime, id: number, now: SimTime): boolean {
  const to = Math.min(gap.to, now);
  const { from, idFrom, idTo } = gap;
  if (certifiedAt < from || certifiedAt >= to || id < idFrom || id >= idTo) return false;
  return goesThroughTime(gap)
    ? certifiedAt >= from + closed * (to - from)
    : id >= idFrom + closed * (idTo - idFrom);
}

// Shares of gaps a microsecond.
function primaryRates({ flows }: CohortState): Map<number, number> {
  const rates = new Map<number, number>();
  for (const { gap, work, rate, share } of flows) {
    if (gap >= 0 && (work === "both" || work === "primary")) rates.set(gap, rate * share);
  }
  return rates;
}
