import type { BlobNumber } from "./messages.ts";
import type { Placement } from "./placement.ts";

/** What a blob's metadata says, as it travels. Immutable. */
export interface Metadata {
  readonly blob: BlobNumber;
  readonly bytes: number;
}

/**
 * Slivers one node holds of a blob: those at positions `first` to `first + count - 1` of the sliver
 * pairs placed on it. Immutable.
 */
export interface SliverSlice {
  readonly node: number;
  readonly first: number;
  readonly count: number;
  /** How many of them are not what the metadata commits to. */
  readonly wrong: number;
  /** The primary slivers themselves, by position; absent where payloads are counted. */
  readonly data?: readonly Uint8Array[];
}

/** What verified slivers of a blob amount to. */
export type Reconstruction = "ok" | "not-enough-slivers" | "inconsistent-blob";

/**
 * The grain of content. Both grains give the same outcomes; `bytes` earns them by encoding, hashing
 * and decoding, `counted` by arithmetic. Pure: content follows from seed and blob number, so nothing
 * of it belongs to the state of a world.
 */
export interface Payload {
  metadata(blob: BlobNumber, bytes: number): Metadata;
  slice(metadata: Metadata, node: number, first: number, count: number): SliverSlice;
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

  slice(_metadata: Metadata, node: number, first: number, count: number): SliverSlice {
    return { node, first, count, wrong: 0 };
  }

  corrupted(slice: SliverSlice): SliverSlice {
    return { ...slice, wrong: slice.count };
  }

  valid(_metadata: Metadata, slice: SliverSlice): number {
    return slice.count - slice.wrong;
  }

  reconstruct(_metadata: Metadata, slices: readonly SliverSlice[]): Reconstruction {
    let valid = 0;
    for (const slice of slices) valid += slice.count - slice.wrong;
    return valid >= this.#placement.primaryNeeded ? "ok" : "not-enough-slivers";
  }
}
