import type { Duration } from "../../engine/sim-time.ts";
import type { StakeChange } from "../../placement/succession.ts";

/** How committees follow each other. Without it the first one stays for ever. */
export interface EpochParameters {
  /** From when an epoch's shards are synced to the next epoch. */
  readonly length: Duration;
  /** How long the first epoch has run when the world begins. */
  readonly age: Duration;
  /** Members call the contract later than they could by up to this, or a tenth of the epoch. */
  readonly callJitter: Duration;
  /** Share of all stake that moves from epoch to epoch. */
  readonly stakeMoved: number;
  /** Most nodes with stake that counts. */
  readonly candidateCountMax: number;
  /** What is decided about single nodes, and from which epoch on it shows. */
  readonly changes: readonly CommitteeChange[];
}

type CommitteeChange = StakeChange & {
  readonly epoch: number;
  /** Of one that leaves. */
  readonly how?: "serves" | "offline" | "refuses";
};

/** How a node comes by the shards it gains. Defaults and their sources: sim/scenario. */
export interface ShardSyncParameters {
  /** Shards synced at once. */
  readonly parallel: number;
  /** Slivers asked for at once, of each shard. */
  readonly batch: number;
  /** Of each such request. */
  readonly timeout: Duration;
  /** After a request that came to nothing: doubles from `min`. */
  readonly backoff: { readonly min: Duration; readonly max: Duration };
  /** After so long without progress the shard is recovered. */
  readonly giveUp: Duration;
  /** Blobs recovered at once of what the previous owner did not give. */
  readonly recoveryBlobs: number;
  /** What has expired is deleted within so long from the beginning of an epoch. */
  readonly garbageDelay: Duration;
  /** Of each request for metadata. */
  readonly metadataTimeout: Duration;
  /** Blobs whose metadata a new member fetches at once. */
  readonly metadataParallel: number;
}
