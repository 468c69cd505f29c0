import type { ReplicationRows } from "../../sim/metrics/rows.ts";
import { sum } from "../statistics/sum.ts";
import { type FigureSpec, frame, palette, round } from "./figure.ts";

/** The share of time for which each node is up: mean, and range over replications. Worst first. */
export function nodeAvailability(replications: readonly ReplicationRows[]): FigureSpec | undefined {
  const nodes = (replications[0]?.nodes ?? []).filter((node) => node.shardsMean > 0);
  const values = nodes
    .map(({ node, name, shards, place, region, provider }) => {
      const shares = replications.flatMap((rows) => rows.nodes[node]?.availability ?? []);
      return {
        name,
        shards,
        place,
        region,
        provider,
        mean: round(sum(shares) / shares.length),
        low: round(shares.reduce((low, share) => Math.min(low, share), 1)),
        high: round(shares.reduce((high, share) => Math.max(high, share), 0)),
      };
    })
    .sort((a, b) => a.mean - b.mean || (a.name < b.name ? -1 : 1))
    .map((value, index) => ({ rank: index + 1, ...value }));
  if (values.every((value) => value.low === 1)) return undefined;

  const x = {
    field: "rank",
    type: "quantitative" as const,
    title: "Nodes, least available first",
    axis: { grid: false, tickMinStep: 1 },
    scale: { domain: [0, values.length + 1], nice: false },
  };
  const scale = { zero: false, nice: true, domainMax: 1 };
  const regions = [...new Set(values.map((value) => value.region))].sort();
  const color = {
    field: "region",
    type: "nominal" as const,
    title: null,
    scale: {
      domain: regions,
      range: regions.map((_, index) => palette[index % palette.length] ?? palette[0]),
    },
  };
  return {
    ...frame(
      "Share of time for which each node is up (%)",
      "Which nodes are away, and do they go together? Dot: mean, sized by shards. Line: range over replications.",
    ),
    data: { values },
    layer: [
      {
        mark: { type: "rule", strokeWidth: 1.5, opacity: 0.45 },
        encoding: {
          x,
          y: { field: "low", type: "quantitative", scale, title: "Availability" },
          y2: { field: "high" },
          color,
        },
      },
      {
        mark: { type: "circle", opacity: 1 },
        encoding: {
          x,
          y: {
            field: "mean",
            type: "quantitative",
            scale,
            axis: { format: ".4~p" },
            title: "Availability",
          },
          color,
          size: {
            field: "shards",
            type: "quantitative",
            legend: null,
            scale: { range: [25, 130] },
          },
          tooltip: [
            { field: "name", type: "nominal" },
            { field: "shards", type: "quantitative" },
            { field: "place", type: "nominal" },
            { field: "provider", type: "nominal" },
            { field: "mean", type: "quantitative", title: "mean availability", format: ".3%" },
            { field: "low", type: "quantitative", title: "worst replication", format: ".3%" },
          ],
        },
      },
    ],
  };
}
