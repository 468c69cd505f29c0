import type { BlobNumber, Metadata, SliverSlice } from "./content.ts";
import { present } from "./content.ts";
import type { Placement } from "./placement.ts";
import { countedSymbols, type SymbolPayload } from "./symbol-payload.ts";

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
  /** What nodes recover slivers from. */
  readonly symbols: SymbolPayload;
}

/** Content by arithmetic: for millions of blobs. */
export class CountedPayload implements Payload {
  readonly symbols = countedSymbols;
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
