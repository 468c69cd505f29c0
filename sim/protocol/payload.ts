import type { Axis } from "../codec/code.ts";
import type { ForeignSlivers } from "../codec/red-stuff/mis-encode.ts";
import type { BlobNumber, Metadata, SliverSlice } from "./content.ts";
import { present } from "./content.ts";
import { pairsOf, passes } from "./mis-encoding.ts";
import type { ConsistencyCheck } from "./parameters.ts";
import type { Placement } from "./placement.ts";
import { CountedSymbols, type SymbolPayload } from "./symbol-payload.ts";

/** What verified slivers of a blob amount to. */
export type Reconstruction = "ok" | "not-enough-slivers" | "inconsistent-blob";

/**
 * The grain of content. Both grains give the same outcomes; `bytes` earns them by encoding, hashing
 * and decoding, `counted` by arithmetic. Pure: content follows from seed and blob number, so nothing
 * of it belongs to the state of a world.
 */
export interface Payload {
  /** Of an honest writer, unless some slivers are to be foreign. */
  metadata(blob: BlobNumber, bytes: number, foreign?: ForeignSlivers): Metadata;
  /** The same metadata from a node that lies about it. */
  forged(metadata: Metadata): Metadata;
  /** Whether the metadata is what the blob ID commits to. */
  verifies(metadata: Metadata): boolean;
  slice(
    metadata: Metadata,
    epoch: number,
    node: number,
    first: number,
    count: number,
    absent: readonly number[],
  ): SliverSlice;
  /** The same slice from a node that lies about the bytes. */
  corrupted(slice: SliverSlice): SliverSlice;
  /** One sliver as its writer made it; nothing where payloads are counted. */
  sliver(metadata: Metadata, axis: Axis, pair: number): Uint8Array | undefined;
  /** Whether such a sliver, that came as this, is what the metadata commits to. */
  verifiesSliver(metadata: Metadata, axis: Axis, pair: number, data: Uint8Array): boolean;
  /** How many slivers of the slice match the metadata. */
  valid(metadata: Metadata, slice: SliverSlice): number;
  reconstruct(
    metadata: Metadata,
    slices: readonly SliverSlice[],
    check: ConsistencyCheck,
  ): Reconstruction;
  /** What nodes recover slivers from. */
  readonly symbols: SymbolPayload;
}

/** Content by arithmetic: for millions of blobs. */
export class CountedPayload implements Payload {
  readonly symbols: SymbolPayload;
  readonly #placement: Placement;

  constructor(placement: Placement) {
    this.#placement = placement;
    this.symbols = new CountedSymbols(placement);
  }

  metadata(blob: BlobNumber, bytes: number, foreign?: ForeignSlivers): Metadata {
    return foreign === undefined ? { blob, bytes } : { blob, bytes, foreign };
  }

  forged(metadata: Metadata): Metadata {
    return { ...metadata, forged: true };
  }

  verifies(metadata: Metadata): boolean {
    return metadata.forged !== true;
  }

  slice(
    metadata: Metadata,
    epoch: number,
    node: number,
    first: number,
    count: number,
    absent: readonly number[],
  ): SliverSlice {
    return { blobBytes: metadata.bytes, epoch, node, first, count, absent, wrong: 0 };
  }

  sliver(): undefined {
    return undefined;
  }

  verifiesSliver(): boolean {
    return true;
  }

  corrupted(slice: SliverSlice): SliverSlice {
    return { ...slice, wrong: present(slice) };
  }

  valid(_metadata: Metadata, slice: SliverSlice): number {
    return present(slice) - slice.wrong;
  }

  reconstruct(
    metadata: Metadata,
    slices: readonly SliverSlice[],
    check: ConsistencyCheck,
  ): Reconstruction {
    const { primaryNeeded } = this.#placement;
    let valid = 0;
    for (const slice of slices) valid += present(slice) - slice.wrong;
    if (valid < primaryNeeded) return "not-enough-slivers";
    if (metadata.foreign === undefined) return "ok";
    const used = pairsOf(slices, metadata.blob, this.#placement, primaryNeeded);
    return passes(check, metadata, used, this.#placement) ? "ok" : "inconsistent-blob";
  }
}
