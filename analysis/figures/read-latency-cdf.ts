import type { ReplicationRows } from "../../sim/metrics/rows.ts";
import { type FigureSpec, frame, palette, round } from "./figure.ts";

const POINTS_MAX = 400;
const PLACES_MAX = 6;

/**
 * The share of reads answered within a time, by place of the client. Failed reads count as never
 * answered, so a curve that ends below 100 % shows how many failed.
 */
export function readLatencyCdf(replications: readonly ReplicationRows[]): FigureSpec | undefined {
  const byPlace = new Map<string, { latencies: number[]; reads: number }>();
  for (const { reads } of replications) {
    for (const { place, outcome, latencyMicroseconds } of reads) {
      const group = byPlace.get(place) ?? { latencies: [], reads: 0 };
      group.reads += 1;
      if (outcome === "ok") group.latencies.push(latencyMicroseconds);
      byPlace.set(place, group);
    }
  }
  const groups = [...byPlace]
    .filter(([place, { latencies }]) => place !== "" && latencies.length > 0)
    .sort(([a, x], [b, y]) => y.reads - x.reads || (a < b ? -1 : 1))
    .slice(0, PLACES_MAX);
  if (groups.length === 0) return undefined;

  const points = Math.floor(POINTS_MAX / groups.length);
  const slowest = highest(groups.map(([, { latencies }]) => highest(latencies)));
  const values = groups.flatMap(([place, group]) => curve(place, group, points, slowest));
  const hidden = byPlace.size - groups.length;
  const note = hidden > 0 ? ` The ${groups.length} places with most reads.` : "";
  return {
    ...frame(
      "Reads answered within a time (%), by place of the reader",
      `How long does a reader wait? A curve that levels off below 100 % shows reads that failed.${note}`,
    ),
    data: { values },
    params: [
      { name: "place", select: { type: "point", fields: ["place"] }, bind: "legend" },
      { name: "zoom", select: "interval", bind: "scales" },
    ],
    mark: { type: "line", interpolate: "step-after", strokeWidth: 2, clip: true, tooltip: true },
    encoding: {
      x: {
        field: "latency",
        type: "quantitative",
        scale: { type: "log", nice: false },
        title: "Read latency in seconds (log scale)",
        axis: { format: "~g", tickCount: 8, labelFlush: true },
      },
      y: {
        field: "share",
        type: "quantitative",
        scale: { domain: [0, 1] },
        axis: { format: ".0%" },
        title: "Share of all reads",
      },
      color: {
        field: "place",
        type: "nominal",
        sort: groups.map(([place]) => place),
        title: null,
        scale: { range: palette.slice(0, groups.length) },
      },
      opacity: { condition: { param: "place", value: 1 }, value: 0.15 },
      tooltip: [
        { field: "place", type: "nominal" },
        { field: "latency", type: "quantitative", title: "within (s)", format: ".4~g" },
        { field: "share", type: "quantitative", title: "share of reads", format: ".3%" },
      ],
    },
  };
}

/** Steps at evenly spaced ranks, first and last among them. */
function curve(
  place: string,
  { latencies, reads }: { readonly latencies: readonly number[]; readonly reads: number },
  pointsMax: number,
  slowest: number,
) {
  const sorted = Float64Array.from(latencies).sort();
  const points = Math.min(sorted.length, pointsMax);
  const steps = Array.from({ length: points }, (_, point) => {
    const rank = Math.ceil(((point + 1) * sorted.length) / points);
    // The first step starts at the fastest read, which no other is before.
    const latency = sorted[point === 0 ? 0 : rank - 1] ?? 0;
    const answered = point === 0 ? 1 : rank;
    return { place, latency: round(latency / 1e6), share: round(answered / reads) };
  });
  // All curves reach as far as the longest, for what they level off at is what they are read for.
  const level = { place, latency: round(slowest / 1e6), share: round(sorted.length / reads) };
  return [...steps, level];
}

const highest = (values: readonly number[]) => values.reduce((a, b) => Math.max(a, b), 0);
