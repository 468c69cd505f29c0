import type { ReplicationRows } from "../../sim/metrics/rows.ts";
import { sum } from "../statistics/sum.ts";
import { type FigureSpec, frame, ink, palette, round } from "./figure.ts";

/** What each node sends against the mean of all, most first; a dot marks its share of shards. */
export function nodeLoad(replications: readonly ReplicationRows[]): FigureSpec | undefined {
  const nodes = (replications[0]?.nodes ?? []).filter(({ shardsMean }) => shardsMean > 0);
  const loads = nodes.map(({ node, name, shardsMean: shards, place, region }) => {
    const sent = replications.map((rows) => rows.nodes[node]?.sentBytes ?? 0);
    return { name, shards, place, region, bytes: sum(sent) / sent.length };
  });
  const mean = sum(loads.map(({ bytes }) => bytes)) / Math.max(1, loads.length);
  if (mean === 0) return undefined;
  const shardMean = sum(loads.map(({ shards }) => shards)) / loads.length;
  const values = loads
    .sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1))
    .map(({ bytes, ...node }, index) => ({
      rank: index + 1,
      ...node,
      load: round(bytes / mean, 4),
      byShards: round(node.shards / shardMean, 4),
      gigabytes: round(bytes / 1e9, 4),
    }));
  const regions = [...new Set(values.map(({ region }) => region))].sort();
  const x = {
    field: "rank",
    type: "quantitative" as const,
    title: "Nodes, those that send most first",
    axis: { grid: false, tickMinStep: 1 },
    scale: { domain: [0, values.length + 1], nice: false },
  };
  const y = { type: "quantitative" as const, title: "Bytes sent, over the mean" };
  return {
    ...frame(
      "Bytes that each node sends (times the mean of all)",
      "Who carries the load? Dot: what a node would send if all shards sent alike. Mean over replications.",
      220,
    ),
    data: { values },
    layer: [
      {
        mark: { type: "bar", width: Math.max(2, Math.floor(480 / values.length)) },
        encoding: {
          x,
          y: { ...y, field: "load" },
          color: {
            field: "region",
            type: "nominal",
            title: null,
            legend: { columns: 6 },
            scale: {
              domain: regions,
              range: regions.map((_, index) => palette[index % palette.length] ?? palette[0]),
            },
          },
          tooltip: [
            { field: "name", type: "nominal" },
            { field: "place", type: "nominal" },
            { field: "shards", type: "quantitative" },
            { field: "load", type: "quantitative", title: "times the mean" },
            { field: "byShards", type: "quantitative", title: "by its shards" },
            { field: "gigabytes", type: "quantitative", title: "GB sent", format: ",.4~g" },
          ],
        },
      },
      {
        mark: { type: "circle", size: 16, color: ink.text, opacity: 1 },
        encoding: { x, y: { ...y, field: "byShards" } },
      },
    ],
  };
}
