import { invariant } from "../engine/invariant.ts";
import type { SimTime } from "../engine/sim-time.ts";
import type { CohortState } from "./cohort-state.ts";
import { type Gap, lacksOf, newGap } from "./gaps.ts";
import { isReal, overlap } from "./rectangles.ts";

type Given = Omit<Parameters<typeof newGap>[0], "id">;

/** A node lacks something from now on. */
export function addGap(given: Given, state: CohortState): Gap {
  const gap = newGap({ ...given, id: state.nextGap++ });
  checkApart(gap, state);
  state.gaps.set(gap.id, gap);
  return gap;
}

/** A node no longer lacks what it did, or nobody cares. */
export function dropGap(gap: Gap, state: CohortState): void {
  const its = state.nodes[gap.node]!;
  state.gaps.delete(gap.id);
  its.openGaps = its.openGaps.filter((id) => id !== gap.id);
}

/** All that is noted of a shard on a node. */
export const gapsOf = (node: number, shard: number, { gaps }: CohortState): Gap[] =>
  [...gaps.values()].filter((gap) => gap.node === node && gap.shards.includes(shard));

// A sliver that is missing twice would be recovered twice, and counted twice by who looks for it. Afterwards
// gaps only shrink, so that it is enough to look when one is added.
function checkApart(gap: Gap, state: CohortState): void {
  for (const other of state.gaps.values()) {
    if (other.node !== gap.node) continue;
    const shard = gap.shards.find((each) => other.shards.includes(each));
    if (shard === undefined || !isTwice(gap, other, state.at)) continue;
    invariant(false, () => `node ${gap.node} lacks the same of shard ${shard} twice`);
  }
}

const isTwice = (gap: Gap, other: Gap, now: SimTime): boolean =>
  lacksOf(gap, now).some((lack) =>
    lacksOf(other, now).some(
      (known) =>
        isReal(overlap(lack, known)) && lack.axes.some((axis) => known.axes.includes(axis)),
    ),
  );
