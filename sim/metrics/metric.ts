/** How a metric's values are measured, in the model's own units. */
export type MetricUnit =
  | "share"
  | "microseconds"
  | "bytes"
  | "count"
  | "times"
  /** The only one that may be below zero. */
  | "slivers";

/** How many values become one; `p99` is the 99th percentile, `p99.9` is allowed too. */
export type Aggregation = "ratio" | "count" | "mean" | "min" | "max" | `p${number}`;

/** A number that guarantees, tables and figures may name. */
export interface Metric {
  readonly name: string;
  readonly unit: MetricUnit;
  /** What is reported. If a percentile is among them, a guarantee may name any percentile. */
  readonly aggregations: readonly Aggregation[];
  /** What one would like to see more of. */
  readonly better: "higher" | "lower" | "neither";
  readonly description: string;
}

/** What is reported of a number that differs from case to case. */
export const spread = ["mean", "p50", "p90", "p95", "p99", "max"] as const;
