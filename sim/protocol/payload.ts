import type { BlobNumber } from "./messages.ts";
import type { Placement } from "./placement.ts";

/** What a blob's metadata says, as it travels. Immutable. */
export interface Metadata {
  readonly blob: BlobNumber;
  readonly bytes: number;
  /** Not what the blob ID commits to: a liar's. */
  readonly forged?: true;
}

/**
 * Slivers one node holds of a blob: those at positions `first` to `first + count - 1` of the sliver
 * pairs placed on it. Immutable.
 */
export interface SliverSlice {
  readonly blobBytes: number;
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

/** How many slivers came with the slice. */
export const present = (slice: SliverSlice): number => slice.count - slice.absent.length;

/** What verified slivers of a blob amount to. */
export type Reconstruction = "ok" | "not-enough-slivers" | "inconsistent-blob";

/**
 * The grain of content. Both grains give the same outcomes; `bytes` earns them by encoding, hashing
 * and decoding, `counted` by arithmetic. Pure: content follows from seed and blob number, so nothing
 * of it belongs to the state of a world.
 */
export interface Payload {
  metadata(blob: BlobNumber, bytes: number): Metadata;
  /** The same metadata from a node that lies about it. */
  forged(metadata: Metadata): Metadata;
  /** Whether the metadata is what the blob ID commits to. */
  verifies(metadata: Metadata): boolean;
  slice(
    metadata: Metadata,
    node: number,
    first: number,
    count: number,
    absent: readonly number[],
  ): SliverSlice;
  /** The same slice from a node that lies about the bytes. */
  corrupted(slice: SliverSlice): SliverSlice;
  /** How many slivers of the slice match the metadata. */
  valid(metadata: Metadata, slice: SliverSlice): number;
  reconstruct(metadata: Metadata, slices: readonly SliverSlice[]): Reconstruction;
}

/** Content by arithmetic: for millions of blobs. */
export class CountedPayload implements Payload {
  readonly #placement: Placement;

  constructor(placement: Placement) {
    this.#placement = placement;
  }

  metadata(blob: BlobNumber, bytes: number): Metadata {
    return { blob, bytes };
  }

  forged(metadata: Metadata): Metadata {
    return { ...metadata, forged: true };
  }

  verifies(metadata: Metadata): boolean {
    return metadata.forged !== true;
  }

  slice(
    metadata: Metadata,
    node: number,
    first: number,
    count: number,
    absent: readonly number[],
  ): SliverSlice {
    return { blobBytes: metadata.bytes, node, first, count, absent, wrong: 0 };
  }

  corrupted(slice: SliverSlice): SliverSlice {
    return { ...slice, wrong: present(slice) };
  }

  valid(_metadata: Metadata, slice: SliverSlice): number {
    return present(slice) - slice.wrong;
  }

  reconstruct(_metadata: Metadata, slices: readonly SliverSlice[]): Reconstruction {
    let valid = 0;
    for (const slice of slices) valid += present(slice) - slice.wrong;
    return valid >= this.#placement.primaryNeeded ? "ok" : "not-enough-slivers";
  }
}
