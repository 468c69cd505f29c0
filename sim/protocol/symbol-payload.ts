import type { Metadata, SymbolSlice } from "./content.ts";

/** Which symbols: for slivers of this axis and these pairs, from one node's slivers of the other. */
export type SymbolsWanted = Pick<
  SymbolSlice,
  "node" | "axis" | "targets" | "first" | "count" | "absent"
>;

/** The grain of recovery symbols, as `Payload` is that of slivers. Pure. */
export interface SymbolPayload {
  slice(metadata: Metadata, wanted: SymbolsWanted): SymbolSlice;
  /** The same from a node that lies about them. */
  corrupted(slice: SymbolSlice): SymbolSlice;
  /** Whether every symbol of the slice is covered by the metadata. */
  verifies(metadata: Metadata, slice: SymbolSlice): boolean;
  /**
   * Stops the run unless the symbols lead to the slivers that the metadata speaks of. Slices that
   * bear no bytes are not asked.
   */
  checkRecovery(metadata: Metadata, slices: readonly SymbolSlice[]): void;
}

/** Symbols by arithmetic. */
export const countedSymbols: SymbolPayload = {
  // Field by field, for it is made for every answer: a spread takes several times as long.
  slice: ({ bytes: blobBytes }, { node, axis, targets, first, count, absent }) => ({
    blobBytes,
    node,
    axis,
    targets,
    first,
    count,
    absent,
    wrong: 0,
  }),
  corrupted: (slice) => ({ ...slice, wrong: slice.count - slice.absent.length }),
  verifies: (_metadata, slice) => slice.wrong === 0,
  checkRecovery: () => {},
};
