import type { ReplicationRows } from "../../sim/metrics/rows.ts";
import { epochSyncs } from "./epoch-syncs.ts";
import { type FigureSpec, type NamedFigure, titleOf } from "./figure.ts";
import { latencyOverTime } from "./latency-over-time.ts";
import { marginOverTime } from "./margin-over-time.ts";
import { nodeAvailability } from "./node-availability.ts";
import { nodeLoad } from "./node-load.ts";
import { readLatencyCdf } from "./read-latency-cdf.ts";
import { redundancyTime } from "./redundancy-time.ts";
import { repairTraffic } from "./repair-traffic.ts";
import { shardsByState } from "./shards-by-state.ts";
import { successOverTime } from "./success-over-time.ts";
import { unavailableSpans } from "./unavailable-spans.ts";
import { writePhases } from "./write-phases.ts";

const builders: Readonly<
  Record<string, (replications: readonly ReplicationRows[]) => FigureSpec | undefined>
> = {
  "success-over-time": successOverTime,
  "unavailable-spans": unavailableSpans,
  "margin-over-time": marginOverTime,
  "read-latency": readLatencyCdf,
  "latency-over-time": latencyOverTime,
  "write-phases": writePhases,
  "shards-by-state": shardsByState,
  "repair-traffic": repairTraffic,
  "redundancy-time": redundancyTime,
  "epoch-syncs": epochSyncs,
  "node-availability": nodeAvailability,
  "node-load": nodeLoad,
};

/** The figures of one scenario's replications, in order. What has no data has no figure. */
export function runFigures(replications: readonly ReplicationRows[]): NamedFigure[] {
  return Object.entries(builders).flatMap(([name, build]) => {
    const spec = build(replications);
    return spec === undefined ? [] : { name, title: titleOf(spec), spec };
  });
}
