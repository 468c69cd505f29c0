import type { CohortParameters, Growth } from "../cohorts/parameters.ts";
import { sizeClasses } from "../cohorts/size-classes.ts";
import { meanOf } from "../engine/distribution.ts";
import type { RandomStream } from "../engine/random-streams.ts";
import { days } from "../engine/sim-time.ts";
import type { LatencyTable } from "../network/latency-table.ts";
import type { Seating, StakeChange } from "../placement/succession.ts";
import { thresholds } from "../placement/thresholds.ts";
import { meanRate } from "../workload/arrivals.ts";
import type { SeatedMember } from "./form-committee.ts";
import { nodeParameters } from "./node-parameters.ts";
import type { ResolvedScenario } from "./scenario.ts";

/** What the aggregated model takes from a scenario. */
export function cohortParameters(
  scenario: ResolvedScenario,
  world: {
    readonly members: readonly SeatedMember[];
    /** Places of the members, by number. */
    readonly places: readonly number[];
    readonly latency: LatencyTable;
    readonly blobBytesMax: number;
    readonly luck: (decision: string) => RandomStream;
  },
): CohortParameters {
  const { committee, workload, client, cohorts } = scenario;
  const { members, places, latency, blobBytesMax, luck } = world;
  const { faultyMax, primaryNeeded, secondaryNeeded, correctMin } = thresholds(committee.shards);
  const sizes = [workload.preload.size, ...workload.writes.map(({ size }) => size)];
  const growth = workload.writes.flatMap((demand, index) => growthOf(demand, index + 1));
  return {
    members: members.map(({ name }) => name),
    seating: firstSeating(members),
    epochs: {
      epoch: committee.epoch,
      age: committee.epochAge,
      callJitter: committee.epochCalls.jitter,
      garbageDelay: committee.garbageDelay ?? Math.round(committee.epoch / 2),
      attestDelay: Math.max(
        1,
        Math.round(meanOf(scenario.ledger.propagation) + meanOf(scenario.ledger.certify)),
      ),
      stakeMoved: committee.stakeMoved,
      activeSet: committee.activeSet,
      changes: committee.changes.map((change) => stakeChange(change, members)),
      leavers: committee.changes.flatMap((change) =>
        change.kind === "leaves"
          ? [{ epoch: change.epoch, node: indexOf(change.node, members), how: change.how }]
          : [],
      ),
    },
    shardSync: committee.shardSync,
    shardCount: committee.shards,
    faultyMax,
    primaryNeeded,
    secondaryNeeded,
    writeQuorum: correctMin,
    node: nodeParameters(committee),
    uplink: committee.uplink,
    downlink: committee.downlink,
    roundTrips: places.map((here) =>
      places.map(
        (there) => latency.meanMicroseconds(here, there) + latency.meanMicroseconds(there, here),
      ),
    ),
    connectTimeout: client.connectTimeout,
    sizes: sizes.map((size) => sizeClasses(size, blobBytesMax)),
    preload: {
      blobs: workload.preload.blobs,
      sizes: 0,
      lifetime: workload.preload.lifetime ?? Number.POSITIVE_INFINITY,
    },
    growth,
    seed: Math.floor(luck("blobs")() * 2 ** 32),
    pace: {
      sliver: cohorts.sliverTime,
      metadata: cohorts.metadataTime,
      recovery: cohorts.recoveryTime,
    },
    horizon: scenario.horizon,
    healthEvery: scenario.metrics.healthEvery ?? Math.min(days(1), scenario.horizon),
  };
}

// Blobs that are paid for again are a population of their own, which stays for longer.
function growthOf(
  { arrivals, lifetime, extended }: ResolvedScenario["workload"]["writes"][number],
  sizes: number,
): Growth[] {
  const rate = meanRate(arrivals);
  if (lifetime === undefined) return [{ rate, sizes, lifetime: Number.POSITIVE_INFINITY }];
  const { share, epochs } = extended ?? { share: 0, epochs: 0 };
  const parts: Growth[] = [
    { rate: rate * (1 - share), sizes, lifetime },
    { rate: rate * share, sizes, lifetime: lifetime + epochs },
  ];
  return parts.filter((part) => part.rate > 0);
}

// The order of the active set, which breaks ties, is that of the scenario's list.
function firstSeating(members: readonly SeatedMember[]): Seating {
  const seated = members.map((member, node) => ({ ...member, node }));
  return {
    active: seated
      .filter(({ stake }) => stake > 0)
      .map(({ node, stake, shards }) => ({ node, stake: BigInt(shards ?? stake) * SCALE })),
    committee: seated
      .filter(({ shardIndices }) => shardIndices.length > 0)
      .map(({ node, shardIndices }) => ({ node, shards: shardIndices })),
  };
}

/** Stake that a table gives in shards is cut into as many parts that it can move in pieces. */
const SCALE = 1_000_000n;

type Change = ResolvedScenario["committee"]["changes"][number];

function stakeChange(
  change: Change,
  members: readonly SeatedMember[],
): StakeChange & { readonly epoch: number } {
  const node = indexOf(change.node, members);
  const { epoch } = change;
  switch (change.kind) {
    case "leaves":
      return { kind: "leaves", node, epoch };
    case "joins":
      return { kind: "joins", node, epoch, share: change.stake };
    case "stake":
      return { kind: "stake", node, epoch, factor: change.factor };
  }
}

const indexOf = (name: string, members: readonly SeatedMember[]): number =>
  members.findIndex((member) => member.name === name);
