import type { SliverMemory } from "./sliver-memory.ts";

/** Which way a sliver lies in the matrix of symbols: along a row or down a column. */
export type Axis = "primary" | "secondary";

/** A sliver by its place in the matrix. The secondary sliver of pair p has index n - 1 - p. */
export interface SliverPlace {
  readonly axis: Axis;
  readonly index: number;
}

/** A piece of an encoded blob. */
export interface Sliver extends SliverPlace {
  readonly data: Uint8Array;
}

/** Sizes in bytes that follow from a blob's length alone. */
export interface SliverLayout {
  readonly symbolBytes: number;
  readonly primaryBytes: number;
  /** 0 in one dimension. */
  readonly secondaryBytes: number;
  /** The metadata record, stored and sent once per node. */
  readonly metadataBytes: number;
  /** What a storage reservation must cover and is charged for. */
  readonly encodedBytes: number;
}

/** Hashes of the slivers of one pair. Without a second dimension there is no secondary one. */
export interface PairHashes {
  readonly primary: Uint8Array;
  readonly secondary: Uint8Array | undefined;
}

/** What tells a good sliver of a blob from a bad one. */
export interface BlobMetadata {
  /** 32 bytes, bound to scheme, length and root hash. */
  readonly blobId: Uint8Array;
  readonly blobBytes: number;
  /** Merkle root over the sliver hashes. */
  readonly rootHash: Uint8Array;
  /** By pair. */
  readonly hashes: readonly PairHashes[];
}

/**
 * A blob's slivers and metadata, each computed when first asked for: slivers that are the blob itself
 * as it stands, then all others of an axis at once, and hashes only for the metadata. Throws a
 * RangeError for a sliver that is not there.
 */
export interface EncodedBlob {
  readonly metadata: BlobMetadata;
  readonly layout: SliverLayout;
  /** The primary sliver of this sliver index; not to be written to. */
  primary(index: number): Uint8Array;
  /** The secondary sliver of this sliver index; not to be written to. */
  secondary(index: number): Uint8Array;
}

/** The blob, or how many distinct slivers of the right size there were and how many it takes. */
export type DecodeResult =
  | { readonly ok: true; readonly blob: Uint8Array }
  | {
      readonly ok: false;
      readonly reason: "not-enough-slivers";
      readonly needed: number;
      readonly usable: number;
    };

/** What is stored of a blob and what reads it back. */
export interface BlobCode {
  readonly scheme: "red-stuff" | "reed-solomon" | "replication";
  /** Sliver pairs (or slivers, in one dimension) a blob is cut into; n. */
  readonly shardCount: number;
  /** Distinct primary slivers that reconstruct a blob. */
  readonly primaryNeeded: number;
  /** Distinct secondary slivers that reconstruct a blob; Infinity in one dimension. */
  readonly secondaryNeeded: number;
  readonly blobBytesMax: number;
  /** Throws a RangeError for a length above `blobBytesMax`. */
  layout(blobBytes: number): SliverLayout;
  /** Given memory, slivers are written there, over those of the blob encoded into it before. */
  encode(blob: Uint8Array, memory?: SliverMemory): EncodedBlob;
  /**
   * One sliver of a blob, without any other: a copy where it is part of the blob itself, else one pass
   * over the blob, of a product and a sum for each symbol, where all slivers of an axis together take
   * several passes over four and a half blobs. No hash is computed. Throws a RangeError for a place
   * that is not there.
   */
  sliver(blob: Uint8Array, place: SliverPlace): Uint8Array;
  /**
   * The hash that metadata holds of a sliver, from that sliver alone: Red Stuff expands it to n symbols
   * and builds one tree of 2n hashes, where metadata takes n of each kind. Throws a RangeError for a
   * sliver of another shape.
   */
  sliverHash(sliver: Sliver): Uint8Array;
  /**
   * Reconstructs a blob from slivers of one axis, as far as they go. The first distinct ones of the
   * right size decide; their content is not verified. Throws a RangeError for a length that cannot be.
   */
  decode(slivers: readonly Sliver[], blobBytes: number): DecodeResult;
  /** Whether this is the very sliver that the metadata speaks of. Never throws. */
  verify(sliver: Sliver, metadata: BlobMetadata): boolean;
  /**
   * Whether blob ID and root hash follow from the sliver hashes, of which there is one per shard. Never
   * throws.
   */
  verifyMetadata(metadata: BlobMetadata): boolean;
}
