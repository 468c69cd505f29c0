import type { Axis, BlobMetadata } from "../codec/code.ts";
import type { ForeignSlivers } from "../codec/red-stuff/mis-encode.ts";
import type { RecoverySymbol } from "../codec/red-stuff/recovery-symbol.ts";

/** Number of a blob within a run: preloaded ones come first, written ones follow. */
export type BlobNumber = number;

/** What a blob's metadata says, as it travels. Immutable. */
export interface Metadata {
  readonly blob: BlobNumber;
  readonly bytes: number;
  /** Not what the blob ID commits to: a liar's. Only where payloads are counted. */
  readonly forged?: true;
  /**
   * Which of the slivers it commits to fit no others, if its writer cheated. What makes content and
   * arithmetic; nobody in the network looks at it.
   */
  readonly foreign?: ForeignSlivers;
  /** The hashes themselves; none where payloads are counted. */
  readonly commitment?: BlobMetadata;
}

/**
 * Slivers one node holds of a blob: those at positions `first` to `first + count - 1` of the sliver
 * pairs placed on it in an epoch. Immutable.
 */
export interface SliverSlice {
  readonly blobBytes: number;
  readonly epoch: number;
  readonly node: number;
  readonly first: number;
  readonly count: number;
  /** Positions among them that the node should hold and does not. */
  readonly absent: readonly number[];
  /** How many of those present are not what the metadata commits to. */
  readonly wrong: number;
  /** The primary slivers present, in order of position; none where payloads are counted. */
  readonly data?: readonly Uint8Array[];
}

/**
 * Symbols one node gives for the recovery of slivers: from each of its slivers of the other axis, at
 * positions `first` to `first + count - 1`, one for each sliver to be recovered. Immutable.
 */
export interface SymbolSlice {
  readonly blobBytes: number;
  /** Whose committee the positions are of. */
  readonly epoch: number;
  readonly node: number;
  /** Of the slivers to be recovered. */
  readonly axis: Axis;
  /** Their pairs. */
  readonly targets: readonly number[];
  readonly first: number;
  readonly count: number;
  /** Positions among them whose sliver the node should hold and does not. */
  readonly absent: readonly number[];
  /** How many of the slivers present gave symbols that the metadata does not cover. */
  readonly wrong: number;
  /** By sliver present, then by target; none where payloads are counted. */
  readonly data?: readonly (readonly RecoverySymbol[])[];
}

/** Slivers of one axis that a node gives to the next owner of a shard. Immutable. */
export interface ShardSlice {
  readonly shard: number;
  readonly axis: Axis;
  /** Those of the blobs asked for that it has, and how many bytes their slivers have together. */
  readonly blobs: readonly BlobNumber[];
  readonly sliverBytes: number;
  /** Whether they are not what the metadata commits to. */
  readonly isWrong: boolean;
  /** The slivers, by blob; none where payloads are counted. */
  readonly data?: readonly Uint8Array[];
}

/**
 * That a blob was encoded wrongly: exactly as many symbols as recover a sliver, all of them covered by
 * the metadata, lead to another sliver than the metadata speaks of. Immutable.
 */
export interface InconsistencyEvidence {
  readonly blob: BlobNumber;
  readonly blobBytes: number;
  /** Of the sliver they lead to, and its pair. */
  readonly axis: Axis;
  readonly target: number;
  /** Pairs of the slivers that gave the symbols. */
  readonly sources: readonly number[];
  /** The symbols themselves; none where payloads are counted. */
  readonly symbols?: readonly RecoverySymbol[];
}

/** How many slivers came with the slice, or gave the symbols in it. */
export const present = (slice: Pick<SliverSlice, "count" | "absent">): number =>
  slice.count - slice.absent.length;
