import type { Axis, EncodedBlob, Sliver } from "../codec/code.ts";
import { proofOf } from "../codec/hash/merkle.ts";
import { checkInconsistency } from "../codec/red-stuff/inconsistency.ts";
import { recoverSliver } from "../codec/red-stuff/recover-sliver.ts";
import { type RecoverySymbol, verifyRecoverySymbols } from "../codec/red-stuff/recovery-symbol.ts";
import type { RedStuff } from "../codec/red-stuff/red-stuff.ts";
import { otherAxis, pairOf } from "../codec/red-stuff/shape.ts";
import { expandSliver } from "../codec/red-stuff/sliver-hash.ts";
import { invariant } from "../engine/invariant.ts";
import type { InconsistencyEvidence, Metadata, SymbolSlice } from "./content.ts";
import type { Placement } from "./placement.ts";
import type { SymbolPayload, SymbolsWanted } from "./symbol-payload.ts";

/**
 * Real symbols of Red Stuff with real proofs: taken from slivers of the blob as its writer made
 * it, verified against the metadata's hashes, and decoded to slivers.
 */
export class RealSymbols implements SymbolPayload {
  readonly #redStuff: RedStuff;
  readonly #placement: Placement;
  readonly #encoded: (metadata: Metadata) => EncodedBlob;

  constructor(options: {
    readonly redStuff: RedStuff;
    readonly placement: Placement;
    readonly encoded: (metadata: Metadata) => EncodedBlob;
  }) {
    this.#redStuff = options.redStuff;
    this.#placement = options.placement;
    this.#encoded = options.encoded;
  }

  slice(metadata: Metadata, wanted: SymbolsWanted): SymbolSlice {
    const { epoch, node, axis, targets, first, count, absent } = wanted;
    const sourcePairs = this.#placement
      .at(epoch)
      .pairs(metadata.blob, node)
      .slice(first, first + count)
      .filter((_, offset) => !absent.includes(first + offset));
    const encoded = this.#encoded(metadata);
    const data = sourcePairs.map((pair) =>
      this.#symbolsOf(this.#sliver(encoded, otherAxis(axis), pair), targets, axis),
    );
    return { ...wanted, blobBytes: metadata.bytes, wrong: 0, data };
  }

  corrupted(slice: SymbolSlice): SymbolSlice {
    const data = (slice.data ?? []).map((symbols) =>
      symbols.map((symbol) => {
        const lie = symbol.data.slice();
        lie[0] = (lie[0] as number) ^ 1;
        return { ...symbol, data: lie };
      }),
    );
    return { ...slice, wrong: data.length, data };
  }

  verifies(metadata: Metadata, slice: SymbolSlice): boolean {
    const known = this.#encoded(metadata).metadata;
    const data = slice.data ?? [];
    return slice.targets.every((_, at) => {
      const forOne = data.map((ofSource) => ofSource[at] as RecoverySymbol);
      return !verifyRecoverySymbols(this.#redStuff, forOne, known).includes(false);
    });
  }

  mustKeep(): boolean {
    return true;
  }

  recover(metadata: Metadata, slices: readonly SymbolSlice[]): InconsistencyEvidence | undefined {
    const { axis, targets } = slices[0] as SymbolSlice;
    const known = this.#encoded(metadata).metadata;
    for (const [at, target] of targets.entries()) {
      const symbols = slices.flatMap(({ data = [] }) =>
        data.map((ofSource) => ofSource[at] as RecoverySymbol),
      );
      const place = { axis, index: this.#indexOf(axis, target) };
      const recovery = recoverSliver(this.#redStuff, place, symbols, known);
      if (recovery.ok) continue;
      const isProof = recovery.reason === "inconsistent-blob" && metadata.foreign !== undefined;
      invariant(
        isProof,
        () =>
          `${axis} sliver ${place.index} of blob ${metadata.blob} is not recovered from verified symbols`,
      );
      if (recovery.reason !== "inconsistent-blob") return undefined;
      return this.#evidence(metadata, axis, target, recovery.proof.symbols);
    }
    return undefined;
  }

  proves(metadata: Metadata, { axis, target, symbols = [] }: InconsistencyEvidence): boolean {
    const place = { axis, index: this.#indexOf(axis, target) };
    const known = this.#encoded(metadata).metadata;
    return checkInconsistency(this.#redStuff, { target: place, symbols }, known).proven;
  }

  #evidence(
    { blob, bytes: blobBytes }: Metadata,
    axis: Axis,
    target: number,
    symbols: readonly RecoverySymbol[],
  ): InconsistencyEvidence {
    const sources = symbols.map(({ sourceIndex }) => this.#indexOf(otherAxis(axis), sourceIndex));
    return { blob, blobBytes, axis, target, sources, symbols };
  }

  #symbolsOf(source: Sliver, targets: readonly number[], axis: Axis): RecoverySymbol[] {
    const { symbols, tree } = expandSliver(this.#redStuff, source);
    const symbolBytes = symbols.length / this.#redStuff.shape.shardCount;
    return targets.map((pair) => {
      const index = this.#indexOf(axis, pair);
      return {
        target: { axis, index },
        sourceIndex: source.index,
        data: symbols.slice(index * symbolBytes, (index + 1) * symbolBytes),
        proof: proofOf(tree, index),
      };
    });
  }

  #sliver(encoded: EncodedBlob, axis: Axis, pair: number): Sliver {
    const index = this.#indexOf(axis, pair);
    return {
      axis,
      index,
      data: axis === "primary" ? encoded.primary(index) : encoded.secondary(index),
    };
  }

  // Handing out in reverse is its own reverse: what leads from sliver to pair leads back.
  #indexOf(axis: Axis, pair: number): number {
    return pairOf(this.#redStuff.shape, axis, pair);
  }
}
