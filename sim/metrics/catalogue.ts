import { lifeCatalogue } from "./life-catalogue.ts";
import { type Aggregation, type Metric, type MetricUnit, spread } from "./metric.ts";

export type { Aggregation, Metric, MetricUnit };

const phase = (name: string, description: string): Metric => ({
  name: `write.${name}`,
  unit: "microseconds",
  aggregations: spread,
  better: "lower",
  description: `${description} Over writes that succeeded.`,
});

/**
 * Every metric there is. Only operations that began in the measured time count.
 *
 * `ratio`, `mean` and percentiles are over all operations of all replications; `count`, `min` and
 * `max` are taken within a replication, and the number reported is their mean over replications. A guarantee about
 * `min` or `max` is judged by the worst replication.
 */
export const catalogue: readonly Metric[] = [
  {
    name: "read.success",
    unit: "share",
    aggregations: ["ratio"],
    better: "higher",
    description:
      "Reads that returned the right bytes, of all but those whose blob expired or was deleted meanwhile.",
  },
  {
    name: "read.latency",
    unit: "microseconds",
    aggregations: spread,
    better: "lower",
    description: "From asking for a blob to having it decoded. Over reads that succeeded.",
  },
  {
    name: "read.count",
    unit: "count",
    aggregations: ["count"],
    better: "neither",
    description: "Reads per replication.",
  },
  {
    name: "read.failures",
    unit: "count",
    aggregations: ["count"],
    better: "lower",
    description:
      "Reads per replication that did not return the right bytes; not those whose blob expired meanwhile.",
  },
  {
    name: "read.requests",
    unit: "count",
    aggregations: ["mean"],
    better: "lower",
    description: "Requests that a client sends for one read, failed reads included.",
  },
  {
    name: "read.amplification",
    unit: "times",
    aggregations: ["mean"],
    better: "lower",
    description: "Bytes received for each byte asked for. Over reads that succeeded.",
  },
  {
    name: "write.success",
    unit: "share",
    aggregations: ["ratio"],
    better: "higher",
    description: "Writes that reached their point of availability, of all writes.",
  },
  {
    name: "write.latency",
    unit: "microseconds",
    aggregations: spread,
    better: "lower",
    description: "From having the blob to the point of availability. Over writes that succeeded.",
  },
  phase("encode", "Cutting the blob into slivers and hashing them."),
  phase("status", "Asking nodes whether they hold the blob already."),
  phase("register", "Registering the blob with the ledger."),
  phase("upload", "Until enough shards had stored their slivers."),
  phase("tail", "Waiting on for the slower nodes."),
  phase("confirm", "Collecting signed confirmations."),
  phase("certify", "Publishing the certificate to the ledger."),
  {
    name: "write.count",
    unit: "count",
    aggregations: ["count"],
    better: "neither",
    description: "Writes per replication.",
  },
  {
    name: "write.failures",
    unit: "count",
    aggregations: ["count"],
    better: "lower",
    description: "Writes per replication that did not reach their point of availability.",
  },
  {
    name: "recovery.count",
    unit: "count",
    aggregations: ["count"],
    better: "neither",
    description: "Recoveries per replication: a node comes by all it lacked of one blob.",
  },
  {
    name: "recovery.duration",
    unit: "microseconds",
    aggregations: spread,
    better: "lower",
    description:
      "From when a node sets about one blob, waiting for others included, until it holds all of it. One that never ended counts with its age.",
  },
  {
    name: "recovery.bytes",
    unit: "bytes",
    aggregations: spread,
    better: "lower",
    description: "Bytes that a node receives to recover what it lacked of one blob.",
  },
  {
    name: "recovery.convergence",
    unit: "microseconds",
    aggregations: ["mean", "max"],
    better: "lower",
    description:
      "From the end of the last fault, at the horizon at the latest, until every certified blob is whole on all honest nodes that are up. One run that was not in time counts as long as it went on. Of scenarios that claim `recovers`.",
  },
  {
    name: "blobs.incomplete",
    unit: "count",
    aggregations: ["count"],
    better: "lower",
    description:
      "Certified blobs of which, at the horizon, some honest node that is up lacks something.",
  },
  {
    name: "blobs.lost",
    unit: "count",
    aggregations: ["count"],
    better: "lower",
    description: "Certified blobs that no set of slivers on disks reconstructs at the horizon.",
  },
  {
    name: "blobs.unavailable",
    unit: "count",
    aggregations: ["count", "max"],
    better: "lower",
    description:
      "Certified blobs that the nodes up at the horizon do not reconstruct; `max`: the most at once, over samples in time.",
  },
  {
    name: "node.availability",
    unit: "share",
    aggregations: ["mean", "min"],
    better: "higher",
    description:
      "Share of the measured time for which a node is up. The mean weighs by the shards that it held, on average.",
  },
  {
    name: "faults.bites",
    unit: "count",
    aggregations: ["count"],
    better: "neither",
    description: "How often per replication an injected fault changed what an operation met.",
  },
  ...lifeCatalogue,
];

/** The percentile of `p99` as a share, 0.99; `undefined` for other aggregations. */
export function percentileOf(aggregation: string): number | undefined {
  if (!/^p\d{1,2}(\.\d+)?$/.test(aggregation)) return undefined;
  // Divided once, so that p99.9 is the double nearest to 0.999.
  const [whole = "", decimals = ""] = aggregation.slice(1).split(".");
  const share = Number(whole + decimals) / Number(`1e${decimals.length + 2}`);
  return share > 0 ? share : undefined;
}
