import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import { type Cluster, clusterError, pooledRatio } from "./cluster-error.ts";
import { bare, CONFIDENCE, type Estimate, noData, tMultiplier } from "./estimate.ts";
import { sum } from "./sum.ts";

const TAIL = (1 - CONFIDENCE) / 2;

/**
 * The share of operations that are hits, `total` of `count` in each replication.
 *
 * Korn and Graubard (Survey Methodology 24, 1998): the pooled ratio and its standard error with
 * replications as clusters say how many independent operations the data are worth; that number,
 * shrunk for the degrees of freedom as t would, goes into the exact binomial interval (Clopper and
 * Pearson). So it is t with clusters in the middle, and stays within 0..1 and asymmetric near 1,
 * where ratio plus or minus t standard errors passes 100 %.
 *
 * If none or all are hits, the error between replications cannot be seen: then a one-sided exact
 * bound at 95 %, which takes operations for independent and says so.
 */
export function pooledShare(clusters: readonly Cluster[]): Estimate {
  const replications = clusters.length;
  const count = sum(clusters.map((c) => c.count));
  if (count === 0) return noData(replications);
  const value = pooledRatio(clusters);
  if (clusters.filter((c) => c.count > 0).length < 2) return bare(value, count, replications);
  const known = { value, count, replications };
  if (value === 0 || value === 1) {
    const miss = betaQuantile(CONFIDENCE, 1, count);
    return {
      ...known,
      low: value === 1 ? 1 - miss : null,
      high: value === 1 ? null : miss,
      interval: "one-sided",
      note: `${value === 1 ? "all" : "none"} of ${count}: exact binomial bound that takes operations for independent`,
    };
  }
  const worth = effectiveCount(clusters, value);
  const hits = value * worth;
  const misses = (1 - value) * worth;
  return {
    ...known,
    low: betaQuantile(TAIL, hits, misses + 1),
    high: betaQuantile(1 - TAIL, hits + 1, misses),
    interval: "two-sided",
    note: "",
  };
}

/** How many independent tries the clustered ones are worth: never more than there are. */
export function effectiveCount(clusters: readonly Cluster[], share: number): number {
  const count = sum(clusters.map((c) => c.count));
  const error = clusterError(clusters, share);
  // No error between replications says nothing against independence, at 0 and 100 % too.
  const independent =
    error === 0 ? count : Math.min(count, (share * (1 - share)) / (error * error));
  const shrink = tMultiplier(Math.max(count, 2)) / tMultiplier(clusters.length);
  return independent * Math.min(1, shrink * shrink);
}
