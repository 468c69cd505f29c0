import type { SliverMatrix, SliverRoots } from "../codec-engine.ts";
import { powerOfTwo } from "../field/erasure-code.ts";
import { HASH_BYTES, treeHeight } from "../hash/merkle.ts";
import type { Kernels } from "./kernels.ts";
import { nodeGridBytes, nodeRowBytes, nodesOfRows } from "./node-grid.ts";

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
  /** Levels of the rows' trees that end within the panel. */
  readonly levels: number;
}

/** What a panel adds to the roots of slivers. */
export interface PanelNodes {
  /** Roots of its columns: those of secondary slivers. */
  readonly columns: Uint8Array;
  /** A node of each row's tree: the lowest one above all its symbols in the panel. */
  readonly rows: Uint8Array;
}

/**
 * Cuts the expanded matrix into panels. The trees of columns grow and end in theirs; to be whole
 * subtrees of the rows too, all panels but the last are as wide as a power of two. So the square of all
 * leaf hashes is never held, and no symbol is looked at twice.
 */
export function columnPanels({
  shardCount,
  symbolBytes,
}: Pick<SliverMatrix, "shardCount" | "symbolBytes">): ColumnPanel[] {
  const wanted = Math.min(ROW_BYTES_MIN / symbolBytes, SYMBOLS_MAX / shardCount);
  const width = powerOfTwo(Math.ceil(Math.max(wanted, SYMBOLS_MIN / shardCount)));
  const levels = width < shardCount ? Math.log2(width) : treeHeight(shardCount);
  return Array.from({ length: Math.ceil(shardCount / width) }, (_, panel) => ({
    from: panel * width,
    to: Math.min((panel + 1) * width, shardCount),
    levels,
  }));
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
