import type { Duration } from "../engine/sim-time.ts";
import type { Seating, StakeChange } from "../placement/succession.ts";
import type { NodeParameters } from "../protocol/parameters.ts";
import type { SizeClasses } from "./size-classes.ts";

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
  /** All nodes there will ever be, by name. */
  readonly members: readonly string[];
  /** Who may be in the first committee, and who is. */
  readonly seating: Seating;
  readonly epochs: EpochParameters;
  readonly shardSync: ShardSyncParameters;
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

export interface EpochParameters {
  /** From when its shards are synced to the next change of committee. */
  readonly epoch: Duration;
  /** How long epoch 1 has run when the world begins. */
  readonly age: Duration;
  readonly callJitter: Duration;
  /** Within so long each node deletes what expired. */
  readonly garbageDelay: Duration;
  /** From a node's word that it holds its shards, or the call it follows, to the contract. */
  readonly attestDelay: Duration;
  /** Share of all stake that moves from epoch to epoch. */
  readonly stakeMoved: number;
  readonly activeSet: number;
  /** Decisions about single nodes, by the first epoch whose committee shows them. */
  readonly changes: readonly (StakeChange & { readonly epoch: number })[];
  readonly leavers: readonly {
    readonly epoch: number;
    readonly node: number;
    readonly how: "serves" | "offline" | "refuses";
  }[];
}

/** How a node comes by the shards it gains. */
export interface ShardSyncParameters {
  /** Shards a node syncs at once. */
  readonly parallel: number;
  /** Slivers asked for at once, of each shard. */
  readonly batch: number;
  readonly giveUp: Duration;
  /** Blobs recovered at once of what the previous owner did not give. */
  readonly recoveryBlobs: number;
  readonly metadataParallel: number;
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
