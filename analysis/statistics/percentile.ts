import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";
import { bare, CONFIDENCE, type Estimate, noData } from "./estimate.ts";
import { effectiveCount } from "./share.ts";

const TAIL = (1 - CONFIDENCE) / 2;

/**
 * A percentile over all operations of all replications; `share` is 0.99 for p99.
 *
 * Percentiles of single replications, averaged, would be biased: p99 of 50 reads is their largest.
 * So operations are pooled, and the interval is between two order statistics (exact for independent
 * operations), for as many operations as the clustered ones are worth: Woodruff's interval (JASA
 * 47, 1952) with the effective count of `pooledShare`. Where the data do not reach far enough out,
 * that end stays open: p99 needs a few hundred operations.
 */
export function pooledPercentile(replications: readonly Float64Array[], share: number): Estimate {
  const pooled = concatenate(replications).sort();
  const count = pooled.length;
  if (count === 0) return noData(replications.length);
  const value = pooled[nearestRank(share, count)] ?? 0;
  if (replications.filter((values) => values.length > 0).length < 2) {
    const all = bare(value, count, replications.length);
    return nearestRank(share, count) < count - 1 || count === 1
      ? all
      : { ...all, note: `${all.note}; of so few, ${count}, this is the largest` };
  }
  const clusters = replications.map((values) => ({
    total: values.reduce((below, x) => below + (x <= value ? 1 : 0), 0),
    count: values.length,
  }));
  // Ties may put more values at or below this one than its share, even all.
  const reached = clusters.reduce((below, cluster) => below + cluster.total, 0) / count;
  const worth = Math.floor(effectiveCount(clusters, reached));
  const [below, above] = orderStatistics(worth, share);
  // Rank l of so few stands for the shares from (l - 1) / worth to l / worth: take the far end.
  const lowRank = 1 + Math.floor(((below - 1) * count) / worth);
  const highRank = Math.ceil((above * count) / worth);
  const low = below === 0 ? null : (pooled[lowRank - 1] ?? null);
  const high = above > worth ? null : (pooled[highRank - 1] ?? null);
  return {
    value,
    low,
    high,
    interval: "two-sided",
    count,
    replications: replications.length,
    note: low === null || high === null ? "too few operations to bound it on both sides" : "",
  };
}

/** Index of the smallest value that has at least this share of values at or below it. */
export function nearestRank(share: number, count: number): number {
  // The product of 0.99 and 100 must not become rank 100 by rounding.
  return Math.min(count - 1, Math.max(0, Math.ceil(share * count - 1e-9) - 1));
}

/**
 * Ranks l and u, counted from 1, of `count` independent values between which the percentile lies
 * with 95 % confidence; l is 0 or u is count + 1 if no value is far enough out.
 */
export function orderStatistics(count: number, share: number): readonly [number, number] {
  // P(value l > percentile) = P(fewer than l at or below it) = cdf(l - 1).
  const low = firstRank(count, (rank) => binomialCdf(rank - 1, count, share) > TAIL) - 1;
  const high = firstRank(count, (rank) => binomialCdf(rank - 1, count, share) >= 1 - TAIL);
  return [low, high];
}

/** The first rank in 1..count for which `holds`, which then holds for all later ones, or count + 1. */
function firstRank(count: number, holds: (rank: number) => boolean): number {
  let from = 1;
  let to = count + 1;
  while (from < to) {
    const middle = Math.floor((from + to) / 2);
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function concatenate(parts: readonly Float64Array[]): Float64Array {
  const whole = new Float64Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}
