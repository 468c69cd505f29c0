import { sum } from "./sum.ts";

/** What one replication adds to a ratio of totals, such as hits and tries. */
export interface Cluster {
  readonly total: number;
  readonly count: number;
}

/** The ratio of totals over all replications. */
export function pooledRatio(clusters: readonly Cluster[]): number {
  return sum(clusters.map((c) => c.total)) / sum(clusters.map((c) => c.count));
}

/**
 * Standard error of a ratio of totals, with replications as clusters: operations of one replication
 * share its luck (one outage hits them all), so only replications count as independent.
 *
 * Linearized (Cochran, Sampling Techniques, 1977, section 6.4, with the divisor R - 1). With equal
 * counts it is the standard error of the mean of the replications' own ratios.
 */
export function clusterError(clusters: readonly Cluster[], ratio: number): number {
  const replications = clusters.length;
  const meanCount = sum(clusters.map((c) => c.count)) / replications;
  const residuals = clusters.map((c) => c.total - ratio * c.count);
  const variance = sum(residuals.map((r) => r * r)) / (replications - 1);
  return Math.sqrt(variance / replications) / meanCount;
}
