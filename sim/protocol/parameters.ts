import type { Distribution } from "../engine/distribution.ts";
import type { Duration } from "../engine/sim-time.ts";
import type { CommitteeRefresh } from "./epochs/committee-watch.ts";
import type { ShardSyncParameters } from "./epochs/parameters.ts";

/** What a reader does to see whether a blob was encoded by the rules. */
export type ConsistencyCheck = "default" | "strict" | "skip";

/** What a client of the network is set to. Defaults and their sources: sim/scenario. */
export interface ClientParameters {
  /** A request that is not answered by then has failed. */
  readonly requestTimeout: Duration;
  readonly backoff: {
    readonly min: Duration;
    readonly max: Duration;
    /** Tries after the first. */
    readonly retries: number;
    /** Each delay is longer by up to this, evenly drawn. */
    readonly jitter: Duration;
  };
  /** Sliver requests open to one node at once. */
  readonly nodeConnections: number;
  /** Slivers being written at once, over all nodes, unless `dataInFlight` allows fewer. */
  readonly concurrentWrites: number;
  /** Bytes of primary slivers under way at once. */
  readonly dataInFlight: number;
  /** Sliver requests a read keeps open; as many as reconstruct a blob when undefined. */
  readonly sliverReads?: number | undefined;
  /** Nodes asked for metadata at once. */
  readonly metadataReads: number;
  /** Asks the nodes about a blob before it is written. */
  readonly statusCheck: boolean;
  /** Wait between registration and upload, for the nodes to see the event. */
  readonly registrationDelay: Duration;
  /** After a quorum has stored, the upload goes on for `factor` times what it took, plus `base`. */
  readonly tail: { readonly factor: number; readonly base: Duration };
  /** Further rounds of upload to nodes that did not confirm. */
  readonly reuploadRounds: number;
  /** `strict` encodes a read blob again in full, `default` only the slivers that were not fetched. */
  readonly consistencyCheck: ConsistencyCheck;
  /** Round trips that open the connection to a node. */
  readonly handshakeRoundTrips: number;
  /** A connection that nothing has come through for so long is closed. */
  readonly connectionIdle: Duration;
  /** How often it asks who is in the committee. */
  readonly committeeRefresh: CommitteeRefresh;
  /** Wait before an operation begins anew that the committee has changed under: doubles from `min`. */
  readonly committeeChangeBackoff: {
    readonly min: Duration;
    readonly max: Duration;
    readonly retries: number;
  };
  readonly encodeTime: Work;
  /** The default consistency check included. */
  readonly decodeTime: Work;
  /** The part of it that is the check. */
  readonly checkShare: number;
  /** In bytes: larger slivers are asked for before they are sent again. */
  readonly statusCheckThreshold: number;
  /** Byte-range reads: limit of each try, tries, and the pause between. */
  readonly range: {
    readonly timeout: Duration;
    readonly attempts: number;
    readonly delay: Duration;
  };
}

/** Processor time that grows with the blob. */
export interface Work {
  readonly base: Duration;
  readonly perMiB: Duration;
}

export const workOf = (work: Work, bytes: number): Duration =>
  Math.round(work.base + (work.perMiB * bytes) / 1_048_576);

/** What a storage node is made of. */
export interface NodeParameters {
  readonly cores: number;
  /** Time one sliver (or one metadata record) keeps a core. */
  readonly coreTime: Distribution;
  /** Time an answer takes besides, keeping no core: database, disk, event processing. */
  readonly responseTime: {
    readonly status: Distribution;
    readonly metadata: Distribution;
    readonly store: Distribution;
    readonly serve: Distribution;
    readonly confirm: Distribution;
    /** Of slivers taken or given, besides: what a connection and a disk take for bytes. */
    readonly perMiB: Duration;
  };
  /** A node whose next free core is further away than this answers `unavailable`. */
  readonly queueLimit: Duration;
  /** Without it a node never gets back what it misses or loses. */
  readonly recovery?: RecoveryParameters | undefined;
  /** How it comes by the shards it gains, where epochs end. */
  readonly shardSync?: ShardSyncParameters | undefined;
}

/** How a node comes by what it lacks of certified blobs. */
export interface RecoveryParameters {
  /** Wait after a certificate, for the client's own upload to end, by size of the blob. */
  readonly deferral: {
    /** Up to 100 MiB. */
    readonly small: Duration;
    /** Up to 4 GiB. */
    readonly medium: Duration;
    /** Above, or while the metadata is missing and the size unknown. */
    readonly large: Duration;
  };
  /** Blobs made whole at once because the chain told of them. */
  readonly blobSyncs: number;
  /** Blobs made whole at once while a node goes over all there is. */
  readonly blobTasks: number;
  /** Sliver pairs recovered at once, over all blobs. */
  readonly sliverSyncs: number;
  readonly metadataTimeout: Duration;
  /** Of a request for symbols or slivers. */
  readonly symbolTimeout: Duration;
  /** Of a request to attest that a blob was encoded wrongly. */
  readonly proofTimeout: Duration;
  /** After all nodes were asked and too little came: doubles from `min`, plus up to `jitter`. */
  readonly backoff: { readonly min: Duration; readonly max: Duration; readonly jitter: Duration };
  /** Requests for symbols that a node works on at once; it refuses more. */
  readonly symbolRequests: number;
  /** Whether a node whose disk was lost goes over all blobs at once, its disk replaced. */
  readonly noticeDiskLoss: boolean;
  /** How often a node looks whether its disk still holds what it should; never when undefined. */
  readonly scrubEvery?: Duration | undefined;
}

/** The chain, as clients and nodes see it. */
export interface LedgerParameters {
  /** From a client's call until it knows that its blob is registered. */
  readonly register: Distribution;
  /** From a client's call until it knows that its blob is certified. */
  readonly certify: Distribution;
  /** From the client's knowledge of a registration until a node has processed the event. */
  readonly propagation: Distribution;
}
