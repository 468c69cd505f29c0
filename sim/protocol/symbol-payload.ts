import type { InconsistencyEvidence, Metadata, SymbolSlice } from "./content.ts";
import { leadsAstray, pairsOf, sourcesNeeded } from "./mis-encoding.ts";
import type { Placement } from "./placement.ts";

/** Which symbols: for slivers of this axis and these pairs, from one node's slivers of the other. */
export type SymbolsWanted = Pick<
  SymbolSlice,
  "epoch" | "node" | "axis" | "targets" | "first" | "count" | "absent"
>;

/** The grain of recovery symbols, as `Payload` is that of slivers. Pure. */
export interface SymbolPayload {
  slice(metadata: Metadata, wanted: SymbolsWanted): SymbolSlice;
  /** The same from a node that lies about them. */
  corrupted(slice: SymbolSlice): SymbolSlice;
  /** Whether every symbol of the slice is covered by the metadata. */
  verifies(metadata: Metadata, slice: SymbolSlice): boolean;
  /**
   * Whether slices must be kept for `recover` to judge what they lead to: all where there are bytes, and
   * nothing but those of mis-encoded blobs where there are none.
   */
  mustKeep(metadata: Metadata): boolean;
  /**
   * Recovers slivers from slices that verify: those of the same targets, with exactly as many sources as
   * it takes or more. Nothing, if they are what the metadata speaks of; else the proof that one is not.
   */
  recover(metadata: Metadata, slices: readonly SymbolSlice[]): InconsistencyEvidence | undefined;
  /** Whether the evidence is a proof, by the metadata alone. */
  proves(metadata: Metadata, evidence: InconsistencyEvidence): boolean;
}

/** Symbols by arithmetic. */
export class CountedSymbols implements SymbolPayload {
  readonly #placement: Placement;

  constructor(placement: Placement) {
    this.#placement = placement;
  }

  // Field by field, for it is made for every answer: a spread takes several times as long.
  slice(
    { bytes: blobBytes }: Metadata,
    { epoch, node, axis, targets, first, count, absent }: SymbolsWanted,
  ): SymbolSlice {
    return { blobBytes, epoch, node, axis, targets, first, count, absent, wrong: 0 };
  }

  corrupted(slice: SymbolSlice): SymbolSlice {
    return { ...slice, wrong: slice.count - slice.absent.length };
  }

  verifies(_metadata: Metadata, slice: SymbolSlice): boolean {
    return slice.wrong === 0;
  }

  mustKeep({ foreign }: Metadata): boolean {
    return foreign !== undefined;
  }

  recover(
    { blob, bytes: blobBytes, foreign }: Metadata,
    slices: readonly SymbolSlice[],
  ): InconsistencyEvidence | undefined {
    if (foreign === undefined) return undefined;
    const { axis, targets } = slices[0] as SymbolSlice;
    const sources = pairsOf(slices, blob, this.#placement, sourcesNeeded(axis, this.#placement));
    for (const target of targets) {
      const evidence = { blob, blobBytes, axis, target, sources };
      if (leadsAstray(foreign, evidence, this.#placement.pairCount)) return evidence;
    }
    return undefined;
  }

  proves({ foreign }: Metadata, evidence: InconsistencyEvidence): boolean {
    const { axis, sources } = evidence;
    const isExact = new Set(sources).size === sources.length;
    return (
      isExact &&
      sources.length === sourcesNeeded(axis, this.#placement) &&
      foreign !== undefined &&
      leadsAstray(foreign, evidence, this.#placement.pairCount)
    );
  }
}
