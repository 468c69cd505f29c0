import type { SliverMatrix, SliverRoots } from "../codec-engine.ts";
import { HASH_BYTES, type MerkleTree, nodeCount, treeHeight } from "../hash/merkle.ts";
import type { Kernels } from "./kernels.ts";

/** Leaves that are handed to the kernels at a time, at most, unless a single one is longer. */
const BATCH_BYTES = 2 ** 24;

/** The tree over leaves of one size. */
export function merkleTree(kernels: Kernels, leaves: Uint8Array, leafBytes: number): MerkleTree {
  const leafCount = leaves.length / leafBytes;
  const batch = Math.min(leafCount, 3 * Math.ceil(BATCH_BYTES / leafBytes / 3));
  const nodeBytes = nodeCount(leafCount) * HASH_BYTES;
  const [nodes, input] = kernels.reserve(nodeBytes, batch * leafBytes);
  for (let first = 0; first < leafCount; first += batch) {
    const count = Math.min(batch, leafCount - first);
    kernels.write(input, leaves.subarray(first * leafBytes, (first + count) * leafBytes));
    kernels.hashLeaves(input, leafBytes, count, nodes + first * HASH_BYTES);
  }
  kernels.run.hashTree(nodes, leafCount);
  return { leafCount, nodes: kernels.read(nodes, nodeBytes) };
}

/** Leaves hashed at a time, at least: the kernels take three together, and repeat some if need be. */
const LEAVES_TOGETHER_MIN = 48;

/**
 * The roots over all rows and all columns of a square of symbols, which comes row by row. A row's
 * tree is built at once. Those of the columns grow together, for a level of them is one row of
 * nodes: two rows of a level make one of the next, as soon as both are there.
 */
function rowAndColumnRoots(
  kernels: Kernels,
  size: number,
  symbolBytes: number,
  rowParts: (row: number) => readonly Uint8Array[],
): { readonly rows: Uint8Array; readonly columns: Uint8Array } {
  kernels.expectLeaves(symbolBytes, size * size);
  const nodesBytes = size * HASH_BYTES;
  const levelBytes = nodesBytes + HASH_BYTES; // With room for the empty node.
  const levels = treeHeight(size) + 1;
  const rowsTogether = Math.ceil(LEAVES_TOGETHER_MIN / size);
  const [symbols, leafHashes, scratch, roots, zeros, waiting, coming] = kernels.reserve(
    rowsTogether * size * symbolBytes,
    rowsTogether * nodesBytes,
    levelBytes,
    nodesBytes,
    nodesBytes,
    levels * levelBytes,
    levels * levelBytes,
  );
  kernels.view(zeros, nodesBytes).fill(0);
  const isWaiting: boolean[] = [];

  /** Where the next row of a level is to be written. */
  const placeAt = (level: number) => (isWaiting[level] ? coming : waiting) + level * levelBytes;

  /** The next row of a level is in its place: pairs it with the one that waits, or lets it wait. */
  function add(level: number): void {
    if (!isWaiting[level]) {
      isWaiting[level] = true;
      return;
    }
    const left = waiting + level * levelBytes;
    kernels.run.hashPairs(left, placeAt(level), HASH_BYTES, size, placeAt(level + 1));
    isWaiting[level] = false;
    add(level + 1);
  }

  for (let first = 0; first < size; first += rowsTogether) {
    const end = Math.min(first + rowsTogether, size);
    let at = symbols;
    for (let row = first; row < end; row++) {
      for (const part of rowParts(row)) {
        kernels.write(at, part);
        at += part.length;
      }
    }
    kernels.hashLeaves(symbols, symbolBytes, (end - first) * size, leafHashes);
    for (let row = first; row < end; row++) {
      const place = placeAt(0);
      kernels.copy(place, leafHashes + (row - first) * nodesBytes, nodesBytes);
      kernels.run.hashRoot(place, size, scratch, roots + row * HASH_BYTES);
      add(0);
    }
  }
  let level = 0;
  for (let count = size; count > 1; count = Math.ceil(count / 2)) {
    if (count % 2 === 1) {
      const last = waiting + level * levelBytes;
      kernels.run.hashPairs(last, zeros, HASH_BYTES, size, placeAt(level + 1));
      add(level + 1);
    }
    level++;
  }
  return {
    rows: kernels.read(roots, nodesBytes),
    columns: kernels.read(waiting + level * levelBytes, nodesBytes),
  };
}

/** The roots of all slivers, given the symbols that the primary slivers lack of whole rows. */
export function sliverRoots(
  kernels: Kernels,
  { shardCount, columns, symbolBytes, primary }: SliverMatrix,
  right: Uint8Array,
): SliverRoots {
  const leftBytes = columns * symbolBytes;
  const rightBytes = (shardCount - columns) * symbolBytes;
  const roots = rowAndColumnRoots(kernels, shardCount, symbolBytes, (row) => [
    primary.subarray(row * leftBytes, (row + 1) * leftBytes),
    right.subarray(row * rightBytes, (row + 1) * rightBytes),
  ]);
  return { primary: roots.rows, secondary: roots.columns };
}
