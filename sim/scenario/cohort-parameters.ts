import type { CohortParameters, Growth } from "../cohorts/parameters.ts";
import { sizeClasses } from "../cohorts/size-classes.ts";
import type { RandomStream } from "../engine/random-streams.ts";
import { days } from "../engine/sim-time.ts";
import type { LatencyTable } from "../network/latency-table.ts";
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
  const growth = workload.writes.map(({ arrivals }, index): Growth => {
    return { rate: meanRate(arrivals), sizes: index + 1, lifetime: Number.POSITIVE_INFINITY };
  });
  return {
    members: members.map(({ name, shardIndices }) => ({ name, shards: shardIndices })),
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
    preload: { blobs: workload.preload.blobs, sizes: 0, lifetime: Number.POSITIVE_INFINITY },
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
