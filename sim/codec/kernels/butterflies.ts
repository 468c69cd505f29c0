// @ts-nocheck AssemblyScript: compiled by ../build-kernels.mjs

// A product with a known factor is linear in the other one, so it is the sum of what its four
// nibbles contribute: eight tables of 16 bytes a factor, four for each byte of the product.

/** Where the tables of the transform's factors lie: factor f, which is even, at 64 f. */
let factorTables: usize = 0;

/** Where those of the factors from 256 on begin. */
let largeFactors: usize = 0;

/**
 * Bytes of a plane in use, from one plane to the next, and from one row to the next. Loops copy them:
 * a global is read again after every store.
 */
let planeBytes: usize = 0;
let planeStep: usize = 0;
let rowStep: usize = 0;

export function setFactorTables(at: usize): void {
  factorTables = at;
  largeFactors = at + 64 * 256;
}

/** Lays rows out for so many field elements each. */
export function setElements(count: i32): void {
  planeBytes = (<usize>count + 15) & ~15;
  planeStep = planeBytes + 16;
  rowStep = 2 * planeStep;
}

export function rowBytes(): usize {
  return rowStep;
}

export function planeOffset(): usize {
  return planeStep;
}

// @ts-ignore: decorator
@inline
function highNibbles(bytes: v128): v128 {
  return v128.and(i16x8.shr_u(bytes, 4), i8x16.splat(15));
}

// @ts-ignore: decorator
@inline
function sum4(a: v128, b: v128, c: v128, d: v128): v128 {
  return v128.xor(v128.xor(a, b), v128.xor(c, d));
}

/** x += y */
function add(x: usize, y: usize): void {
  const step = planeStep;
  for (const end = x + planeBytes; x < end; x += 16, y += 16) {
    v128.store(x, v128.xor(v128.load(x), v128.load(y)));
    const xHigh = x + step;
    v128.store(xHigh, v128.xor(v128.load(xHigh), v128.load(y + step)));
  }
}

/** x *= the factor whose tables lie there */
export function scale(x: usize, tables: usize): void {
  const step = planeStep;
  const nibble = i8x16.splat(15);
  const l0 = v128.load(tables), l1 = v128.load(tables, 16), l2 = v128.load(tables, 32), l3 = v128.load(tables, 48);
  const h0 = v128.load(tables, 64), h1 = v128.load(tables, 80), h2 = v128.load(tables, 96), h3 = v128.load(tables, 112);
  for (const end = x + planeBytes; x < end; x += 16) {
    const xHigh = x + step;
    const low = v128.load(x), high = v128.load(xHigh);
    const a = v128.and(low, nibble), b = highNibbles(low), c = v128.and(high, nibble), d = highNibbles(high);
    v128.store(x, sum4(v128.swizzle(l0, a), v128.swizzle(l1, b), v128.swizzle(l2, c), v128.swizzle(l3, d)));
    v128.store(xHigh, sum4(v128.swizzle(h0, a), v128.swizzle(h1, b), v128.swizzle(h2, c), v128.swizzle(h3, d)));
  }
}

// Factors below 256 make up a subfield. In the coordinates that planes have, either byte of a product takes
// nothing of the other byte, so half of the tables are zero, and the others two pairs of the same. Most
// factors are that small.

/** x += factor * y, then y += x */
function forwardButterfly(x: usize, y: usize, tables: usize): void {
  const step = planeStep;
  const nibble = i8x16.splat(15);
  const l0 = v128.load(tables), l1 = v128.load(tables, 16), l2 = v128.load(tables, 32), l3 = v128.load(tables, 48);
  const h0 = v128.load(tables, 64), h1 = v128.load(tables, 80), h2 = v128.load(tables, 96), h3 = v128.load(tables, 112);
  for (const end = x + planeBytes; x < end; x += 16, y += 16) {
    const xHigh = x + step, yHigh = y + step;
    const low = v128.load(y), high = v128.load(yHigh);
    const a = v128.and(low, nibble), b = highNibbles(low), c = v128.and(high, nibble), d = highNibbles(high);
    const sumLow = v128.xor(v128.load(x), sum4(v128.swizzle(l0, a), v128.swizzle(l1, b), v128.swizzle(l2, c), v128.swizzle(l3, d)));
    const sumHigh = v128.xor(v128.load(xHigh), sum4(v128.swizzle(h0, a), v128.swizzle(h1, b), v128.swizzle(h2, c), v128.swizzle(h3, d)));
    v128.store(x, sumLow);
    v128.store(xHigh, sumHigh);
    v128.store(y, v128.xor(low, sumLow));
    v128.store(yHigh, v128.xor(high, sumHigh));
  }
}

/** The same with a factor below 256. */
function smallForwardButterfly(x: usize, y: usize, tables: usize): void {
  const step = planeStep;
  const nibble = i8x16.splat(15);
  const t0 = v128.load(tables), t1 = v128.load(tables, 16);
  for (const end = x + planeBytes; x < end; x += 16, y += 16) {
    const xHigh = x + step, yHigh = y + step;
    const low = v128.load(y), high = v128.load(yHigh);
    const sumLow = v128.xor(v128.load(x), v128.xor(v128.swizzle(t0, v128.and(low, nibble)), v128.swizzle(t1, highNibbles(low))));
    const sumHigh = v128.xor(v128.load(xHigh), v128.xor(v128.swizzle(t0, v128.and(high, nibble)), v128.swizzle(t1, highNibbles(high))));
    v128.store(x, sumLow);
    v128.store(xHigh, sumHigh);
    v128.store(y, v128.xor(low, sumLow));
    v128.store(yHigh, v128.xor(high, sumHigh));
  }
}

/** y += x, then x += factor * y */
function inverseButterfly(x: usize, y: usize, tables: usize): void {
  const step = planeStep;
  const nibble = i8x16.splat(15);
  const l0 = v128.load(tables), l1 = v128.load(tables, 16), l2 = v128.load(tables, 32), l3 = v128.load(tables, 48);
  const h0 = v128.load(tables, 64), h1 = v128.load(tables, 80), h2 = v128.load(tables, 96), h3 = v128.load(tables, 112);
  for (const end = x + planeBytes; x < end; x += 16, y += 16) {
    const xHigh = x + step, yHigh = y + step;
    const xLowBytes = v128.load(x), xHighBytes = v128.load(xHigh);
    const low = v128.xor(v128.load(y), xLowBytes), high = v128.xor(v128.load(yHigh), xHighBytes);
    const a = v128.and(low, nibble), b = highNibbles(low), c = v128.and(high, nibble), d = highNibbles(high);
    v128.store(y, low);
    v128.store(yHigh, high);
    v128.store(x, v128.xor(xLowBytes, sum4(v128.swizzle(l0, a), v128.swizzle(l1, b), v128.swizzle(l2, c), v128.swizzle(l3, d))));
    v128.store(xHigh, v128.xor(xHighBytes, sum4(v128.swizzle(h0, a), v128.swizzle(h1, b), v128.swizzle(h2, c), v128.swizzle(h3, d))));
  }
}

/** The same with a factor below 256. */
function smallInverseButterfly(x: usize, y: usize, tables: usize): void {
  const step = planeStep;
  const nibble = i8x16.splat(15);
  const t0 = v128.load(tables), t1 = v128.load(tables, 16);
  for (const end = x + planeBytes; x < end; x += 16, y += 16) {
    const xHigh = x + step, yHigh = y + step;
    const xLowBytes = v128.load(x), xHighBytes = v128.load(xHigh);
    const low = v128.xor(v128.load(y), xLowBytes), high = v128.xor(v128.load(yHigh), xHighBytes);
    v128.store(y, low);
    v128.store(yHigh, high);
    v128.store(x, v128.xor(xLowBytes, v128.xor(v128.swizzle(t0, v128.and(low, nibble)), v128.swizzle(t1, highNibbles(low)))));
    v128.store(xHigh, v128.xor(xHighBytes, v128.xor(v128.swizzle(t0, v128.and(high, nibble)), v128.swizzle(t1, highNibbles(high)))));
  }
}

/** The factor of the butterflies whose upper half begins at a point: see ../field/additive-fft.ts. */
function tablesAt(point: i32): usize {
  return factorTables + ((<usize>((point >> ctz(point)) - 1)) << 6);
}

/** The layers of the forward transform from distance `from` down to `to`. */
export function forwardLayers(rows: usize, from: i32, to: i32, used: i32, point: i32): void {
  for (let distance = from; distance >= to; distance >>= 1) {
    const gap = <usize>distance * rowStep;
    for (let block = 0; block < used; block += distance << 1) {
      const tables = tablesAt(point + block + distance);
      let x = rows + <usize>block * rowStep;
      const end = x + gap;
      if (tables == factorTables) for (; x < end; x += rowStep) add(x + gap, x);
      else if (tables < largeFactors) for (; x < end; x += rowStep) smallForwardButterfly(x, x + gap, tables);
      else for (; x < end; x += rowStep) forwardButterfly(x, x + gap, tables);
    }
  }
}

/** The layers of the inverse transform from distance `from` up to, and without, `size`. */
export function inverseLayers(rows: usize, from: i32, size: i32, used: i32, point: i32): void {
  for (let distance = from; distance < size; distance <<= 1) {
    const gap = <usize>distance * rowStep;
    for (let block = 0; block < used; block += distance << 1) {
      const tables = tablesAt(point + block + distance);
      let x = rows + <usize>block * rowStep;
      const end = x + gap;
      if (tables == factorTables) for (; x < end; x += rowStep) add(x + gap, x);
      else if (tables < largeFactors) for (; x < end; x += rowStep) smallInverseButterfly(x, x + gap, tables);
      else for (; x < end; x += rowStep) inverseButterfly(x, x + gap, tables);
    }
  }
}

/** The first `wanted` rows of the derivative: each takes the rows whose index has one bit more. */
export function derive(rows: usize, wanted: i32, size: i32): void {
  for (let i = 0; i < wanted; i++) {
    for (let bit = 1; bit < size; bit <<= 1) {
      if ((i & bit) == 0) add(rows + <usize>i * rowStep, rows + <usize>(i + bit) * rowStep);
    }
  }
}

/** Adds rows to rows. */
export function addRows(to: usize, from: usize, count: i32): void {
  const end = to + <usize>count * rowStep;
  for (; to < end; to += 16, from += 16) v128.store(to, v128.xor(v128.load(to), v128.load(from)));
}

export function clearRows(rows: usize, count: i32): void {
  memory.fill(rows, 0, <usize>count * rowStep);
}
