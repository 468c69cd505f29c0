import type { ErasureCode } from "./field/erasure-code.ts";
import type { MerkleTree } from "./hash/merkle.ts";

/** A row of a code: an original if its index says so, otherwise a repair. */
export interface CodeRow {
  readonly index: number;
  readonly data: Uint8Array;
}

/** Both kinds of slivers of one blob, each in order of sliver index, one after another. */
export interface SliverMatrix {
  /** n */
  readonly shardCount: number;
  /** Symbols of a secondary sliver. */
  readonly rows: number;
  /** Symbols of a primary sliver. */
  readonly columns: number;
  readonly symbolBytes: number;
  readonly primary: Uint8Array;
  readonly secondary: Uint8Array;
}

/** Merkle roots of all expanded slivers, 32 bytes each, in order of sliver index. */
export interface SliverRoots {
  readonly primary: Uint8Array;
  readonly secondary: Uint8Array;
}

/**
 * The heavy work of the codes, so that a fast engine can stand in for the plain one. All rows are
 * whole symbols of one size, which is even, and rows that lie one after another have one length.
 */
export interface CodecEngine {
  /** Fills in the repair rows behind the original rows. */
  encode(code: ErasureCode, rows: Uint8Array, symbolBytes: number): void;
  /** One repair row, the first being 0, from all original rows, which lie one after another. */
  repair(
    code: ErasureCode,
    originals: Uint8Array,
    repairIndex: number,
    symbolBytes: number,
  ): Uint8Array;
  /** The original rows, from exactly as many distinct rows of the code. */
  decode(code: ErasureCode, received: readonly CodeRow[], symbolBytes: number): Uint8Array;
  /** Writes a matrix of symbols to the beginning of another, turned about its diagonal. */
  transpose(target: Uint8Array, matrix: Uint8Array, columns: number, symbolBytes: number): void;
  /** The tree over leaves of one size, at least one. */
  merkleTree(leaves: Uint8Array, leafBytes: number): MerkleTree;
  /**
   * The roots that leaves of one size lead to, 32 bytes each: all stand at one place of their trees, and
   * `siblings` holds those of all leaves' ancestors of a level, then those of the next level.
   */
  rootsAlong(
    leaves: Uint8Array,
    leafBytes: number,
    index: number,
    siblings: Uint8Array,
  ): Uint8Array;
  /**
   * Completes the message, which stands in the first primary slivers, to n rows and n columns: fills in
   * all slivers, and hashes each row and column.
   */
  expand(matrix: SliverMatrix): SliverRoots;
}
