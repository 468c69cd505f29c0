import type { ReplicationRows } from "../../sim/metrics/rows.ts";
import { type FigureSpec, frame, palette, round } from "./figure.ts";
import { timeUnit } from "./time-unit.ts";

const POINTS_MAX = 200;

const causes = [
  { cause: "disk", name: "a lost disk" },
  { cause: "node", name: "a node lost for good" },
  { cause: "outage", name: "a node that was away" },
  { cause: "write", name: "a write that nodes missed" },
] as const;

/** The share of losses that are made good within a time, by what was lost. */
export function redundancyTime(replications: readonly ReplicationRows[]): FigureSpec | undefined {
  const rows = replications.flatMap(({ redundancy }) => redundancy);
  const others = [...new Set(rows.map(({ cause }) => cause))]
    .filter((cause) => causes.every((known) => known.cause !== cause))
    .map((cause) => ({ cause, name: cause }));
  const groups = [...causes, ...others]
    .map(({ cause, name }) => ({ name, losses: rows.filter((row) => row.cause === cause) }))
    .filter(({ losses }) => losses.some(({ restoredAt }) => restoredAt !== -1));
  if (groups.length === 0) return undefined;
  const restored = rows.filter(({ restoredAt }) => restoredAt !== -1);
  const slowest = restored.reduce((max, row) => Math.max(max, row.durationMicroseconds), 1);
  const unit = timeUnit(slowest);
  const values = groups.flatMap(({ name, losses }) => {
    const times = losses
      .filter(({ restoredAt }) => restoredAt !== -1)
      .map(({ durationMicroseconds }) => durationMicroseconds);
    const sorted = Float64Array.from(times).sort();
    const points = Math.min(sorted.length, POINTS_MAX);
    const steps = Array.from({ length: points }, (_, point) => {
      const rank = Math.ceil(((point + 1) * sorted.length) / points);
      return { time: sorted[rank - 1] ?? 0, share: rank / losses.length };
    });
    // From nothing at the fastest to as far as the slowest of all, where a curve's level can be read.
    const level = sorted.length / losses.length;
    return [{ time: sorted[0] ?? 0, share: 0 }, ...steps, { time: slowest, share: level }].map(
      ({ time, share }) => ({
        ...{ loss: name, time: round(time / unit.microseconds), share: round(share) },
        losses: losses.length,
      }),
    );
  });
  return {
    ...frame(
      "Losses of redundancy made good within a time (%)",
      "How long is data at risk after a loss? A curve that levels off below 100 % shows losses that were not made good.",
    ),
    data: { values },
    params: [{ name: "zoom", select: "interval", bind: "scales" }],
    mark: { type: "line", interpolate: "step-after", strokeWidth: 2, clip: true },
    encoding: {
      x: {
        field: "time",
        type: "quantitative",
        scale: { zero: true, nice: false },
        title: `Time until all is held again, in ${unit.name}`,
        axis: { tickCount: 10 },
      },
      y: {
        field: "share",
        type: "quantitative",
        scale: { domain: [0, 1] },
        axis: { format: ".0%" },
        title: "Share of losses",
      },
      color: {
        field: "loss",
        type: "nominal",
        title: "after",
        legend: { labelLimit: 300 },
        scale: {
          domain: groups.map(({ name }) => name),
          range: groups.map((_, index) => palette[index % palette.length] ?? palette[0]),
        },
      },
      tooltip: [
        { field: "loss", type: "nominal", title: "after" },
        { field: "time", type: "quantitative", title: `within (${unit.name})`, format: ".4~g" },
        { field: "share", type: "quantitative", title: "share of losses", format: ".1%" },
        { field: "losses", type: "quantitative" },
      ],
    },
  };
}
