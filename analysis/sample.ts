import type { ReplicationRows } from "../sim/metrics/rows.ts";
import type { Cluster } from "./statistics/cluster-error.ts";

/** What one replication says about a metric, before any statistics. */
export type Sample =
  /** One value an operation. */
  | { readonly kind: "values"; readonly values: Float64Array }
  /** Operations that hit, of how many. */
  | { readonly kind: "hits"; readonly hits: Cluster }
  /** One number, or `undefined` if there was nothing to count; the highest over time, if it was watched. */
  | { readonly kind: "count"; readonly count: number | undefined; readonly highest?: number }
  /** One value a node, weighted by shards in the mean. */
  | { readonly kind: "weighted"; readonly values: readonly number[]; readonly mean: Cluster };

/** Draws a metric's sample from the rows of one replication. */
export type Sampler = (rows: ReplicationRows) => Sample;
