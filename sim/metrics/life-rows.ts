import type { Duration, SimTime } from "../engine/sim-time.ts";

/*
 * The life of data over days and months: epochs, shards that move, redundancy, and what could not be
 * read for how long. Plain data like all rows. -1 is a time that never came.
 */

/** One epoch. What moved, was recovered or was collected in it counts here. */
export interface EpochRow {
  readonly epoch: number;
  /** When shards changed hands; -1 if the run began in it. */
  readonly startedAt: SimTime;
  /** When reads moved to its committee, or -1. */
  readonly syncedAt: SimTime;
  /** From start to sync; -1 if that never came. */
  readonly syncMicroseconds: Duration;
  /** When the next epoch began, or -1. */
  readonly endedAt: SimTime;
  readonly members: number;
  readonly shards: number;
  readonly movedShards: number;
  /** Weight that had attested when it was synced, in shards. */
  readonly attestedShards: number;
  readonly attestations: number;
  readonly falseAttestations: number;
  /** Shard syncs that ended in it, in which way; those by transfer and recovery are in both. */
  readonly transferredShards: number;
  readonly recoveredShards: number;
  readonly abandonedShards: number;
  readonly transferredSlivers: number;
  readonly transferredBytes: number;
  readonly recoveredSlivers: number;
  readonly recoveryBytes: number;
  /** Fetched by nodes that were new to it. */
  readonly metadataBlobs: number;
  readonly metadataBytes: number;
  /** The longest that a new node took for it; 0 if there was none. */
  readonly metadataMicroseconds: Duration;
  readonly expiredBlobs: number;
  readonly expiredBytes: number;
  readonly extendedBlobs: number;
  readonly deletedBlobs: number;
  /** Summed over nodes: a blob counts once for each node that dropped it. */
  readonly collectedBlobs: number;
  readonly collectedBytes: number;
}

/** One shard on its way to its new owner. */
export interface TransferRow {
  readonly epoch: number;
  /** Its new owner, and its old one. */
  readonly node: number;
  readonly from: number;
  readonly shard: number;
  readonly startedAt: SimTime;
  readonly finishedAt: SimTime;
  /** Up to the end of the run if it never finished. */
  readonly durationMicroseconds: Duration;
  /** "transferred", "recovered", "mixed", "abandoned", or "unfinished". */
  readonly outcome: string;
  readonly slivers: number;
  readonly bytes: number;
  readonly recoveredSlivers: number;
  readonly recoveryBytes: number;
}

/** How all certified blobs and all shards stood at one instant. */
export interface HealthRow {
  readonly at: SimTime;
  readonly blobs: number;
  /** Not to be read from the primary slivers of honest nodes that are up. */
  readonly unavailable: number;
  /** Not even from all disks. */
  readonly lost: number;
  /** Some honest node that is up lacks something. */
  readonly incomplete: number;
  /** Primary slivers that may still go before the worst blob is unreadable; negative: too few already. */
  readonly marginMin: number;
  /** Readable blobs by their margin, in tenths of what a whole blob has (2f). */
  readonly m0: number;
  readonly m1: number;
  readonly m2: number;
  readonly m3: number;
  readonly m4: number;
  readonly m5: number;
  readonly m6: number;
  readonly m7: number;
  readonly m8: number;
  readonly m9: number;
  readonly shardsActive: number;
  readonly shardsSyncing: number;
  readonly shardsRecovering: number;
  readonly shardsDown: number;
  readonly shardsLying: number;
  /** Slivers that honest nodes that are up lack. */
  readonly backlogSlivers: number;
}

/** The health samples of the measured time, summed before any are left out of the rows. */
export interface HealthTotals {
  readonly samples: number;
  /** Blobs times samples. */
  readonly blobSamples: number;
  /** The lowest margin over all samples with a blob; `undefined` if there are none. */
  readonly marginMin: number | undefined;
  /** The lowest margin of each sample, summed over those with a blob. */
  readonly marginSum: number;
  readonly marginSamples: number;
  /** The most blobs unreadable at once. */
  readonly unavailableMax: number;
}

/** A stretch of time in which some certified blob could not be read. */
export interface UnavailableSpan {
  readonly from: SimTime;
  readonly to: SimTime;
  readonly durationMicroseconds: Duration;
  /** Unreadable blobs, integrated over it. */
  readonly blobSeconds: number;
  readonly blobsMax: number;
}

/** One storage challenge that came to its end. */
export interface ChallengeRow {
  readonly challenge: number;
  readonly policy: string;
  readonly node: number;
  readonly blobs: number;
  readonly passed: boolean;
  readonly bytes: number;
  readonly startedAt: SimTime;
  readonly finishedAt: SimTime;
  readonly durationMicroseconds: Duration;
  /** The fault that makes the node cheat; -1 if it does not. */
  readonly fault: number;
}

/** Challenges that ended in the measured time. */
export interface ChallengeTotals {
  /** Of nodes made to cheat by a fault, and of those failed. */
  readonly cheating: number;
  readonly detected: number;
  /** Of all others, and of those failed all the same. */
  readonly honest: number;
  readonly wrongful: number;
  readonly bytes: number;
}

/** From a loss of redundancy until all of it is back. */
export interface RedundancyRow {
  /** "disk": a node's disk; "node": a node for good; "outage": a node that was away; "write": a blob certified incomplete. */
  readonly cause: string;
  /** The node concerned, or -1. */
  readonly node: number;
  /** The blob concerned, or -1. */
  readonly blob: number | string;
  readonly startedAt: SimTime;
  readonly restoredAt: SimTime;
  /** Up to the end of the run if it never was. */
  readonly durationMicroseconds: Duration;
}

/** A stretch in which a fault family was at one intensity. */
export interface RegimeSpan {
  readonly fault: number;
  readonly regime: string;
  readonly from: SimTime;
  readonly to: SimTime;
}

/** A certified blob whose writer cheated. */
export interface MisEncodedRow {
  readonly blob: number | string;
  /** Of the slivers that fit no others, and how many these are. */
  readonly axis: string;
  readonly slivers: number;
  readonly certifiedAt: SimTime;
  /** When the chain called it invalid; -1 if it never did. */
  readonly invalidAt: SimTime;
  /** From one to the other; up to the end of the run if it never did. */
  readonly exposureMicroseconds: Duration;
  /** Readers who decoded it and took it for good, and who did not. */
  readonly accepted: number;
  readonly rejected: number;
  /** Different contents that readers took for good. */
  readonly values: number;
}

/** A blob that the chain was shown to be encoded wrongly. */
export interface InvalidBlob {
  readonly blob: number | string;
  /** Who proved it; -1 is a reader. */
  readonly node: number;
  readonly at: SimTime;
}
