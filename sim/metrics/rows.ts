import type { Duration, SimTime } from "../engine/sim-time.ts";
import type {
  ChallengeRow,
  ChallengeTotals,
  EpochRow,
  HealthRow,
  HealthTotals,
  InvalidBlob,
  MisEncodedRow,
  RedundancyRow,
  RegimeSpan,
  TransferRow,
  UnavailableSpan,
} from "./life-rows.ts";

export type * from "./life-rows.ts";

/*
 * What one replication leaves behind. Plain data, so that a worker can post it and a file can hold
 * it. Times are whole microseconds of simulated time, bytes are whole numbers, shares lie in 0..1.
 */

/** One read that began in the measured time (from the end of the warm-up to the horizon). */
export interface ReadRow {
  /** Serial number within the replication, over all clients. */
  readonly read: number;
  readonly blob: number | string;
  readonly client: string;
  /** Where the client is; "" for a read that never finished. */
  readonly place: string;
  readonly kind: string;
  /** Unencoded bytes asked for. */
  readonly bytes: number;
  readonly startedAt: SimTime;
  readonly finishedAt: SimTime;
  readonly latencyMicroseconds: Duration;
  /** "ok", or how it failed, such as "not-enough-slivers"; "expired" is no failure. */
  readonly outcome: string;
  /** "" or a short text. */
  readonly cause: string;
  readonly metadataMicroseconds: Duration;
  readonly sliversMicroseconds: Duration;
  readonly decodeMicroseconds: Duration;
  readonly requests: number;
  readonly failedRequests: number;
  readonly sliversReceived: number;
  readonly bytesReceived: number;
}

/** One write that began in the measured time. Its phases are in the order in which they happen. */
export interface WriteRow {
  readonly write: number;
  readonly blob: number | string;
  readonly client: string;
  readonly place: string;
  readonly bytes: number;
  readonly startedAt: SimTime;
  readonly finishedAt: SimTime;
  readonly latencyMicroseconds: Duration;
  readonly outcome: string;
  readonly cause: string;
  readonly encodeMicroseconds: Duration;
  readonly statusMicroseconds: Duration;
  readonly registerMicroseconds: Duration;
  readonly uploadMicroseconds: Duration;
  readonly tailMicroseconds: Duration;
  readonly confirmMicroseconds: Duration;
  readonly certifyMicroseconds: Duration;
  readonly requests: number;
  readonly failedRequests: number;
  readonly bytesSent: number;
  /** Shards whose nodes confirmed. */
  readonly weight: number;
  readonly reuploads: number;
}

/**
 * What one node recovered of one blob, if it set about it in the measured time. A node that crashes on
 * the way begins again, and the last beginning counts.
 */
export interface RecoveryRow {
  readonly node: number;
  readonly blob: number | string;
  /** Unencoded size of the blob. */
  readonly bytes: number;
  /** Sliver pairs of which something was missing. */
  readonly pairs: number;
  /** When it was due, and when other recoveries left room for it. */
  readonly queuedAt: SimTime;
  readonly startedAt: SimTime;
  /** -1 if it never was. */
  readonly finishedAt: SimTime;
  /** From when it was due; up to the end of the run if it never finished. */
  readonly durationMicroseconds: Duration;
  /** "ok" or "unfinished". */
  readonly outcome: string;
  readonly metadataMicroseconds: Duration;
  /** Side by side, from when the metadata was there; 0 where nothing was missing of the axis. */
  readonly secondaryMicroseconds: Duration;
  readonly primaryMicroseconds: Duration;
  readonly requests: number;
  readonly failedRequests: number;
  /** Recovery symbols received, or slivers where the code has one dimension. */
  readonly symbols: number;
  readonly wrongSymbols: number;
  readonly bytesReceived: number;
  /** Waits after all nodes had been asked in vain. */
  readonly pauses: number;
}

/** One storage node over the measured time. Traffic is of the whole run, warm-up included. */
export interface NodeRow {
  readonly node: number;
  readonly name: string;
  /** When the world begins, and on average over the measured time. */
  readonly shards: number;
  readonly shardsMean: number;
  readonly place: string;
  readonly region: string;
  readonly provider: string;
  readonly downMicroseconds: Duration;
  /** Share of the measured time for which it was up. */
  readonly availability: number;
  readonly outages: number;
  readonly longestOutageMicroseconds: Duration;
  /** When it was lost for good, or -1. */
  readonly lostAt: SimTime;
  readonly disksLost: number;
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly lostMessages: number;
  /** Blobs it recovered, and what it received for that. */
  readonly recoveries: number;
  readonly recoveryBytes: number;
}

/**
 * One stretch of time, warm-up included. An operation belongs to the stretch in which it began, so
 * a failure shows when the blob was asked for and not when the client gave up.
 */
export interface TimelineRow {
  readonly from: SimTime;
  readonly to: SimTime;
  readonly warmUp: boolean;
  readonly reads: number;
  readonly readsOk: number;
  /** Of successful reads; -1 where there were none. */
  readonly readLatencyP50Microseconds: Duration;
  readonly readLatencyP99Microseconds: Duration;
  readonly writes: number;
  readonly writesOk: number;
  readonly writeLatencyP50Microseconds: Duration;
  readonly writeLatencyP99Microseconds: Duration;
  readonly blobsCertified: number;
  /** Recoveries that ended in it, and the bytes received for them; by shard syncs too. */
  readonly recoveries: number;
  readonly recoveryBytes: number;
  /** Received from previous owners in shard syncs that ended in it. */
  readonly transferBytes: number;
  /** Time-weighted share of all shards whose nodes were up, and the lowest it got to. */
  readonly shardsUpMean: number;
  readonly shardsUpMin: number;
}

/** One stretch for which a fault was in force. */
export interface FaultSpan {
  readonly startedAt: SimTime;
  /** When it ended, or the end of the run. */
  readonly endedAt: SimTime;
  readonly nodes: number;
  readonly shards: number;
}

/** One entry of the scenario's `faults`, also if it never happened. */
export interface FaultRow {
  /** Index in the scenario's list. */
  readonly fault: number;
  readonly kind: string;
  readonly spans: readonly FaultSpan[];
  /** Node outages it caused. */
  readonly nodesDown: number;
  /** How often it changed something that an operation met. */
  readonly bites: number;
}

/** What could be read of all certified blobs when the horizon was reached. */
export interface AuditRow {
  readonly blobs: number;
  /** No set of slivers on disks reconstructs them. */
  readonly lost: number;
  /** The slivers of nodes that are up do not reconstruct them. */
  readonly unavailable: number;
  /** Some honest node that is up does not hold all that belongs on it. */
  readonly incomplete: number;
}

/** What honest nodes that are up still lacked when the run ended, for one reason. */
export interface UnrecoveredRow {
  /** Such as "too-few-helpers" or "waits-for-turn". */
  readonly why: string;
  readonly blobs: number;
  readonly slivers: number;
  /** How many nodes lack them, and the names of some. */
  readonly nodes: number;
  readonly example: string;
  /** Of too few helpers: the axis with fewest ("" for other reasons), how many shards can help, how many it takes. */
  readonly axis: string;
  readonly helpers: number;
  readonly needed: number;
  /** Shards on nodes that are down, and on nodes that lie. */
  readonly shardsDown: number;
  readonly shardsLying: number;
}

/** Whether all was recovered once the faults had ended, in a run that claims it. */
export interface ConvergenceRow {
  /** When the last fault had ended but those for good. */
  readonly calmSince: SimTime;
  /** From then until everything was whole; up to the end of the run if it never was. */
  readonly tookMicroseconds: Duration;
  readonly isWhole: boolean;
  /** Empty if it is. */
  readonly unrecovered: readonly UnrecoveredRow[];
}

/** The life of data; most of it is empty in a run of minutes. Of the whole run, warm-up included. */
export interface LifeRows {
  readonly epochs: readonly EpochRow[];
  readonly transfers: readonly TransferRow[];
  /** Thinned to some thousands, the worse of neighbours kept; the totals are of all. */
  readonly health: readonly HealthRow[];
  /** `undefined` if nobody looked. */
  readonly healthTotals: HealthTotals | undefined;
  readonly spans: readonly UnavailableSpan[];
  /** Losses of the measured time only. */
  readonly redundancy: readonly RedundancyRow[];
  /** The first some thousands; the totals are of all. */
  readonly challenges: readonly ChallengeRow[];
  readonly challengeTotals: ChallengeTotals;
  readonly invalidBlobs: readonly InvalidBlob[];
  readonly misEncoded: readonly MisEncodedRow[];
  readonly regimes: readonly RegimeSpan[];
}

/** All rows of one replication. */
export interface ReplicationRows extends LifeRows {
  readonly warmUp: SimTime;
  readonly horizon: SimTime;
  /** When the last operation had ended. */
  readonly end: SimTime;
  readonly reads: readonly ReadRow[];
  readonly writes: readonly WriteRow[];
  readonly recoveries: readonly RecoveryRow[];
  readonly nodes: readonly NodeRow[];
  readonly timeline: readonly TimelineRow[];
  readonly faults: readonly FaultRow[];
  /** `undefined` if the run was not audited. */
  readonly audit: AuditRow | undefined;
  /** `undefined` unless the scenario claims that all is recovered. */
  readonly convergence: ConvergenceRow | undefined;
  /** Operations still open at the end and too young to be called failed. They are in no row. */
  readonly unfinishedReads: number;
  readonly unfinishedWrites: number;
}
