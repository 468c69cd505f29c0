// @ts-nocheck AssemblyScript: compiled by ../build-kernels.mjs

// A row of symbols is worked on as two planes: the low bytes of all its field elements, then the high
// bytes. Copies go in steps of 16 bytes, so each plane and each source has 16 bytes to spare behind it.
// Within planes, elements have other coordinates: see ../fast/factor-tables.ts.

/** Where the two tables lie of what low bytes differ by in those coordinates. */
let offsetTables: usize = 0;

export function setOffsetTables(at: usize): void {
  offsetTables = at;
}

/** Changes the coordinates of elements, either way. */
function turnCoordinates(low: usize, high: usize, elements: usize): void {
  const nibble = i8x16.splat(15);
  const t0 = v128.load(offsetTables), t1 = v128.load(offsetTables, 16);
  for (const end = low + elements; low < end; low += 16, high += 16) {
    const bytes = v128.load(high);
    const lower = v128.and(bytes, nibble), upper = v128.and(i16x8.shr_u(bytes, 4), nibble);
    v128.store(low, v128.xor(v128.load(low), v128.xor(v128.swizzle(t0, lower), v128.swizzle(t1, upper))));
  }
}

/** Takes `count` symbols apart. */
export function gather(low: usize, high: usize, symbols: usize, count: i32, symbolBytes: i32): void {
  if (symbolBytes == 2) gatherPairs(low, high, symbols, count);
  else gatherSymbols(low, high, symbols, count, symbolBytes);
  turnCoordinates(low, high, count * (symbolBytes >> 1));
}

function gatherSymbols(low: usize, high: usize, symbols: usize, count: i32, symbolBytes: i32): void {
  const tail: usize = (symbolBytes & 63) >> 1;
  for (let i = 0; i < count; i++) {
    for (let block = symbolBytes >> 6; block > 0; block--) {
      v128.store(low, v128.load(symbols));
      v128.store(low, v128.load(symbols, 16), 16);
      v128.store(high, v128.load(symbols, 32));
      v128.store(high, v128.load(symbols, 48), 16);
      symbols += 64;
      low += 32;
      high += 32;
    }
    if (tail == 0) continue;
    v128.store(low, v128.load(symbols));
    v128.store(high, v128.load(symbols + tail));
    if (tail > 16) {
      v128.store(low, v128.load(symbols, 16), 16);
      v128.store(high, v128.load(symbols + tail, 16), 16);
    }
    symbols += 2 * tail;
    low += tail;
    high += tail;
  }
}

// Symbols of one element, 16 at a time.
function gatherPairs(low: usize, high: usize, symbols: usize, count: i32): void {
  for (let i = 0; i < count; i += 16) {
    const a = v128.load(symbols);
    const b = v128.load(symbols, 16);
    v128.store(low, v128.shuffle<u8>(a, b, 0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30));
    v128.store(high, v128.shuffle<u8>(a, b, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27, 29, 31));
    symbols += 32;
    low += 16;
    high += 16;
  }
}

/** Puts `count` symbols together, and writes nothing behind them. What the planes hold is lost. */
export function scatter(symbols: usize, low: usize, high: usize, count: i32, symbolBytes: i32): void {
  turnCoordinates(low, high, count * (symbolBytes >> 1));
  const tail: usize = (symbolBytes & 63) >> 1;
  // What a copy of 16 bytes writes too much, the next symbols overwrite; the last have to be exact.
  const exactFrom = count - 8;
  for (let i = 0; i < count; i++) {
    for (let block = symbolBytes >> 6; block > 0; block--) {
      v128.store(symbols, v128.load(low));
      v128.store(symbols, v128.load(low, 16), 16);
      v128.store(symbols, v128.load(high), 32);
      v128.store(symbols, v128.load(high, 16), 48);
      symbols += 64;
      low += 32;
      high += 32;
    }
    if (tail == 0) continue;
    if (i >= exactFrom) {
      copyExactly(symbols, low, tail);
      copyExactly(symbols + tail, high, tail);
    } else {
      v128.store(symbols, v128.load(low));
      if (tail > 16) v128.store(symbols, v128.load(low, 16), 16);
      v128.store(symbols + tail, v128.load(high));
      if (tail > 16) v128.store(symbols + tail, v128.load(high, 16), 16);
    }
    symbols += 2 * tail;
    low += tail;
    high += tail;
  }
}

/** Copies up to 32 bytes, in two steps that may overlap. */
export function copyExactly(to: usize, from: usize, bytes: usize): void {
  if (bytes >= 16) {
    v128.store(to, v128.load(from));
    v128.store(to + bytes - 16, v128.load(from + bytes - 16));
  } else if (bytes >= 8) {
    store<u64>(to, load<u64>(from));
    store<u64>(to + bytes - 8, load<u64>(from + bytes - 8));
  } else if (bytes >= 4) {
    store<u32>(to, load<u32>(from));
    store<u32>(to + bytes - 4, load<u32>(from + bytes - 4));
  } else if (bytes >= 2) {
    store<u16>(to, load<u16>(from));
    store<u16>(to + bytes - 2, load<u16>(from + bytes - 2));
  } else {
    store<u8>(to, load<u8>(from));
  }
}
