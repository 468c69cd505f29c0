import type { SliverMatrix, SliverRoots } from "../codec-engine.ts";
import { codePlan, powerOfTwo } from "../field/erasure-code.ts";
import { HASH_BYTES, treeHeight } from "../hash/merkle.ts";
import type { Kernels } from "./kernels.ts";
import { nodeGridBytes, nodeRowBytes, nodesOfRows, rootsOfColumns } from "./node-grid.ts";
import { encodeRows } from "./reed-solomon.ts";
import { stripsFor } from "./strips.ts";

/** What a panel has of each row, at least, if it does not get too many symbols: smaller copies are slow. */
const ROW_BYTES_MIN = 4096;
/** Symbols of a panel: so few that their hashes stay near, */
const SYMBOLS_MAX = 2 ** 16;
/** and so many that it does not matter that the kernels hash three together, and repeat some if need be. */
const SYMBOLS_MIN = 96;

/** Some columns of the expanded matrix, from top to bottom. */
export interface ColumnPanel {
  readonly from: number;
  readonly to: number;
}

/** What a panel adds to the roots of slivers. */
export interface PanelNodes {
  /** Roots of its columns: those of secondary slivers. */
  readonly columns: Uint8Array;
  /** A node of each row's tree: the lowest one above all its symbols in the panel. */
  readonly rows: Uint8Array;
}

type Shape = Pick<SliverMatrix, "shardCount" | "symbolBytes">;

/**
 * Cuts the expanded matrix into panels. The trees of columns grow and end in theirs; to be whole
 * subtrees of the rows too, all panels but the last are as wide as a power of two.
 */
export function columnPanels(shape: Shape): ColumnPanel[] {
  const { shardCount } = shape;
  const width = panelWidth(shape);
  return Array.from({ length: Math.ceil(shardCount / width) }, (_, panel) => ({
    from: panel * width,
    to: Math.min((panel + 1) * width, shardCount),
  }));
}

function panelWidth({ shardCount, symbolBytes }: Shape): number {
  const wanted = Math.min(ROW_BYTES_MIN / symbolBytes, SYMBOLS_MAX / shardCount);
  return powerOfTwo(Math.ceil(Math.max(wanted, SYMBOLS_MIN / shardCount)));
}

/**
 * Hashes the symbols of a panel, and the trees over them as far as they go. The square of all leaf
 * hashes is never held, and no symbol is looked at twice.
 */
export function hashPanel(kernels: Kernels, matrix: SliverMatrix, panel: ColumnPanel): PanelNodes {
  const { shardCount, symbolBytes } = matrix;
  const rows = shardCount;
  const columns = panel.to - panel.from;
  kernels.expectLeaves(symbolBytes, shardCount * shardCount);
  const right = rightPart(matrix, panel);
  const [symbols, at, even, odd, repaired, turned, work] = kernels.reserve(
    rows * columns * symbolBytes,
    ...nodeGridBytes(rows, columns),
    rows * right.columns * symbolBytes,
    right.bytes,
    right.workBytes,
  );
  writeLeft(kernels, symbols, matrix, panel);
  if (right.columns > 0) {
    // The last secondary slivers, turned about, are the upper part of the last columns.
    kernels.write(turned, right.slivers);
    kernels.run.transpose(repaired, turned, right.columns, matrix.rows, symbolBytes);
    const code = { originals: matrix.rows, repairs: rows - matrix.rows };
    encodeRows(kernels, code, repaired, right.columns * symbolBytes, symbolBytes, work);
    const rightBytes = right.columns * symbolBytes;
    const rowBytes = columns * symbolBytes;
    for (let row = 0; row < rows; row++) {
      const to = symbols + (row + 1) * rowBytes - rightBytes;
      kernels.copy(to, repaired + row * rightBytes, rightBytes);
    }
  }
  kernels.hashLeaves(symbols, symbolBytes, columns, rows, at, nodeRowBytes(columns));
  const grid = { at, rows, columns, even, odd };
  const isOnly = columns === shardCount;
  const levels = isOnly ? treeHeight(columns) : Math.log2(panelWidth(matrix));
  return {
    columns: rootsOfColumns(kernels, grid),
    rows: nodesOfRows(kernels, grid, levels),
  };
}

/** Columns of a panel that no primary sliver has, and what it takes to complete them. */
function rightPart(matrix: SliverMatrix, { from, to }: ColumnPanel) {
  const { shardCount, rows, columns, symbolBytes, secondary } = matrix;
  const first = Math.max(from, columns);
  const sliverBytes = rows * symbolBytes;
  const slivers = secondary.subarray(first * sliverBytes, Math.max(first, to) * sliverBytes);
  const { chunk } = codePlan({ originals: rows, repairs: shardCount - rows });
  return {
    columns: Math.max(0, to - first),
    slivers,
    bytes: slivers.length,
    workBytes: stripsFor(2 * chunk).workBytes,
  };
}

/** Writes what primary slivers have of a panel. */
function writeLeft(
  kernels: Kernels,
  symbols: number,
  { shardCount, columns, symbolBytes, primary }: SliverMatrix,
  { from, to }: ColumnPanel,
): void {
  const bytes = (Math.min(to, columns) - from) * symbolBytes;
  if (bytes <= 0) return;
  const rowBytes = columns * symbolBytes;
  for (let row = 0; row < shardCount; row++) {
    const place = row * rowBytes + from * symbolBytes;
    const part = primary.subarray(place, place + bytes);
    kernels.write(symbols + row * (to - from) * symbolBytes, part);
  }
}

/** Puts all panels together, in their order. */
export function joinPanels(
  kernels: Kernels,
  shardCount: number,
  panels: readonly PanelNodes[],
): SliverRoots {
  const secondary = new Uint8Array(shardCount * HASH_BYTES);
  const columns = panels.length;
  const [at, even, odd] = kernels.reserve(...nodeGridBytes(shardCount, columns));
  const words = HASH_BYTES / 4;
  const rowWords = nodeRowBytes(columns) / 4;
  const nodes = new Int32Array(shardCount * rowWords);
  let done = 0;
  panels.forEach((panel, column) => {
    secondary.set(panel.columns, done);
    done += panel.columns.length;
    const of = new Int32Array(panel.rows.buffer);
    for (let row = 0; row < shardCount; row++) {
      for (let i = 0; i < words; i++) {
        nodes[row * rowWords + column * words + i] = of[row * words + i]!;
      }
    }
  });
  kernels.write(at, new Uint8Array(nodes.buffer));
  const grid = { at, rows: shardCount, columns, even, odd };
  return { primary: nodesOfRows(kernels, grid, treeHeight(columns)), secondary };
}
