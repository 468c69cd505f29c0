import type { Duration } from "../engine/sim-time.ts";
import type { NodeParameters } from "../protocol/parameters.ts";
import type { SizeClasses } from "./size-classes.ts";

/** A storage node as the aggregated model knows it. */
export interface CohortMember {
  readonly name: string;
  /** Of the first committee; none if it joins later. */
  readonly shards: readonly number[];
}

/** Demand for writes: a population that grows evenly. */
export interface Growth {
  /** Blobs a microsecond. */
  readonly rate: number;
  readonly sizes: number;
  /** Epochs that a blob is stored for; infinite if it stays. */
  readonly lifetime: number;
}

/** What the aggregated model of a scenario does not change. */
export interface CohortParameters {
  readonly members: readonly CohortMember[];
  readonly shardCount: number;
  /** f */
  readonly faultyMax: number;
  /** Primary slivers that reconstruct a blob or recover a secondary sliver: n - 2f. */
  readonly primaryNeeded: number;
  /** Secondary slivers that recover a primary one: n - f. */
  readonly secondaryNeeded: number;
  /** Weight that certifies a blob: n - f. */
  readonly writeQuorum: number;
  readonly node: NodeParameters;
  /** Of each node, in bytes a microsecond. */
  readonly uplink: number;
  readonly downlink: number;
  /** Mean time of a round trip from node to node, in rows. */
  readonly roundTrips: readonly (readonly number[])[];
  readonly connectTimeout: Duration;
  readonly sizes: readonly SizeClasses[];
  readonly preload: { readonly blobs: number; readonly sizes: number; readonly lifetime: number };
  readonly growth: readonly Growth[];
  readonly seed: number;
  readonly pace: Pace;
  readonly horizon: Duration;
  readonly healthEvery: Duration;
}

/** What the work of closing gaps takes, beside round trips, links and cores. */
export interface Pace {
  /** Of a node, for each sliver that a shard sync brings: checking and storing it. */
  readonly sliver: Duration;
  /** For each blob whose metadata a new member fetches. */
  readonly metadata: Duration;
  /** For each blob that is recovered. */
  readonly recovery: Duration;
}
