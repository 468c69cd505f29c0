// @ts-nocheck AssemblyScript: compiled by ../build-kernels.mjs
import { gather, scatter } from "./planes";

/**
 * The sum of multiples of rows that lie one after another, strip by strip; the tables of the factors
 * stand in a list. Its work is four planes of half a strip and what copies need to spare.
 */
export function combine(
  rows: usize, count: i32, factors: usize, sum: usize,
  rowLength: i32, symbolBytes: i32, stripBytes: i32, work: usize,
): void {
  const plane: usize = ((stripBytes >> 1) + 15 & ~15) + 32;
  const low = work, high = low + plane, sumLow = high + plane, sumHigh = sumLow + plane;
  for (let at = 0; at < rowLength; ) {
    // Some whole symbols, or a part of one that ends between blocks.
    const isWhole = symbolBytes <= stripBytes;
    const symbols = isWhole ? min(stripBytes / symbolBytes, (rowLength - at) / symbolBytes) : 1;
    const partBytes = isWhole ? symbolBytes : min(stripBytes & ~63, symbolBytes - at % symbolBytes);
    const elements: usize = symbols * (partBytes >> 1);
    memory.fill(sumLow, 0, elements);
    memory.fill(sumHigh, 0, elements);
    for (let i = 0; i < count; i++) {
      gather(low, high, rows + <usize>i * rowLength + at, symbols, partBytes);
      addMultiple(sumLow, sumHigh, low, high, elements, factors + (<usize>i << 7));
    }
    scatter(sum + at, sumLow, sumHigh, symbols, partBytes);
    at += symbols * partBytes;
  }
}

// The product is summed up from the nibbles of the known factor, as in butterflies.ts.
function addMultiple(toLow: usize, toHigh: usize, low: usize, high: usize, elements: usize, tables: usize): void {
  const nibble = i8x16.splat(15);
  const l0 = v128.load(tables), l1 = v128.load(tables, 16), l2 = v128.load(tables, 32), l3 = v128.load(tables, 48);
  const h0 = v128.load(tables, 64), h1 = v128.load(tables, 80), h2 = v128.load(tables, 96), h3 = v128.load(tables, 112);
  for (let i: usize = 0; i < elements; i += 16) {
    const x = v128.load(low + i), y = v128.load(high + i);
    const a = v128.and(x, nibble), b = v128.and(i16x8.shr_u(x, 4), nibble);
    const c = v128.and(y, nibble), d = v128.and(i16x8.shr_u(y, 4), nibble);
    const productLow = v128.xor(v128.xor(v128.swizzle(l0, a), v128.swizzle(l1, b)), v128.xor(v128.swizzle(l2, c), v128.swizzle(l3, d)));
    const productHigh = v128.xor(v128.xor(v128.swizzle(h0, a), v128.swizzle(h1, b)), v128.xor(v128.swizzle(h2, c), v128.swizzle(h3, d)));
    v128.store(toLow + i, v128.xor(v128.load(toLow + i), productLow));
    v128.store(toHigh + i, v128.xor(v128.load(toHigh + i), productHigh));
  }
}
