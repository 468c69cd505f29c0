import { multiply } from "../field/field.ts";

/** Bytes of the tables of one factor. */
export const TABLE_BYTES = 128;

/**
 * Writes what a factor makes of each nibble of a field element: four tables of 16 for the low byte of
 * the product, from the lowest nibble up, then four for its high byte.
 */
export function writeFactorTable(target: Uint8Array, factor: number): void {
  for (let nibble = 0; nibble < 4; nibble++) {
    for (let value = 1; value < 16; value++) {
      const lowest = value & -value;
      const rest = value ^ lowest;
      const at = 16 * nibble + value;
      const product = multiply(factor, lowest << (4 * nibble));
      target[at] = target[16 * nibble + rest]! ^ product;
      target[at + 64] = target[64 + 16 * nibble + rest]! ^ (product >> 8);
    }
  }
}
