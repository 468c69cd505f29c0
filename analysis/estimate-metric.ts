import { type Aggregation, type Metric, percentileOf } from "../sim/metrics/catalogue.ts";
import type { Sample } from "./sample.ts";
import { pooledRatio } from "./statistics/cluster-error.ts";
import { countPerReplication } from "./statistics/counts.ts";
import { type Estimate, noData } from "./statistics/estimate.ts";
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

function estimate(aggregation: Aggregation, samples: readonly Sample[]): Estimate {
  if (aggregation === "ratio") {
    return pooledShare(samples.flatMap((s) => (s.kind === "hits" ? [s.hits] : [])));
  }
  if (aggregation === "count") {
    return countPerReplication(samples.flatMap((s) => (s.kind === "count" ? [s.count] : [])));
  }
  const percentile = percentileOf(aggregation);
  if (percentile !== undefined) return pooledPercentile(samples.flatMap(valuesOf), percentile);
  const watched = samples.flatMap((s) => (s.kind === "count" ? [s.highest] : []));
  if (aggregation === "max" && watched.length > 0) return replicationMean(watched);
  const weighted = samples.flatMap((s) => (s.kind === "weighted" ? [s] : []));
  if (aggregation === "mean") {
    if (weighted.length === 0) {
      const values = samples.flatMap(valuesOf);
      return pooledMean(values.map((v) => ({ total: sum(v), count: v.length })));
    }
    return replicationMean(
      weighted.map(({ mean }) => (mean.count > 0 ? pooledRatio([mean]) : undefined)),
    );
  }
  const extreme = aggregation === "min" ? lowest : highest;
  if (weighted.length > 0) return replicationMean(weighted.map(({ values }) => extreme(values)));
  return replicationMean(samples.flatMap(valuesOf).map(extreme));
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
