import type { ReplicationRows, TimelineRow } from "../../sim/metrics/rows.ts";
import { pooledShare } from "../statistics/share.ts";
import { coarsen } from "./coarsen.ts";
import { type FigureSpec, frame, palette, round } from "./figure.ts";
import { bandLayer, bandNote, outageBands } from "./outage-bands.ts";
import { timeUnit } from "./time-unit.ts";

/** The share of reads and writes that succeed, by when they began. Warm-up included. */
export function successOverTime(replications: readonly ReplicationRows[]): FigureSpec | undefined {
  const first = replications[0];
  if (first === undefined) return undefined;
  const unit = timeUnit(first.horizon);
  const values = (["reads", "writes"] as const).flatMap((operation) => {
    const count = (bins: readonly number[], field: keyof TimelineRow) =>
      replications.map(({ timeline }) =>
        bins.reduce((sum, bin) => sum + Number(timeline[bin]?.[field] ?? 0), 0),
      );
    const all = first.timeline.map((_, bin) => bin);
    const operations = count(all, operation).reduce((sum, n) => sum + n, 0);
    return coarsen(first.timeline, operations, 300).flatMap(({ from, to, bins }) => {
      const hits = count(bins, operation === "reads" ? "readsOk" : "writesOk");
      const clusters = count(bins, operation).map((n, index) => ({
        total: hits[index] ?? 0,
        count: n,
      }));
      const estimate = pooledShare(clusters);
      if (estimate.value === null) return [];
      return {
        operation,
        time: round((from + to) / 2 / unit.microseconds),
        success: round(estimate.value),
        low: round(estimate.low ?? estimate.value),
        high: round(estimate.high ?? estimate.value),
        count: estimate.count,
      };
    });
  });
  if (values.length === 0) return undefined;

  const seen = [...new Set(values.map(({ operation }) => operation))];
  const bands = outageBands(replications, unit);
  const x = {
    field: "time",
    type: "quantitative" as const,
    title: `Simulated time in ${unit.name}`,
    scale: { domain: [0, first.horizon / unit.microseconds], nice: false },
    axis: { grid: false, tickCount: 12 },
  };
  const color = {
    field: "operation",
    type: "nominal" as const,
    title: null,
    scale: { domain: seen, range: seen.map((name) => palette[name === "reads" ? 0 : 1]) },
  };
  // A little more than the lowest interval needs, and never so little that 99.99 % looks like ruin.
  const lowest = values.reduce((low, value) => Math.min(low, value.low), 0.99);
  const scale = { domain: [Math.max(0, 1 - 1.08 * (1 - lowest)), 1], nice: false };
  return {
    ...frame(
      "Reads and writes that succeed (%), by when they began",
      `Does service hold while things fail? Pale: 95 % interval over replications.${bandNote(bands)}`,
    ),
    data: { values },
    layer: [
      bandLayer(bands, replications.length),
      {
        mark: { type: "area", opacity: 0.18, clip: true },
        encoding: {
          x,
          y: { field: "low", type: "quantitative", scale, title: "Success" },
          y2: { field: "high" },
          color,
        },
      },
      {
        params: [{ name: "zoom", select: { type: "interval", encodings: ["x"] }, bind: "scales" }],
        mark: { type: "line", strokeWidth: 2, clip: true, point: { size: 14, filled: true } },
        encoding: {
          x,
          y: {
            field: "success",
            type: "quantitative",
            scale,
            axis: { format: ".4~p" },
            title: "Success",
          },
          color,
          tooltip: [
            { field: "operation", type: "nominal" },
            { field: "time", type: "quantitative", title: `time (${unit.name})`, format: ".4~g" },
            { field: "success", type: "quantitative", format: ".3%" },
            { field: "low", type: "quantitative", title: "95 % from", format: ".3%" },
            { field: "high", type: "quantitative", title: "95 % to", format: ".3%" },
            { field: "count", type: "quantitative", title: "operations" },
          ],
        },
      },
    ],
  };
}
