import type { Axis } from "../codec/code.ts";
import { meanOf } from "../engine/distribution.ts";
import type { ActiveFlow, CohortState } from "./cohort-state.ts";
import { keepsDuty, ownedBy, serves } from "./cohort-state.ts";
import { meanRoundTrip, type SizeMeans, symbolsNeeded, timeForBlob } from "./costs.ts";
import { fewestHelpers, helpersAtLeast } from "./coverage.ts";
import { type Flow, fairRates } from "./fair-rates.ts";
import { edgeOf, type Gap, goesThroughTime } from "./gaps.ts";
import type { CohortParameters } from "./parameters.ts";
import { BEFORE_ALL, countIn, meanIn } from "./population.ts";

/** What a node is at, and what that takes. */
interface Job extends Flow {
  readonly flow: Omit<ActiveFlow, "rate">;
}

/** All work that goes on now, and how fast. */
export interface WorkPlan {
  readonly flows: readonly ActiveFlow[];
  /** Some work stands still for want of helpers or of a source, or may come to. */
  readonly isHampered: boolean;
}

/** Each node's resources, in the order of their numbers. */
const [UP, DOWN, CORES, STORING] = [0, 1, 2, 3];
const PER_NODE = 4;

/**
 * Shares links, cores and helpers out among all that nodes are at. Each node closes one missed gap, one
 * lost one, and so many gained shards at a time, of each one part that is transferred and one that is recovered.
 */
export function planWork(
  inHand: readonly Gap[],
  state: CohortState,
  parameters: CohortParameters,
  means: SizeMeans,
): WorkPlan {
  const jobs: Job[] = [];
  let isHampered = false;
  const planner: Planner = {
    state,
    parameters,
    means,
    helpers: helperWeights(state, parameters),
    helpersAtLeast: {
      primary: helpersAtLeast(state, "primary"),
      secondary: helpersAtLeast(state, "secondary"),
    },
    windows: new Map(
      inHand
        .filter(({ remedy }) => remedy !== "transfer")
        .map((gap) => [gap.id, blobsAtOnce(gap, state, parameters).window]),
    ),
  };
  for (const gap of inHand) {
    const job = gap.remedy === "transfer" ? transfer(gap, planner) : recovery(gap, planner);
    if (job !== undefined) jobs.push(job);
    isHampered ||= job === undefined || !isSafe(planner);
  }
  state.nodes.forEach((node, index) => {
    if (node.metadata >= 0 && node.metadata < 1 && keepsDuty(node)) {
      jobs.push(metadataSync(index, planner));
    }
  });
  const capacity = parameters.members.flatMap((_, node) => capacityOf(node, planner));
  const rates = fairRates(jobs, capacity);
  const flows = jobs.map(({ flow }, index) => ({ ...flow, rate: rates[index]! }));
  return { flows, isHampered };
}

interface Planner {
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

// One request at a time to the previous owner, for so many slivers; checked and stored one by one.
function transfer(gap: Gap, { state, parameters, means }: Planner): Job | undefined {
  const { source, node, from, to, idFrom, idTo } = gap;
  const giver = state.nodes[source]!;
  if (!serves(giver) || !giver.conduct.handsOver) return undefined;
  const axis: Axis = gap.primary < 1 ? "primary" : "secondary";
  const blobs = countIn(state.population, from, to) * (idTo - idFrom);
  const bytes = meanIn(state.population, from, to, means[axis]);
  const its = state.nodes[node]!;
  const { pace, shardSync, uplink, downlink, roundTrips } = parameters;
  const link = Math.min(uplink * giver.rate, downlink * its.rate);
  const perBatch =
    roundTrips[node]![source]! * giver.delay * its.delay +
    meanOf(parameters.node.responseTime.serve) * giver.slowness +
    shardSync.batch * (pace.sliver * its.slowness + bytes / link);
  return {
    rateMax: shardSync.batch / perBatch,
    uses: [
      [at(source, UP), bytes],
      [at(node, DOWN), bytes],
      [at(node, STORING), pace.sliver * its.slowness],
    ].filter(([, amount]) => amount! > 0) as [number, number][],
    flow: {
      node,
      gap: gap.id,
      work: axis,
      bytes,
      share: perBlob(blobs),
      source,
      slivers: 1,
      until: 1,
    },
  };
}

// Many blobs at a time, each from as many helpers as it takes.
function recovery(gap: Gap, planner: Planner): Job | undefined {
  const { state, parameters, means, helpers } = planner;
  const { node, from, to } = gap;
  const shards = ownedBy(gap, state.owners);
  const { blobs, atOnce, window } = blobsAtOnce(gap, state, parameters);
  const possible = possibleWork(gap, window, planner);
  if (possible === undefined) return undefined;
  const { work, until, waves } = possible;
  const axes: readonly Axis[] = work === "both" ? ["primary", "secondary"] : [work];
  const symbolBytes = meanIn(state.population, from, to, means.symbol);
  const own = ownHelpers(gap, planner);
  const symbols = axes.reduce((sum, axis) => sum + symbolsNeeded(parameters, axis) - own, 0);
  const needsMetadata = gap.origin !== "gained" && work !== "primary";
  const bytes = shards * symbols * symbolBytes + (needsMetadata ? means.metadata : 0);
  const core = meanOf(parameters.node.coreTime);
  const all = helpers.reduce((sum, weight) => sum + weight, 0) - helpers[node]!;
  const uses: [number, number][] = [
    [at(node, DOWN), bytes],
    [at(node, CORES), core * axes.length * shards * state.nodes[node]!.slowness],
  ];
  helpers.forEach((weight, helper) => {
    if (helper === node || weight === 0) return;
    const part = weight / all;
    uses.push([at(helper, UP), bytes * part]);
    uses.push([at(helper, CORES), core * symbols * part * state.nodes[helper]!.slowness]);
  });
  const time = timeForBlob(state, parameters, node, work, shards, needsMetadata);
  const slivers = axes.length * shards;
  return {
    rateMax: atOnce / (time * waves),
    uses: uses.filter(([, amount]) => amount > 0),
    flow: { node, gap: gap.id, work, bytes, share: perBlob(blobs), source: -1, slivers, until },
  };
}

/**
 * Nodes that depend on one another may run apart by this part of a gap: so many looks it takes at most, where
 * blob by blob there would be as many as there are windows of permits.
 */
const WINDOW_MIN = 0.01;

/** Blobs that are recovered side by side, and the share of the gap that they are. */
function blobsAtOnce(
  gap: Gap,
  state: CohortState,
  { node, shardSync }: CohortParameters,
): { readonly blobs: number; readonly atOnce: number; readonly window: number } {
  const { blobTasks, blobSyncs, sliverSyncs } = node.recovery!;
  const most = { scan: blobTasks, sync: blobSyncs }[gap.remedy as string];
  const { from, to, idFrom, idTo } = gap;
  const blobs = countIn(state.population, from, Math.min(to, state.at)) * (idTo - idFrom);
  const shards = ownedBy(gap, state.owners);
  const atOnce = Math.max(
    1,
    Math.min(most ?? shardSync.recoveryBlobs, sliverSyncs / shards, blobs),
  );
  return { blobs, atOnce, window: Math.min(1, Math.max(WINDOW_MIN, atOnce / Math.max(1, blobs))) };
}

/**
 * What of the next blobs there are helpers for. Where one axis has them and the other will, as soon as
 * those who lack the first have it, the two come in two waves, blob by blob. If only one axis can be recovered it runs ahead, but no
 * further than the blobs that may be under way at once: those that wait for helpers keep their places.
 */
function possibleWork(
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

const isSafe = ({ helpersAtLeast: least, parameters }: Planner): boolean =>
  least.primary >= parameters.primaryNeeded && least.secondary >= parameters.secondaryNeeded;

// Shards of its own that hold the blob help at no cost.
function ownHelpers(gap: Gap, { state, helpers }: Planner): number {
  if (gap.origin !== "gained") return 0;
  let lacking = 0;
  for (const other of state.gaps.values()) {
    if (other.node === gap.node && !goesThroughTime(other)) lacking += other.shards.length;
  }
  return Math.max(0, helpers[gap.node]! - lacking);
}

function metadataSync(node: number, { state, parameters, means, helpers }: Planner): Job {
  const its = state.nodes[node]!;
  const blobs = countIn(state.population, BEFORE_ALL, state.epochStartedAt);
  const answer = parameters.node.responseTime.metadata;
  const time =
    meanRoundTrip(state, parameters, node) * its.delay +
    meanOf(parameters.node.coreTime) +
    meanOf(answer) +
    parameters.pace.metadata * its.slowness;
  const all = helpers.reduce((sum, weight) => sum + weight, 0) - helpers[node]!;
  const bytes = means.metadata;
  const uses = helpers.flatMap((weight, helper): [number, number][] =>
    helper === node || weight === 0 ? [] : [[at(helper, UP), (bytes * weight) / all]],
  );
  return {
    rateMax: parameters.shardSync.metadataParallel / time,
    uses: [[at(node, DOWN), bytes], ...uses],
    flow: {
      node,
      gap: -1,
      work: "metadata",
      bytes,
      share: perBlob(blobs),
      source: -1,
      slivers: 0,
      until: 1,
    },
  };
}

function helperWeights(state: CohortState, { members }: CohortParameters): number[] {
  const weights = members.map(() => 0);
  for (const owner of state.owners) {
    if (owner >= 0 && serves(state.nodes[owner]!)) weights[owner]!++;
  }
  return weights;
}

function capacityOf(node: number, { state, parameters }: Planner): number[] {
  const { rate } = state.nodes[node]!;
  const { uplink, downlink } = parameters;
  return [uplink * rate, downlink * rate, parameters.node.cores, 1];
}

const at = (node: number, resource: number | undefined): number => node * PER_NODE + resource!;

const perBlob = (blobs: number): number => (blobs > 0 ? 1 / blobs : Number.POSITIVE_INFINITY);
