import type { Axis } from "../code.ts";
import type { SliverMatrix } from "../codec-engine.ts";
import { codePlan } from "../field/erasure-code.ts";
import type { Kernels } from "./kernels.ts";
import { nodeGridBytes, nodeRowBytes, nodesOfRows, rootsOfColumns } from "./node-grid.ts";
import { encodeRows } from "./reed-solomon.ts";
import type { ColumnPanel, PanelNodes } from "./sliver-roots.ts";
import { stripsFor } from "./strips.ts";

/** The matrix of symbols that a blob is expanded to. */
export type MatrixShape = Pick<SliverMatrix, "shardCount" | "rows" | "columns" | "symbolBytes">;

/** Where a blob is read and its slivers are put, piece by piece: in memory, or in files. */
export interface SliverPlaces {
  /** Smaller pieces than this are better put together before they are written. */
  readonly pieceBytesMin: number;
  /** Fills `target` with the message from a byte on: the blob, and zeros behind it. */
  readMessage(at: number, target: Uint8Array): void;
  /** Takes a piece of a sliver, from a byte of it on; the bytes are good until this returns. */
  write(axis: Axis, index: number, at: number, bytes: Uint8Array): void;
  /** Fills `target` with a secondary sliver that was written before. */
  readSecondary(index: number, target: Uint8Array): void;
}

/** Some rows of the message. */
export interface RowGroup {
  readonly from: number;
  readonly to: number;
}

/** Cuts the message into groups of rows of some bytes at most, unless a single row is longer. */
export function rowGroups({ rows, columns, symbolBytes }: MatrixShape, bytes: number): RowGroup[] {
  const together = Math.max(1, Math.floor(bytes / (columns * symbolBytes)));
  return Array.from({ length: Math.ceil(rows / together) }, (_, group) => ({
    from: group * together,
    to: Math.min((group + 1) * together, rows),
  }));
}

/**
 * The first step: what rows of the message are as primary slivers, and what they add to those secondary
 * slivers that are no part of the message. Groups may come in any order.
 */
export function expandRows(
  kernels: Kernels,
  shape: MatrixShape,
  places: SliverPlaces,
  { from, to }: RowGroup,
): void {
  const { shardCount, columns, symbolBytes } = shape;
  const code = { originals: columns, repairs: shardCount - columns };
  const rows = to - from;
  const rowBytes = columns * symbolBytes;
  const partBytes = rows * symbolBytes;
  const { workBytes } = stripsFor(2 * codePlan(code).chunk);
  const [turned, work, given] = kernels.reserve(
    shardCount * partBytes,
    workBytes,
    rows === 1 ? 0 : rows * rowBytes,
  );
  // A single row is the same when it is turned.
  const message = rows === 1 ? turned : given;
  places.readMessage(from * rowBytes, kernels.view(message, rows * rowBytes));
  for (let row = 0; row < rows; row++) {
    const sliver = kernels.view(message + row * rowBytes, rowBytes);
    places.write("primary", from + row, 0, sliver);
  }
  if (rows > 1) {
    kernels.run.transpose(turned, partBytes, message, rowBytes, rows, columns, symbolBytes);
  }
  encodeRows(kernels, code, turned, partBytes, symbolBytes, work);
  for (let index = columns; index < shardCount; index++) {
    const part = kernels.view(turned + index * partBytes, partBytes);
    places.write("secondary", index, from * symbolBytes, part);
  }
}

/**
 * The second step, once all rows are done: some columns of the expanded matrix from top to bottom, so all
 * that primary slivers have of them, the secondary slivers that are part of the message, and the
 * hashes of all their symbols, with the trees over them as far as they go. Panels may come in any order.
 */
export function expandPanel(
  kernels: Kernels,
  shape: MatrixShape,
  places: SliverPlaces,
  panel: ColumnPanel,
): PanelNodes {
  const { shardCount, symbolBytes } = shape;
  const columns = panel.to - panel.from;
  const code = { originals: shape.rows, repairs: shardCount - shape.rows };
  kernels.expectLeaves(symbolBytes, shardCount * shardCount);
  const rowBytes = columns * symbolBytes;
  const [symbols, at, even, odd, turned, work] = kernels.reserve(
    shardCount * rowBytes,
    ...nodeGridBytes(shardCount, columns),
    shape.rows * rowBytes,
    stripsFor(2 * codePlan(code).chunk).workBytes,
  );
  readPanel(kernels, shape, places, panel, symbols, turned);
  encodeRows(kernels, code, symbols, rowBytes, symbolBytes, work);
  writePanel(kernels, shape, places, panel, symbols, turned);
  kernels.hashLeaves(symbols, symbolBytes, columns, shardCount, at, nodeRowBytes(columns));
  const grid = { at, rows: shardCount, columns, even, odd };
  return {
    columns: rootsOfColumns(kernels, grid),
    rows: nodesOfRows(kernels, grid, panel.levels),
  };
}

/** How many columns of a panel are part of the message. */
const messageColumns = (shape: MatrixShape, { from, to }: ColumnPanel): number =>
  Math.max(0, Math.min(to, shape.columns) - from);

/** Reads the upper part of a panel: from the message, and from secondary slivers to the right of it. */
function readPanel(
  kernels: Kernels,
  shape: MatrixShape,
  places: SliverPlaces,
  panel: ColumnPanel,
  symbols: number,
  turned: number,
): void {
  const { rows, columns, symbolBytes } = shape;
  const left = messageColumns(shape, panel);
  const right = panel.to - panel.from - left;
  const rowBytes = (left + right) * symbolBytes;
  const sliverBytes = rows * symbolBytes;
  if (right > 0) {
    for (let i = 0; i < right; i++) {
      const sliver = kernels.view(turned + i * sliverBytes, sliverBytes);
      places.readSecondary(panel.from + left + i, sliver);
    }
    const to = symbols + left * symbolBytes;
    // Before the left part is read, for this may write over some of it.
    kernels.run.transpose(to, rowBytes, turned, sliverBytes, right, rows, symbolBytes);
  }
  if (left === 0) return;
  for (let row = 0; row < rows; row++) {
    const part = kernels.view(symbols + row * rowBytes, left * symbolBytes);
    places.readMessage((row * columns + panel.from) * symbolBytes, part);
  }
}

/** Writes what a panel has of slivers that are not written yet. */
function writePanel(
  kernels: Kernels,
  shape: MatrixShape,
  places: SliverPlaces,
  panel: ColumnPanel,
  symbols: number,
  turned: number,
): void {
  const { shardCount, rows, symbolBytes } = shape;
  const left = messageColumns(shape, panel);
  if (left === 0) return;
  const rowBytes = (panel.to - panel.from) * symbolBytes;
  const sliverBytes = rows * symbolBytes;
  for (let row = rows; row < shardCount; row++) {
    const part = kernels.view(symbols + row * rowBytes, left * symbolBytes);
    places.write("primary", row, panel.from * symbolBytes, part);
  }
  if (symbolBytes >= places.pieceBytesMin) {
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < left; i++) {
        const symbol = kernels.view(symbols + row * rowBytes + i * symbolBytes, symbolBytes);
        places.write("secondary", panel.from + i, row * symbolBytes, symbol);
      }
    }
    return;
  }
  kernels.run.transpose(turned, sliverBytes, symbols, rowBytes, rows, left, symbolBytes);
  for (let i = 0; i < left; i++) {
    const sliver = kernels.view(turned + i * sliverBytes, sliverBytes);
    places.write("secondary", panel.from + i, 0, sliver);
  }
}
