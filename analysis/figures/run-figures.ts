import type { ReplicationRows } from "../../sim/metrics/rows.ts";
import { type FigureSpec, type NamedFigure, titleOf } from "./figure.ts";
import { latencyOverTime } from "./latency-over-time.ts";
import { nodeAvailability } from "./node-availability.ts";
import { readLatencyCdf } from "./read-latency-cdf.ts";
import { successOverTime } from "./success-over-time.ts";
import { writePhases } from "./write-phases.ts";

const builders: Readonly<
  Record<string, (replications: readonly ReplicationRows[]) => FigureSpec | undefined>
> = {
  "success-over-time": successOverTime,
  "read-latency": readLatencyCdf,
  "latency-over-time": latencyOverTime,
  "write-phases": writePhases,
  "node-availability": nodeAvailability,
};

/** The figures of one scenario's replications, in order. What has no data has no figure. */
export function runFigures(replications: readonly ReplicationRows[]): NamedFigure[] {
  return Object.entries(builders).flatMap(([name, build]) => {
    const spec = build(replications);
    return spec === undefined ? [] : { name, title: titleOf(spec), spec };
  });
}
