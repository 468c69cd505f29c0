import { multiply } from "../field/field.ts";

/** Bytes of the tables of one factor. */
export const TABLE_BYTES = 128;

/**
 * Kernels have elements in other coordinates: those over the subfield of 256 elements, which is the span
 * of the low bytes, with 256 as the second basis vector. A product with a factor of the subfield then
 * takes low byte from low byte, and high from high, by the same tables. High bytes are the same in
 * either coordinates, and what has to be added to low bytes depends on them alone:
 */
const offset = (high: number): number => multiply(256, high) & 255;

/** Tables of what is to be added, for the lower and the upper nibble of a high byte. */
export function writeOffsetTable(target: Uint8Array): void {
  for (let value = 0; value < 16; value++) {
    target[value] = offset(value);
    target[16 + value] = offset(value << 4);
  }
}

/**
 * Writes what a factor makes of each nibble of an element: four tables of 16 for the low byte of
 * the product, from the lowest nibble up, then four for its high byte.
 */
export function writeFactorTable(target: Uint8Array, factor: number): void {
  for (let nibble = 0; nibble < 4; nibble++) {
    for (let value = 1; value < 16; value++) {
      const lowest = value & -value;
      const rest = value ^ lowest;
      const at = 16 * nibble + value;
      const element =
        nibble < 2 ? lowest << (4 * nibble) : multiply(256, lowest << (4 * nibble - 8));
      const product = multiply(factor, element);
      const high = product >> 8;
      target[at] = target[16 * nibble + rest]! ^ product ^ offset(high);
      target[at + 64] = target[64 + 16 * nibble + rest]! ^ high;
    }
  }
}
