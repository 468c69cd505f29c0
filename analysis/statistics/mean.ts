import { type Cluster, clusterError, pooledRatio } from "./cluster-error.ts";
import { bare, type Estimate, noData, tMultiplier } from "./estimate.ts";
import { sum } from "./sum.ts";

/** The mean over all operations, by t with replications as clusters. */
export function pooledMean(clusters: readonly Cluster[]): Estimate {
  const replications = clusters.length;
  const count = sum(clusters.map((c) => c.count));
  if (count === 0) return noData(replications);
  const value = pooledRatio(clusters);
  if (clusters.filter((c) => c.count > 0).length < 2) return bare(value, count, replications);
  const reach = tMultiplier(replications) * clusterError(clusters, value);
  return {
    value,
    low: value - reach,
    high: value + reach,
    interval: "two-sided",
    count,
    replications,
    note: "",
  };
}

/** The mean of one number from each replication, by t. Replications without one are left out. */
export function replicationMean(values: readonly (number | undefined)[]): Estimate {
  const known = values.filter((value) => value !== undefined);
  return { ...pooledMean(known.map((total) => ({ total, count: 1 }))) };
}
