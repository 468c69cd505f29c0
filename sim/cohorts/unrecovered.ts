import type { Axis } from "../codec/code.ts";
import type { Unrecovered } from "../protocol/unrecovered.ts";
import { keepsDuty, ownedBy, weightWhere } from "./cohort-state.ts";
import { symbolsNeeded } from "./costs.ts";
import { fewestHelpers } from "./coverage.ts";
import { BOTH, edgeOf, type Gap, lackingOf } from "./gaps.ts";
import { gapsInHand } from "./gaps-in-hand.ts";
import { countIn } from "./population.ts";
import type { Scene } from "./scene.ts";

type Look = Pick<Scene, "state" | "parameters">;

/** Less is a matter of rounding. */
const SLIVERS_MIN = 1e-3;

/** Whether no honest node that is up lacks anything. */
export const isWhole = (look: Look): boolean =>
  [...look.state.gaps.values()].every((gap) => lackingSlivers(gap, look) < SLIVERS_MIN);

/** What honest nodes that are up lack, a reason each; a blob counts once for each reason, of the gap with most. */
export function unrecovered(look: Look): Unrecovered[] {
  const { state, parameters } = look;
  const inHand = new Set(gapsInHand(state, parameters));
  const found = new Map<string, Omit<Unrecovered, "nodes"> & { readonly nodes: Set<number> }>();
  const shardsDown = weightWhere(state.owners, state.nodes, ({ up }) => !up);
  const shardsLying = weightWhere(
    state.owners,
    state.nodes,
    ({ up, conduct }) => up && !conduct.keeps,
  );
  for (const gap of state.gaps.values()) {
    const slivers = lackingSlivers(gap, look);
    if (slivers < SLIVERS_MIN) continue;
    const reason = reasonOf(gap, inHand, look);
    const before = found.get(reason.why);
    const helpers = [before?.helpers, reason.helpers].reduce((a, b) =>
      a === undefined || (b !== undefined && b.needed - b.count > a.needed - a.count) ? b : a,
    );
    found.set(reason.why, {
      why: reason.why,
      blobs: Math.max(before?.blobs ?? 0, Math.ceil(lackingBlobs(gap, look))),
      slivers: (before?.slivers ?? 0) + Math.ceil(slivers),
      nodes: new Set(before?.nodes).add(gap.node),
      ...(helpers === undefined ? {} : { helpers }),
      shardsDown,
      shardsLying,
    });
  }
  return [...found.values()].map((each) => ({
    ...each,
    nodes: [...each.nodes].sort((a, b) => a - b),
  }));
}

function reasonOf(
  gap: Gap,
  inHand: ReadonlySet<Gap>,
  { state, parameters }: Look,
): Pick<Unrecovered, "why" | "helpers"> {
  if (gap.remedy === "none") return { why: "nobody-at-it" };
  const { metadata } = state.nodes[gap.node]!;
  if (gap.origin === "gained" && metadata >= 0 && metadata < 1) return { why: "no-metadata" };
  if (!inHand.has(gap)) {
    return { why: parameters.node.recovery === undefined ? "nobody-at-it" : "waits-for-turn" };
  }
  const moves = state.flows.some(({ gap: id, rate }) => id === gap.id && rate > 0);
  if (gap.remedy === "transfer") return { why: moves ? "shard-under-way" : "no-source" };
  if (moves) return { why: "under-way" };
  const short = BOTH.filter((axis) => gap[axis] < 1).map((axis) => {
    const other: Axis = axis === "primary" ? "secondary" : "primary";
    const count = fewestHelpers(state, other, edgeOf(gap, axis, state.at));
    return { axis, count, needed: symbolsNeeded(parameters, axis) };
  });
  const worst = short.reduce((a, b) => (b.needed - b.count > a.needed - a.count ? b : a));
  return { why: "too-few-helpers", helpers: worst };
}

function lackingSlivers(gap: Gap, { state }: Look): number {
  if (!keepsDuty(state.nodes[gap.node]!)) return 0;
  return (
    BOTH.reduce((sum, axis) => sum + blobsIn(gap, axis, state), 0) * ownedBy(gap, state.owners)
  );
}

const lackingBlobs = (gap: Gap, { state }: Look): number =>
  Math.max(...BOTH.map((axis) => blobsIn(gap, axis, state)));

function blobsIn(gap: Gap, axis: Axis, { population, at }: Look["state"]): number {
  const { from, to, idFrom, idTo } = lackingOf(gap, axis, at);
  return countIn(population, from, to) * Math.max(0, idTo - idFrom);
}
