import type { Axis } from "../codec/code.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { eachCell, type Shade } from "./cells.ts";
import {
  type CohortState,
  keepsDuty,
  type NodeState,
  ownedBy,
  serves,
  weightWhere,
} from "./cohort-state.ts";
import { type Gap, goesThroughTime, lackingOf } from "./gaps.ts";
import type { CohortParameters } from "./parameters.ts";
import { BEFORE_ALL, countIn } from "./population.ts";
import type { Rectangle } from "./rectangles.ts";

/** What can be read of all blobs at one instant. */
export interface Census {
  readonly blobs: number;
  /** Not readable from primary slivers of nodes that serve. */
  readonly unavailable: number;
  /** Not to be had back from all disks together. */
  readonly lost: number;
  /** Something of it is missing on a node that is up and honest. */
  readonly incomplete: number;
  /** Fewest primary slivers served beyond those that reconstruct a blob; negative if too few. */
  readonly marginMin: number;
  /** Readable blobs by tenth of the margin there is when all serve, 2f. */
  readonly deciles: readonly number[];
}

const SERVED = 0;
const PRIMARY_ON_DISK = 1;
const SECONDARY_ON_DISK = 2;
const INCOMPLETE = 3;

/** Looks at every blob. */
export function census(state: CohortState, parameters: CohortParameters): Census {
  const { shardCount, primaryNeeded, secondaryNeeded, faultyMax } = parameters;
  const shades = [
    ...servedShades(state, parameters),
    ...diskShades(state),
    ...incompleteShades(state),
  ];
  const found = { blobs: 0, unavailable: 0, lost: 0, incomplete: 0, marginMin: shardCount };
  const deciles = Array.from<number>({ length: 10 }).fill(0);
  eachCell(state.population, shades, 4, state.at, (blobs, lacking) => {
    const margin = shardCount - lacking[SERVED]! - primaryNeeded;
    found.blobs += blobs;
    found.marginMin = Math.min(found.marginMin, margin);
    if (margin < 0) found.unavailable += blobs;
    else deciles[Math.min(9, Math.floor((10 * margin) / (2 * faultyMax)))]! += blobs;
    const primary = shardCount - lacking[PRIMARY_ON_DISK]!;
    const secondary = shardCount - lacking[SECONDARY_ON_DISK]!;
    if (primary < primaryNeeded && secondary < secondaryNeeded) found.lost += blobs;
    if (lacking[INCOMPLETE]! > 0) found.incomplete += blobs;
  });
  return { ...found, deciles };
}

/** How many blobs cannot be read. */
export function unavailableBlobs(state: CohortState, parameters: CohortParameters): number {
  const { shardCount, primaryNeeded } = parameters;
  const shades = servedShades(state, parameters);
  // Were all gaps in one place, would there still be enough?
  const most = shades.reduce((sum, { weight }) => sum + weight, 0);
  if (shardCount - most >= primaryNeeded) return 0;
  let unavailable = 0;
  eachCell(state.population, shades, 1, state.at, (blobs, lacking) => {
    if (shardCount - lacking[SERVED]! < primaryNeeded) unavailable += blobs;
  });
  return unavailable;
}

/** Whether blobs are being certified that nobody can read. */
export function isBornUnreadable(state: CohortState, parameters: CohortParameters): boolean {
  const { owners, nodes, gaps, population } = state;
  if (population.growing.length === 0 || !parameters.growth.some(({ rate }) => rate > 0)) {
    return false;
  }
  let served = weightWhere(owners, nodes, serves);
  for (const gap of gaps.values()) {
    if (gap.to === Number.POSITIVE_INFINITY && serves(nodeOf(state, gap))) {
      served -= ownedBy(gap, owners);
    }
  }
  return served < parameters.primaryNeeded;
}

/** Whether a read of a blob certified then goes to the committee before this one. */
export const readsBefore = (state: CohortState, certifiedAt: SimTime): boolean =>
  state.readsPrevious && certifiedAt < state.epochStartedAt;

// What is lacking of primary slivers for readers. While an epoch changes, its beginning parts the blobs.
function servedShades(state: CohortState, { shardCount }: CohortParameters): Shade[] {
  const { owners, previousOwners, epochStartedAt, readsPrevious, at } = state;
  const since = readsPrevious ? epochStartedAt : BEFORE_ALL;
  return [
    ...sideShades(state, { from: BEFORE_ALL, to: since }, previousOwners, shardCount),
    ...sideShades(state, { from: since, to: Math.max(at, since) + 1 }, owners, shardCount),
  ];
}

function sideShades(
  state: CohortState,
  part: { readonly from: SimTime; readonly to: SimTime },
  owners: readonly number[],
  shardCount: number,
): Shade[] {
  if (part.to <= part.from) return [];
  const weight = shardCount - weightWhere(owners, state.nodes, serves);
  const whole = { ...part, idFrom: 0, idTo: 1, layer: SERVED, weight };
  const shades: Shade[] = weight > 0 ? [whole] : [];
  for (const gap of state.gaps.values()) {
    if (!serves(nodeOf(state, gap))) continue;
    const owned = ownedBy(gap, owners);
    if (owned === 0) continue;
    const shade = cut(lackingOf(gap, "primary", state.at), part);
    if (shade !== undefined) shades.push({ ...shade, layer: SERVED, weight: owned });
  }
  return shades;
}

function diskShades(state: CohortState): Shade[] {
  const shades: Shade[] = [];
  const liars = weightWhere(state.owners, state.nodes, (node) => !node.conduct.serves);
  const everything = { from: BEFORE_ALL, to: state.at + 1, idFrom: 0, idTo: 1, weight: liars };
  if (liars > 0) {
    shades.push({ ...everything, layer: PRIMARY_ON_DISK });
    shades.push({ ...everything, layer: SECONDARY_ON_DISK });
  }
  for (const gap of state.gaps.values()) {
    if (!nodeOf(state, gap).conduct.serves) continue;
    // A shard that moves is on the disk of the node that had it until it has come over.
    if (gap.source >= 0 && state.nodes[gap.source]!.conduct.serves) continue;
    const weight = ownedBy(gap, state.owners);
    if (weight === 0) continue;
    for (const [axis, layer] of onDisk) {
      const shade = real(lackingOf(gap, axis, state.at));
      if (shade !== undefined) shades.push({ ...shade, layer, weight });
    }
  }
  return shades;
}

const onDisk = [
  ["primary", PRIMARY_ON_DISK],
  ["secondary", SECONDARY_ON_DISK],
] as const;

function incompleteShades(state: CohortState): Shade[] {
  return [...state.gaps.values()].flatMap((gap) => {
    if (!keepsDuty(nodeOf(state, gap)) || ownedBy(gap, state.owners) === 0) return [];
    const areas = onDisk.map(([axis]) => real(lackingOf(gap, axis, state.at)));
    return areas.flatMap((area) =>
      area === undefined ? [] : [{ ...area, layer: INCOMPLETE, weight: 1 }],
    );
  });
}

/**
 * The fewest shards that can help with any of the next blobs in the way of a gap's work: hold their sliver of an
 * axis on a node that serves; or are about to, where `windows` tells which share of a gap is under way at once.
 * The next blobs lie on a line: those of one moment, or of one ID.
 */
export function fewestHelpers(
  state: CohortState,
  axis: Axis,
  next: Rectangle,
  windows?: ReadonlyMap<number, number>,
): number {
  const helpers = weightWhere(state.owners, state.nodes, serves);
  const isMoment = next.from === next.to;
  const changes: { readonly at: number; readonly weight: number }[] = [];
  for (const gap of state.gaps.values()) {
    if (!serves(nodeOf(state, gap))) continue;
    const lack = beyond(gap, axis, windows?.get(gap.id) ?? 0, state.at);
    const isOnLine = isMoment
      ? lack.from <= next.from && next.from < lack.to
      : lack.idFrom <= next.idFrom && next.idFrom < lack.idTo;
    const [from, to] = isMoment
      ? [Math.max(lack.idFrom, next.idFrom), Math.min(lack.idTo, next.idTo)]
      : [Math.max(lack.from, next.from), Math.min(lack.to, next.to)];
    if (!isOnLine || from >= to) continue;
    const weight = ownedBy(gap, state.owners);
    changes.push({ at: from, weight }, { at: to, weight: -weight });
  }
  changes.sort((a, b) => a.at - b.at);
  let [lacking, most] = [0, 0];
  changes.forEach(({ at, weight }, index) => {
    lacking += weight;
    const end = changes[index + 1]?.at ?? at;
    if (lacking <= most || end === at) return;
    if (isMoment || countIn(state.population, at, end) > 0) most = lacking;
  });
  return helpers - most;
}

// What a gap lacks but for what is under way.
function beyond(gap: Gap, axis: Axis, window: number, now: SimTime): Rectangle {
  const lack = lackingOf(gap, axis, now);
  if (window === 0) return lack;
  return goesThroughTime(gap)
    ? { ...lack, from: lack.from + window * (gap.to - gap.from) }
    : { ...lack, idFrom: lack.idFrom + window * (gap.idTo - gap.idFrom) };
}

/** A number of helpers that every blob has. */
export function helpersAtLeast(state: CohortState, axis: Axis): number {
  let helpers = weightWhere(state.owners, state.nodes, serves);
  for (const gap of state.gaps.values()) {
    if (!serves(nodeOf(state, gap)) || gap[axis] >= 1) continue;
    helpers -= ownedBy(gap, state.owners);
  }
  return helpers;
}

const nodeOf = ({ nodes }: CohortState, gap: Gap): NodeState => nodes[gap.node]!;

function cut(
  area: Rectangle,
  part: { readonly from: SimTime; readonly to: SimTime },
): Rectangle | undefined {
  const from = Math.max(area.from, part.from);
  const to = Math.min(area.to, part.to);
  return real({ ...area, from, to });
}

const real = (area: Rectangle): Rectangle | undefined =>
  area.from < area.to && area.idFrom < area.idTo ? area : undefined;
