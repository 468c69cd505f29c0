import { type Aggregation, type Metric, percentileOf } from "../sim/metrics/catalogue.ts";
import type { Sample } from "./sample.ts";
import { pooledRatio } from "./statistics/cluster-error.ts";
import { countPerReplication } from "./statistics/counts.ts";
import { type Estimate, noData } from "./statistics/estimate.ts";
import { worstOfReplications } from "./statistics/extreme.ts";
import { pooledMean, replicationMean } from "./statistics/mean.ts";
import { pooledPercentile } from "./statistics/percentile.ts";
import { pooledShare } from "./statistics/share.ts";
import { sum } from "./statistics/sum.ts";

/** A metric's number with its interval, in the metric's own unit, from one sample a replication. */
export function estimateMetric(
  metric: Metric,
  aggregation: Aggregation,
  samples: readonly Sample[],
): Estimate {
  return clamp(metric, estimate(aggregation, samples));
}

/**
 * The number that a guarantee is judged by: the same, but for the least or greatest the worst that any replication
 * saw, for a promise about an extreme is broken by one of them.
 */
export function estimatePromised(
  metric: Metric,
  aggregation: Aggregation,
  samples: readonly Sample[],
): Estimate {
  if (aggregation !== "min" && aggregation !== "max") {
    return estimateMetric(metric, aggregation, samples);
  }
  return worstOfReplications(aggregation, extremes(aggregation, samples));
}

function estimate(aggregation: Aggregation, samples: readonly Sample[]): Estimate {
  if (aggregation === "ratio") {
    return pooledShare(samples.flatMap((s) => (s.kind === "hits" ? [s.hits] : [])));
  }
  if (aggregation === "count") {
    return countPerReplication(samples.flatMap((s) => (s.kind === "count" ? [s.count] : [])));
  }
  const percentile = percentileOf(aggregation);
  if (percentile !== undefined) return pooledPercentile(samples.flatMap(valuesOf), percentile);
  if (aggregation !== "mean") return replicationMean(extremes(aggregation, samples));
  const weighted = samples.flatMap((s) => (s.kind === "weighted" ? [s] : []));
  if (weighted.length === 0) {
    const values = samples.flatMap(valuesOf);
    return pooledMean(values.map((v) => ({ total: sum(v), count: v.length })));
  }
  return replicationMean(
    weighted.map(({ mean }) => (mean.count > 0 ? pooledRatio([mean]) : undefined)),
  );
}

/** The least or greatest of each replication. */
function extremes(aggregation: Aggregation, samples: readonly Sample[]): (number | undefined)[] {
  const watched = samples.flatMap((s) => (s.kind === "count" ? [s.highest] : []));
  if (aggregation === "max" && watched.length > 0) return watched;
  const extreme = aggregation === "min" ? lowest : highest;
  const weighted = samples.flatMap((s) => (s.kind === "weighted" ? [s.values] : []));
  if (weighted.length > 0) return weighted.map((values) => extreme(values));
  return samples.flatMap(valuesOf).map(extreme);
}

const valuesOf = (sample: Sample) => (sample.kind === "values" ? [sample.values] : []);

function lowest(values: Iterable<number>): number | undefined {
  let low: number | undefined;
  for (const value of values) if (low === undefined || value < low) low = value;
  return low;
}

function highest(values: Iterable<number>): number | undefined {
  let high: number | undefined;
  for (const value of values) if (high === undefined || value > high) high = value;
  return high;
}

/** Nothing but a margin is below zero, and no share above one: t does not know that. */
function clamp(metric: Metric, estimate: Estimate): Estimate {
  if (estimate.value === null) return noData(estimate.replications);
  const most = metric.unit === "share" ? 1 : Infinity;
  const least = metric.unit === "slivers" ? -Infinity : 0;
  const within = (end: number | null) =>
    end === null ? null : Math.min(most, Math.max(least, end));
  return { ...estimate, low: within(estimate.low), high: within(estimate.high) };
}
