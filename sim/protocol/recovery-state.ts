import type { Axis } from "../codec/code.ts";
import type { SimTime } from "../engine/sim-time.ts";
import type { BlobNumber, InconsistencyEvidence, SliverSlice, SymbolSlice } from "./content.ts";
import type { CallId } from "./requests.ts";

/** Some of the sliver pairs placed on a node, by position. */
export interface SliverRange {
  readonly node: number;
  readonly first: number;
  readonly count: number;
}

/** Sliver pairs of one blob that hold a permit each until both their slivers are there. */
export interface Batch {
  readonly pairs: number;
  /** Recoveries of it that are under way. */
  open: number;
}

/** Slivers of one blob that are recovered together, from the same helpers. Plain data. */
export interface SliverRecovery {
  readonly id: number;
  readonly blob: BlobNumber;
  /** Undefined in one dimension, where whole slivers of others lead to all that is missing. */
  readonly axis: Axis | undefined;
  /** Where they belong on this node, and their pairs. */
  readonly positions: readonly number[];
  readonly targets: readonly number[];
  readonly batch: Batch;
  /** Whose committee the helpers are of. */
  helperEpoch: number;
  /** Helpers in the order in which they are asked, up to the next and how much of it was asked. */
  order: readonly number[];
  next: number;
  position: number;
  /** To be asked again in this round, and in the next. */
  retry: SliverRange[];
  missed: SliverRange[];
  /** Sources asked for and not answered. */
  asked: number;
  /** Sources whose symbols came and verified. */
  collected: number;
  /** Times it waited after all helpers had been asked. */
  pauses: number;
  isDecoding: boolean;
  /** What came, where there are bytes to be decoded. */
  symbols: SymbolSlice[];
  slivers: SliverSlice[];
}

/** One blob on its way to being whole on this node. Plain data. */
export interface BlobSync {
  readonly blob: BlobNumber;
  /** Whether the chain told of it, a scan found it, or the sync of a shard did not bring it. */
  readonly origin: "chain" | "scan" | "shard";
  readonly queuedAt: SimTime;
  readonly startedAt: SimTime;
  readonly pairs: number;
  /** Helpers not yet asked for metadata in this round. */
  metadataOrder: number[];
  metadataPauses: number;
  /** When the metadata was there; -1 until then. */
  metadataAt: SimTime;
  /** When the last sliver of each axis was recovered. */
  primaryAt: SimTime;
  secondaryAt: SimTime;
  /** Positions of pairs that wait for a permit. */
  waiting: number[];
  readonly recoveries: Set<number>;
  readonly tally: SyncTally;
}

export interface SyncTally {
  requests: number;
  failedRequests: number;
  /** Symbols received, valid or not; slivers in one dimension. */
  symbols: number;
  wrongSymbols: number;
  bytesReceived: number;
  pauses: number;
}

/** A proof that a blob was encoded wrongly, on its way to the chain. Plain data. */
export interface ProofRound {
  readonly evidence: InconsistencyEvidence;
  readonly startedAt: SimTime;
  readonly attested: Set<number>;
  /** Of those, in shards. */
  weight: number;
  /** Members not yet asked in this round, the next one last. */
  order: number[];
  /** Weight of those asked and not settled. */
  asked: number;
  pauses: number;
  isPosted: boolean;
}

/** What a recovering node asks others for, each kind with a time limit of its own. */
export type CallKind = "metadata" | "slivers" | "proofs";

/** A request that a recovering node waits for: for metadata, a range of a recovery, an attestation. */
export interface RecoveryCall {
  readonly kind: CallKind;
  readonly blob: BlobNumber;
  readonly recovery: number | undefined;
  readonly range: SliverRange;
  readonly deadline: SimTime;
}

/** Requests of one time limit, so that the order of asking is the order of their deadlines. */
export interface CallTable {
  readonly calls: Map<CallId, RecoveryCall>;
  /** Whether a reminder of the next deadline is set. */
  isWatched: boolean;
}

/** A node going over all certified blobs: first those that came with the world. */
export interface Scan {
  readonly startedAt: SimTime;
  /** Certified in this run. */
  readonly blobs: readonly BlobNumber[];
  next: number;
  open: number;
  /** Blobs in which something was missing. */
  lacking: number;
}

/** All that changes in how a node comes by what it lacks. Plain data. */
export interface RecoveryState {
  /** Certified blobs that the chain told of and that are not whole yet. Survives a crash. */
  readonly unfinished: Set<BlobNumber>;
  /** Those due, and since when, in order; they wait for others to be done. */
  readonly queue: Map<BlobNumber, SimTime>;
  readonly syncs: Map<BlobNumber, BlobSync>;
  /** Blob syncs under way that are of no scan. */
  openSyncs: number;
  /** Those for the sake of a shard's sync. */
  openShardSyncs: number;
  freePermits: number;
  readonly permitQueue: Set<BlobNumber>;
  readonly recoveries: Map<number, SliverRecovery>;
  nextRecovery: number;
  nextCall: CallId;
  readonly metadataCalls: CallTable;
  readonly sliverCalls: CallTable;
  readonly proofCalls: CallTable;
  /** Blobs that it has proven to be encoded wrongly, until the chain says so. */
  readonly proofs: Map<BlobNumber, ProofRound>;
  /** The fault that took something from the disk, until a scan has gone to its end. */
  damagedBy: number | undefined;
  /** Has missed epochs, and must go over all blobs. */
  needsScan: boolean;
  /** Asked the ledger for all certified blobs. */
  awaitsList: boolean;
  scan: Scan | undefined;
}

export const newRecoveryState = (permits: number): RecoveryState => ({
  unfinished: new Set(),
  queue: new Map(),
  syncs: new Map(),
  openSyncs: 0,
  openShardSyncs: 0,
  freePermits: permits,
  permitQueue: new Set(),
  recoveries: new Map(),
  nextRecovery: 0,
  nextCall: 0,
  metadataCalls: { calls: new Map(), isWatched: false },
  sliverCalls: { calls: new Map(), isWatched: false },
  proofCalls: { calls: new Map(), isWatched: false },
  proofs: new Map(),
  damagedBy: undefined,
  needsScan: false,
  awaitsList: false,
  scan: undefined,
});

/** Ends all that is under way but for proofs; what is unfinished stays so. */
export function abandonAll(state: RecoveryState, permits: number): void {
  state.queue.clear();
  state.syncs.clear();
  state.openSyncs = 0;
  state.openShardSyncs = 0;
  state.freePermits = permits;
  state.permitQueue.clear();
  state.recoveries.clear();
  state.metadataCalls.calls.clear();
  state.sliverCalls.calls.clear();
  state.proofCalls.calls.clear();
  state.awaitsList = false;
  state.scan = undefined;
}

/** Forgets what it has proven: it is found again when the blob is recovered again. */
export function forgetProofs({ proofs, unfinished }: RecoveryState): void {
  for (const blob of proofs.keys()) unfinished.add(blob);
  proofs.clear();
}
