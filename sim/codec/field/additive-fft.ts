import { addMultiple, addRow } from "./field.ts";

/**
 * The additive transform of Lin, Chung and Han, over a power of two of rows, in place: `forward`
 * takes coefficients to values at consecutive points of the field from `point` on, `inverse` takes
 * them back. Each place of a row is a transform of its own, and all go through the same steps.
 *
 * Only the first `used` rows matter: the inverse finds zeros beyond them, the forward leaves
 * whatever it likes there.
 */
export function forward(rows: readonly Uint16Array[], used: number, point: number): void {
  for (let distance = rows.length / 2; distance >= 1; distance /= 2) {
    for (let block = 0; block < used; block += 2 * distance) {
      const factor = twist(point + block + distance);
      for (let i = block; i < block + distance; i++) {
        addMultiple(rows[i]!, rows[i + distance]!, factor);
        addRow(rows[i + distance]!, rows[i]!);
      }
    }
  }
}

export function inverse(rows: readonly Uint16Array[], used: number, point: number): void {
  for (let distance = 1; distance < rows.length; distance *= 2) {
    for (let block = 0; block < used; block += 2 * distance) {
      const factor = twist(point + block + distance);
      for (let i = block; i < block + distance; i++) {
        addRow(rows[i + distance]!, rows[i]!);
        addMultiple(rows[i]!, rows[i + distance]!, factor);
      }
    }
  }
}

/** The formal derivative of a polynomial, in place, from its coefficients to its coefficients. */
export function derive(coefficients: readonly Uint16Array[]): void {
  for (let i = 1; i < coefficients.length; i++) {
    const width = i & -i;
    for (let k = i; k < i + width; k++) addRow(coefficients[k - width]!, coefficients[k]!);
  }
}

/**
 * The factor of the butterflies whose upper half begins at a point, odd * 2^k: the k-th vanishing
 * polynomial there, scaled to 1 at 2^k. In a Cantor basis that is point / 2^k, without its last bit.
 */
export function twist(point: number): number {
  return point / (point & -point) - 1;
}
