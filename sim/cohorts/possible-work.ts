import type { Axis } from "../codec/code.ts";
import { type CohortState, ownedBy } from "./cohort-state.ts";
import { type SizeMeans, symbolsNeeded } from "./costs.ts";
import { fewestHelpers } from "./coverage.ts";
import { edgeOf, type Gap, goesThroughTime, lackingOf } from "./gaps.ts";
import type { CohortParameters } from "./parameters.ts";
import { countIn } from "./population.ts";

/** What is known of everybody while work is shared out. */
export interface Planner {
  readonly state: CohortState;
  readonly parameters: CohortParameters;
  readonly means: SizeMeans;
  /** Shards by node, of nodes that serve. */
  readonly helpers: readonly number[];
  /** Shards that can help with any blob by their sliver of an axis. */
  readonly helpersAtLeast: Readonly<Record<Axis, number>>;
  /** Share of each gap in hand that is under way at once. */
  readonly windows: ReadonlyMap<number, number>;
}

/** How many blobs a gap is of; were it all as what is left of it, where some of its blobs have expired. */
export function blobsOf(gap: Gap, { population, at }: CohortState): number {
  const behind: Axis = gap.primary < gap.secondary ? "primary" : "secondary";
  const { from, to } = lackingOf(gap, behind, at);
  const height = gap.idTo - gap.idFrom;
  const left = goesThroughTime(gap) ? 1 - gap[behind] : 1;
  return (countIn(population, from, to) * height) / left;
}

/**
 * Nodes that depend on one another may run apart by this part of a gap: so many looks it takes at most, where
 * blob by blob there would be as many as there are windows of permits.
 */
const WINDOW_MIN = 0.01;

/** Blobs that are recovered side by side, and the share of the gap that they are. */
export function blobsAtOnce(
  gap: Gap,
  blobs: number,
  { state, parameters: { node, shardSync } }: Pick<Planner, "state" | "parameters">,
): { readonly atOnce: number; readonly window: number } {
  const { blobTasks, blobSyncs, sliverSyncs } = node.recovery!;
  const most = { scan: blobTasks, sync: blobSyncs }[gap.remedy as string];
  const shards = ownedBy(gap, state.owners);
  const atOnce = Math.max(
    1,
    Math.min(most ?? shardSync.recoveryBlobs, sliverSyncs / shards, blobs),
  );
  return { atOnce, window: Math.min(1, Math.max(WINDOW_MIN, atOnce / Math.max(1, blobs))) };
}

/**
 * What of the next blobs there are helpers for. Where one axis has them and the other will, as soon as
 * those who lack the first have it, the two come in two waves, blob by blob. If only one axis can be recovered it runs ahead, but no
 * further than the blobs that may be under way at once: those that wait for helpers keep their places.
 */
export function possibleWork(
  gap: Gap,
  lead: number,
  planner: Planner,
): { readonly work: "both" | Axis; readonly until: number; readonly waves: number } | undefined {
  const { primary, secondary } = gap;
  const ahead = Math.abs(primary - secondary);
  const behind: Axis = primary < secondary ? "primary" : "secondary";
  const front: Axis = behind === "primary" ? "secondary" : "primary";
  const limit = Math.min(1, gap[behind] + lead);
  if (ahead > 1e-12) {
    if (hasHelpers(gap, behind, planner, true)) {
      return { work: behind, until: gap[front], waves: 1 };
    }
    if (gap[front] >= limit || !hasHelpers(gap, front, planner)) return undefined;
    return { work: front, until: limit, waves: 1 };
  }
  const isPrimary = hasHelpers(gap, "primary", planner);
  const isSecondary = hasHelpers(gap, "secondary", planner);
  if (isPrimary && isSecondary) return { work: "both", until: 1, waves: 1 };
  if (!isPrimary && !isSecondary) return undefined;
  const [first, second]: readonly Axis[] = isPrimary
    ? ["primary", "secondary"]
    : ["secondary", "primary"];
  if (hasHelpers(gap, second!, planner, true)) return { work: "both", until: 1, waves: 2 };
  return { work: first!, until: limit, waves: 1 };
}

function hasHelpers(gap: Gap, axis: Axis, planner: Planner, soon = false): boolean {
  const { state, parameters } = planner;
  const other: Axis = axis === "primary" ? "secondary" : "primary";
  const needed = symbolsNeeded(parameters, axis);
  if (planner.helpersAtLeast[other] >= needed) return true;
  const edge = edgeOf(gap, axis, state.at);
  return fewestHelpers(state, other, edge, soon ? planner.windows : undefined) >= needed;
}

/** No blob wants for helpers. */
export const isSafe = ({ helpersAtLeast: least, parameters }: Planner): boolean =>
  least.primary >= parameters.primaryNeeded && least.secondary >= parameters.secondaryNeeded;
