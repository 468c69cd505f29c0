import { HASH_BYTES } from "../hash/merkle.ts";
import type { Kernels } from "./kernels.ts";

/**
 * Nodes of Merkle trees in rows, with two regions of memory to grow the trees into. A row has room for
 * an even number of nodes, and behind the last row there is room for one more: a level of odd length
 * ends with an empty node.
 */
export interface NodeGrid {
  readonly at: number;
  readonly rows: number;
  readonly columns: number;
  readonly even: number;
  readonly odd: number;
}

const evenUp = (count: number) => count + (count % 2);

/** From one row of nodes to the next. */
export const nodeRowBytes = (columns: number): number => evenUp(columns) * HASH_BYTES;

/** Sizes of the regions of a grid: nodes, even, odd. */
export function nodeGridBytes(rows: number, columns: number): [number, number, number] {
  const half = Math.max(
    evenUp(Math.ceil(rows / 2)) * nodeRowBytes(columns),
    rows * nodeRowBytes(Math.ceil(columns / 2)),
  );
  return [evenUp(rows) * nodeRowBytes(columns), half, half];
}

/** The roots of the trees over each column: a level of all of them is one row of nodes a pair of rows. */
export function rootsOfColumns(kernels: Kernels, { at, rows, columns, even, odd }: NodeGrid) {
  const rowBytes = nodeRowBytes(columns);
  let from = at;
  let to = even;
  for (let count = rows; count > 1; ) {
    if (count % 2 === 1) kernels.view(from + count * rowBytes, rowBytes).fill(0);
    count = Math.ceil(count / 2);
    const right = from + rowBytes;
    kernels.run.hashPairs(from, right, HASH_BYTES, columns, 2 * rowBytes, count, to, rowBytes);
    from = to;
    to = from === even ? odd : even;
  }
  return kernels.read(from, columns * HASH_BYTES);
}

/** One node of each row, so many levels above those of the grid. */
export function nodesOfRows(
  kernels: Kernels,
  { at, rows, columns, even, odd }: NodeGrid,
  levels: number,
) {
  let from = at;
  let to = even;
  let count = columns;
  for (let level = 0; level < levels; level++) {
    const rowBytes = nodeRowBytes(count);
    if (count % 2 === 1) kernels.run.clearNodes(from + count * HASH_BYTES, rowBytes, rows);
    count = Math.ceil(count / 2);
    const right = from + HASH_BYTES;
    const toBytes = nodeRowBytes(count);
    kernels.run.hashPairs(from, right, 2 * HASH_BYTES, count, rowBytes, rows, to, toBytes);
    from = to;
    to = from === even ? odd : even;
  }
  const nodes = new Uint8Array(rows * HASH_BYTES);
  for (let row = 0; row < rows; row++) {
    const node = from + row * nodeRowBytes(count);
    nodes.set(kernels.view(node, HASH_BYTES), row * HASH_BYTES);
  }
  return nodes;
}
