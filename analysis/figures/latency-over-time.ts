import type { ReplicationRows } from "../../sim/metrics/rows.ts";
import { nearestRank } from "../statistics/percentile.ts";
import { coarsen } from "./coarsen.ts";
import { type FigureSpec, frame, palette, round } from "./figure.ts";
import { bandLayer, bandNote, outageBands } from "./outage-bands.ts";
import { timeUnit } from "./time-unit.ts";

/** The largest over the smallest from which a scale of logarithms shows more. */
const LOG_FROM = 30;

/** Median and p99 of read latency over all replications, by when reads began. */
export function latencyOverTime(replications: readonly ReplicationRows[]): FigureSpec | undefined {
  const first = replications[0];
  if (first === undefined) return undefined;
  const unit = timeUnit(first.horizon);
  const operations = replications.reduce((sum, { reads }) => sum + reads.length, 0);
  const stretches = coarsen(first.timeline, operations, 300);
  const edges = stretches.map((stretch) => stretch.from);
  const bins = edges.map((): number[] => []);
  for (const { reads } of replications) {
    for (const { startedAt, outcome, latencyMicroseconds } of reads) {
      if (outcome === "ok") bins[lastAtOrBefore(edges, startedAt)]?.push(latencyMicroseconds);
    }
  }
  const values = bins.flatMap((latencies, bin) => {
    const { from, to } = stretches[bin] ?? { from: 0, to: 0 };
    const sorted = Float64Array.from(latencies).sort();
    const time = round((from + to) / 2 / unit.microseconds);
    return [0.5, 0.99].flatMap((share) => {
      const latency = sorted[nearestRank(share, sorted.length)];
      const percentile = share === 0.5 ? "median" : "p99";
      const reads = sorted.length;
      return latency === undefined
        ? []
        : { time, percentile, latency: round(latency / 1e6), reads };
    });
  });
  if (values.length === 0) return undefined;

  const latencies = values.map(({ latency }) => latency);
  // On a scale from 0, a stretch of minutes would press everything else flat.
  const isLog = Math.max(...latencies) > LOG_FROM * Math.min(...latencies);
  const bands = outageBands(replications, unit);
  return {
    ...frame(
      "Latency of successful reads (s), by when they began",
      `Does it stay quick? Median and 99th percentile over all replications.${bandNote(bands)}`,
    ),
    data: { values },
    layer: [
      bandLayer(bands, replications.length),
      {
        params: [{ name: "zoom", select: { type: "interval", encodings: ["x"] }, bind: "scales" }],
        mark: { type: "line", strokeWidth: 2, clip: true, point: { size: 14, filled: true } },
        encoding: {
          x: {
            field: "time",
            type: "quantitative",
            title: `Simulated time in ${unit.name}`,
            scale: { domain: [0, first.horizon / unit.microseconds], nice: false },
            axis: { grid: false, tickCount: 12 },
          },
          y: {
            field: "latency",
            type: "quantitative",
            title: `Read latency in seconds${isLog ? " (log scale)" : ""}`,
            scale: isLog ? { type: "log", nice: false } : { zero: true },
            axis: { format: "~g", tickCount: 6 },
          },
          color: {
            field: "percentile",
            type: "nominal",
            title: null,
            scale: { domain: ["median", "p99"], range: [palette[0], palette[1]] },
          },
          tooltip: [
            { field: "percentile", type: "nominal" },
            { field: "time", type: "quantitative", title: `time (${unit.name})`, format: ".4~g" },
            { field: "latency", type: "quantitative", title: "latency (s)", format: ".4~g" },
            { field: "reads", type: "quantitative", title: "successful reads" },
          ],
        },
      },
    ],
  };
}

/** Index of the last edge that is not after the time; edges ascend from 0. */
function lastAtOrBefore(edges: readonly number[], time: number): number {
  let [from, to] = [0, edges.length];
  while (to - from > 1) {
    const middle = Math.floor((from + to) / 2);
    if ((edges[middle] ?? Infinity) <= time) from = middle;
    else to = middle;
  }
  return from;
}
