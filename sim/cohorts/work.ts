import type { Axis } from "../codec/code.ts";
import { meanOf } from "../engine/distribution.ts";
import { givesShards } from "./bites.ts";
import type { ActiveFlow, CohortState } from "./cohort-state.ts";
import { keepsDuty, ownedBy, serves } from "./cohort-state.ts";
import { meanRoundTrip, type SizeMeans, symbolsNeeded, timeForBlob } from "./costs.ts";
import { helpersAtLeast } from "./coverage.ts";
import { type Flow, fairRates } from "./fair-rates.ts";
import { type Gap, goesThroughTime } from "./gaps.ts";
import type { CohortParameters } from "./parameters.ts";
import { BEFORE_ALL, countIn, meanIn } from "./population.ts";
import { blobsAtOnce, blobsOf, isSafe, type Planner, possibleWork } from "./possible-work.ts";

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
        .map((gap) => [
          gap.id,
          blobsAtOnce(gap, blobsOf(gap, state), { state, parameters }).window,
        ]),
    ),
  };
  for (const gap of inHand) {
    const job = jobOn(gap, planner);
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

function jobOn(gap: Gap, planner: Planner): Job | undefined {
  const blobs = blobsOf(gap, planner.state);
  if (blobs === 0) return emptyJob(gap);
  return gap.remedy === "transfer" ? transfer(gap, blobs, planner) : recovery(gap, blobs, planner);
}

// Where there are no blobs nobody needs to help.
const emptyJob = ({ node, id }: Gap): Job => ({
  rateMax: 1,
  uses: [],
  flow: {
    node,
    gap: id,
    work: "both",
    bytes: 0,
    share: perBlob(0),
    source: -1,
    slivers: 0,
    until: 1,
  },
});

// One request at a time to the previous owner, for so many slivers; checked and stored one by one.
function transfer(gap: Gap, blobs: number, { state, parameters, means }: Planner): Job | undefined {
  const { source, node, from, to } = gap;
  const giver = state.nodes[source]!;
  if (!givesShards(giver)) return undefined;
  const axis: Axis = gap.primary < 1 ? "primary" : "secondary";
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
function recovery(gap: Gap, blobs: number, planner: Planner): Job | undefined {
  const { state, parameters, means, helpers } = planner;
  const { node, from, to } = gap;
  const shards = ownedBy(gap, state.owners);
  const { atOnce, window } = blobsAtOnce(gap, blobs, planner);
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
