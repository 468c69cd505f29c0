// @ts-nocheck AssemblyScript: compiled by ../build-kernels.mjs
import { addRows, clearRows, derive, forwardLayers, inverseLayers, planeOffset, rowBytes, scale, setElements } from "./butterflies";
import { gather, scatter } from "./planes";

// Rows are worked on in strips that fit a near cache: a few symbols of each row, or a part of one.
let stripSymbols: i32 = 0;
let stripSymbolBytes: i32 = 0;

function readRow(work: usize, symbols: usize): void {
  gather(work, work + planeOffset(), symbols, stripSymbols, stripSymbolBytes);
}

function writeRow(symbols: usize, work: usize): void {
  scatter(symbols, work, work + planeOffset(), stripSymbols, stripSymbolBytes);
}

function setStrip(symbols: i32, symbolBytes: i32): void {
  stripSymbols = symbols;
  stripSymbolBytes = symbolBytes;
  setElements(symbols * (symbolBytes >> 1));
}

/** Bytes of a row's part from `at` that make one strip; sets the strip up for it. */
function nextStrip(at: i32, rowLength: i32, symbolBytes: i32, stripBytes: i32): i32 {
  if (symbolBytes <= stripBytes) {
    const symbols = min(stripBytes / symbolBytes, (rowLength - at) / symbolBytes);
    setStrip(symbols, symbolBytes);
    return symbols * symbolBytes;
  }
  const bytes = min(stripBytes & ~63, symbolBytes - at % symbolBytes);
  setStrip(1, bytes);
  return bytes;
}

/** The repair rows of a code of high rate: see ../field/encode.ts. */
export function encodeHigh(
  originals: usize, originalCount: i32, repairs: usize, repairCount: i32, chunk: i32,
  rowLength: i32, symbolBytes: i32, stripBytes: i32, work: usize,
): void {
  for (let at = 0; at < rowLength; ) {
    const bytes = nextStrip(at, rowLength, symbolBytes, stripBytes);
    const step = rowBytes();
    const sum = work, part = work + <usize>chunk * step;
    for (let start = 0; start < originalCount; start += chunk) {
      const count = min(chunk, originalCount - start);
      const rows = start == 0 ? sum : part;
      for (let i = 0; i < count; i++) readRow(rows + <usize>i * step, originals + <usize>(start + i) * rowLength + at);
      clearRows(rows + <usize>count * step, chunk - count);
      inverseLayers(rows, 1, chunk, count, chunk + start);
      if (start > 0) addRows(sum, part, chunk);
    }
    forwardLayers(sum, chunk >> 1, 1, repairCount, 0);
    for (let i = 0; i < repairCount; i++) writeRow(repairs + <usize>i * rowLength + at, sum + <usize>i * step);
    at += bytes;
  }
}

/** The repair rows of a code of low rate: see ../field/encode.ts. */
export function encodeLow(
  originals: usize, originalCount: i32, repairs: usize, repairCount: i32, chunk: i32,
  rowLength: i32, symbolBytes: i32, stripBytes: i32, work: usize,
): void {
  for (let at = 0; at < rowLength; ) {
    const bytes = nextStrip(at, rowLength, symbolBytes, stripBytes);
    const step = rowBytes();
    const coefficients = work, values = work + <usize>chunk * step;
    for (let i = 0; i < originalCount; i++) readRow(coefficients + <usize>i * step, originals + <usize>i * rowLength + at);
    clearRows(coefficients + <usize>originalCount * step, chunk - originalCount);
    inverseLayers(coefficients, 1, chunk, originalCount, 0);
    for (let start = 0; start < repairCount; start += chunk) {
      const count = min(chunk, repairCount - start);
      // The last chunk may use the coefficients up.
      const rows = start + chunk < repairCount ? values : coefficients;
      if (rows != coefficients) memory.copy(rows, coefficients, <usize>chunk * step);
      forwardLayers(rows, chunk >> 1, 1, count, chunk + start);
      for (let i = 0; i < count; i++) writeRow(repairs + <usize>(start + i) * rowLength + at, rows + <usize>i * step);
    }
    at += bytes;
  }
}

/**
 * The missing rows of a code: see ../field/decode.ts. Points and tables of weights stand in lists,
 * those of the rows received and then those of the rows missing, which must be in rising order.
 */
export function decode(
  received: usize, receivedCount: i32, missing: usize, missingCount: i32, points: usize, weights: usize,
  chunk: i32, end: i32, size: i32, rowLength: i32, symbolBytes: i32, stripBytes: i32, work: usize,
): void {
  const missingPoints = points + (<usize>receivedCount << 2);
  const firstChunk = load<i32>(missingPoints) / chunk * chunk;
  const wanted = load<i32>(missingPoints + (<usize>(missingCount - 1) << 2)) + 1;
  // The first block of every layer adds nothing to its lower half, so what lies beyond is not needed.
  let derived = chunk;
  while (derived < wanted) derived <<= 1;
  for (let at = 0; at < rowLength; ) {
    const bytes = nextStrip(at, rowLength, symbolBytes, stripBytes);
    const step = rowBytes();
    clearRows(work, size);
    for (let i = 0; i < receivedCount; i++) {
      const row = work + <usize>load<i32>(points + (<usize>i << 2)) * step;
      readRow(row, received + <usize>i * rowLength + at);
      scale(row, weights + (<usize>i << 7));
    }
    // A chunk in which nothing was received is zero, and stays so until the chunks are combined.
    for (let start = 0; start < end; start += chunk) {
      if (anyPointIn(points, receivedCount, start, start + chunk)) {
        inverseLayers(work + <usize>start * step, 1, chunk, min(chunk, end - start), start);
      }
    }
    inverseLayers(work, chunk, size, end, 0);
    derive(work, derived, size);
    forwardLayers(work, size >> 1, chunk, wanted, 0);
    for (let start = firstChunk; start < wanted; start += chunk) {
      forwardLayers(work + <usize>start * step, chunk >> 1, 1, min(chunk, wanted - start), start);
    }
    for (let i = 0; i < missingCount; i++) {
      const row = work + <usize>load<i32>(missingPoints + (<usize>i << 2)) * step;
      scale(row, weights + (<usize>(receivedCount + i) << 7));
      writeRow(missing + <usize>i * rowLength + at, row);
    }
    at += bytes;
  }
}

function anyPointIn(points: usize, count: i32, from: i32, to: i32): bool {
  for (let i = 0; i < count; i++) {
    const point = load<i32>(points + (<usize>i << 2));
    if (point >= from && point < to) return true;
  }
  return false;
}
