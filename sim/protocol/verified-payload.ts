import type { ForeignSlivers } from "../codec/red-stuff/mis-encode.ts";
import { invariant } from "../engine/invariant.ts";
import type { RandomStream } from "../engine/random-streams.ts";
import type { BlobNumber, Metadata, SliverSlice } from "./content.ts";
import type { ConsistencyCheck } from "./parameters.ts";
import type { Payload, Reconstruction } from "./payload.ts";
import type { SymbolPayload } from "./symbol-payload.ts";

/**
 * Counts, and for a sample of the reads does the real thing with the very slivers that arrived; the
 * run stops if the two ever disagree.
 */
export class VerifiedPayload implements Payload {
  readonly #counted: Payload;
  readonly #real: Payload;
  readonly #share: number;
  readonly #random: RandomStream;

  constructor(options: {
    readonly counted: Payload;
    readonly real: Payload;
    /** Of the reads, 0..1. */
    readonly share: number;
    readonly random: RandomStream;
  }) {
    this.#counted = options.counted;
    this.#real = options.real;
    this.#share = options.share;
    this.#random = options.random;
  }

  get symbols(): SymbolPayload {
    return this.#counted.symbols;
  }

  metadata(blob: BlobNumber, bytes: number, foreign?: ForeignSlivers): Metadata {
    return this.#counted.metadata(blob, bytes, foreign);
  }

  forged(metadata: Metadata): Metadata {
    return this.#counted.forged(metadata);
  }

  verifies(metadata: Metadata): boolean {
    return this.#counted.verifies(metadata);
  }

  slice(
    metadata: Metadata,
    epoch: number,
    node: number,
    first: number,
    count: number,
    absent: readonly number[],
  ): SliverSlice {
    return this.#counted.slice(metadata, epoch, node, first, count, absent);
  }

  sliver(): undefined {
    return undefined;
  }

  verifiesSliver(): boolean {
    return true;
  }

  corrupted(slice: SliverSlice): SliverSlice {
    return this.#counted.corrupted(slice);
  }

  valid(metadata: Metadata, slice: SliverSlice): number {
    return this.#counted.valid(metadata, slice);
  }

  reconstruct(
    metadata: Metadata,
    slices: readonly SliverSlice[],
    check: ConsistencyCheck,
  ): Reconstruction {
    const counted = this.#counted.reconstruct(metadata, slices, check);
    if (this.#random() < this.#share) {
      const real = this.#real.reconstruct(
        metadata,
        slices.map((slice) => this.#made(metadata, slice)),
        check,
      );
      invariant(
        real === counted,
        () => `blob ${metadata.blob}: counted payload says ${counted}, real bytes say ${real}`,
      );
    }
    return counted;
  }

  #made(
    metadata: Metadata,
    { epoch, node, first, count, absent, wrong }: SliverSlice,
  ): SliverSlice {
    const slice = this.#real.slice(metadata, epoch, node, first, count, absent);
    return wrong > 0 ? this.#real.corrupted(slice) : slice;
  }
}
