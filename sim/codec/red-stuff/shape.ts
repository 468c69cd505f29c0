import type { Axis, SliverLayout } from "../code.ts";
import type { ErasureCode } from "../field/erasure-code.ts";
import { HASH_BYTES } from "../hash/merkle.ts";
import { checkBlobBytes, checkCount, evenShareBytes, lengthPrefixBytes } from "../sizes.ts";

/** The largest even number that fits the 16 bits a sliver keeps its symbol size in. */
const SYMBOL_BYTES_MAX = 65_534;
/** Above it, the larger of the two codes no longer fits the field of 65,536 elements. */
export const SHARDS_MAX = 49_155;

/**
 * The matrix of symbols a blob is laid out in, row by row, and the codes that expand it to n rows
 * and n columns. A primary sliver is a row's first symbols, a secondary sliver a column's.
 */
export interface RedStuffShape {
  /** n */
  readonly shardCount: number;
  /** Rows of the message, n - 2f: as many primary slivers reconstruct a blob. */
  readonly rows: number;
  /** Columns of the message, n - f: as many secondary slivers reconstruct a blob. */
  readonly columns: number;
  readonly blobBytesMax: number;
}

/** Throws a RangeError below 4 shards: with f = 0 there would be nothing to repair from. */
export function redStuffShape(shardCount: number): RedStuffShape {
  checkCount("shards", shardCount, 4, SHARDS_MAX);
  const faultyMax = Math.floor((shardCount - 1) / 3);
  const rows = shardCount - 2 * faultyMax;
  const columns = shardCount - faultyMax;
  return { shardCount, rows, columns, blobBytesMax: rows * columns * SYMBOL_BYTES_MAX };
}

/** Throws a RangeError unless symbols can have that size. */
export function checkSymbolBytes(symbolBytes: number): void {
  const isPossible = symbolBytes >= 2 && symbolBytes <= SYMBOL_BYTES_MAX && symbolBytes % 2 === 0;
  if (!isPossible) {
    throw new RangeError(
      `sliver: expected symbols of an even number of bytes from 2 to ${SYMBOL_BYTES_MAX}, found ${symbolBytes}`,
    );
  }
}

/** The code that takes a sliver to all n symbols of its row or column. */
export function expansionCode(
  { shardCount, rows, columns }: RedStuffShape,
  axis: Axis,
): ErasureCode {
  const originals = axis === "primary" ? columns : rows;
  return { originals, repairs: shardCount - originals };
}

/** The code whose rows are the slivers of an axis. */
export function sliverCode(shape: RedStuffShape, axis: Axis): ErasureCode {
  return expansionCode(shape, otherAxis(axis));
}

export function otherAxis(axis: Axis): Axis {
  return axis === "primary" ? "secondary" : "primary";
}

/** The pair a sliver belongs to: secondary slivers are handed out in reverse. */
export function pairOf(
  { shardCount }: Pick<RedStuffShape, "shardCount">,
  axis: Axis,
  sliverIndex: number,
): number {
  return axis === "primary" ? sliverIndex : shardCount - 1 - sliverIndex;
}

/** Sizes of symbols, slivers and metadata of a blob of this length. */
export function redStuffLayout(shape: RedStuffShape, blobBytes: number): SliverLayout {
  checkBlobBytes(blobBytes, shape.blobBytesMax);
  const { shardCount, rows, columns } = shape;
  const symbolBytes = evenShareBytes(blobBytes, rows * columns);
  const pairBytes = (rows + columns) * symbolBytes;
  return {
    symbolBytes,
    primaryBytes: columns * symbolBytes,
    secondaryBytes: rows * symbolBytes,
    // Blob ID, version, encoding type, length; then a tag before each of the two hashes of a pair.
    metadataBytes:
      HASH_BYTES + 2 + 8 + lengthPrefixBytes(shardCount) + shardCount * 2 * (1 + HASH_BYTES),
    // The chain charges the bare hashes and the blob ID, and for every shard.
    encodedBytes: shardCount * (pairBytes + shardCount * 2 * HASH_BYTES + HASH_BYTES),
  };
}

/** Bytes of a sliver of an axis. */
export function sliverBytes(layout: SliverLayout, axis: Axis): number {
  return axis === "primary" ? layout.primaryBytes : layout.secondaryBytes;
}
