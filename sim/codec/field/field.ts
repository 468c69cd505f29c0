/**
 * The field of 65,536 elements that Red Stuff computes in. An element's bits are coordinates in a
 * Cantor basis, in which small integers behave well under the additive transform. Addition is XOR;
 * multiplication adds logarithms.
 */
const REDUCTION = 0x1002d;
const ELEMENTS = 65_536;
const NON_ZERO = ELEMENTS - 1;

/** The basis, each vector as a polynomial modulo the reduction polynomial. */
const CANTOR_BASIS = [
  0x0001, 0xacca, 0x3c0e, 0x163e, 0xc582, 0xed2e, 0x914c, 0x4012, 0x6c98, 0x10d8, 0x6a72, 0xb900,
  0xfdb8, 0xfb34, 0xff38, 0x991e,
] as const;

/** Logarithm of each element, from 0 to 65,534. That of 0, which has none, is 65,535. */
export const LOG = new Uint16Array(ELEMENTS);

/** The element of each logarithm, twice over, so that a sum of two needs no reduction. */
export const EXP = new Uint16Array(2 * NON_ZERO + 1);

fillTables();

function fillTables(): void {
  const logOfPolynomial = new Uint16Array(ELEMENTS);
  for (let log = 0, power = 1; log < NON_ZERO; log++) {
    logOfPolynomial[power] = log;
    power <<= 1;
    if (power >= ELEMENTS) power ^= REDUCTION;
  }
  logOfPolynomial[0] = NON_ZERO;

  const polynomials = new Uint16Array(ELEMENTS);
  for (const [bit, vector] of CANTOR_BASIS.entries()) {
    const size = 1 << bit;
    for (let x = 0; x < size; x++) polynomials[size + x] = polynomials[x]! ^ vector;
  }
  for (let x = 0; x < ELEMENTS; x++) LOG[x] = logOfPolynomial[polynomials[x]!]!;
  for (let x = 1; x < ELEMENTS; x++) {
    EXP[LOG[x]!] = x;
    EXP[LOG[x]! + NON_ZERO] = x;
  }
}

export function multiply(a: number, b: number): number {
  return a === 0 || b === 0 ? 0 : EXP[LOG[a]! + LOG[b]!]!;
}

/** The element of a logarithm of any size or sign. */
export function power(log: number): number {
  const reduced = log % NON_ZERO;
  return EXP[reduced < 0 ? reduced + NON_ZERO : reduced]!;
}

/** Adds a row to another, place by place. */
export function addRow(target: Uint16Array, row: Uint16Array): void {
  for (let i = 0; i < target.length; i++) target[i]! ^= row[i]!;
}

/** Adds a multiple of a row to another, place by place. */
export function addMultiple(target: Uint16Array, row: Uint16Array, factor: number): void {
  if (factor === 0) return;
  const log = LOG[factor]!;
  for (let i = 0; i < target.length; i++) {
    const element = row[i]!;
    if (element !== 0) target[i]! ^= EXP[LOG[element]! + log]!;
  }
}

/** A multiple of a row, as a new one. The factor is not 0. */
export function multipleOf(row: Uint16Array, factor: number): Uint16Array {
  const multiple = new Uint16Array(row.length);
  addMultiple(multiple, row, factor);
  return multiple;
}
