/** Neighbouring stretches of the timeline, drawn as one. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** Indices of the stretches in it. */
  readonly bins: readonly number[];
}

const FACTOR_MAX = 12;

/**
 * Merges neighbouring stretches, evenly, until one holds `enough` operations on average, so that a
 * line shows the system rather than the luck of a few operations. Never to fewer than a twelfth.
 */
export function coarsen(
  stretches: readonly { readonly from: number; readonly to: number }[],
  operations: number,
  enough: number,
): Stretch[] {
  const wanted = Math.ceil((enough * stretches.length) / Math.max(1, operations));
  const factor = Math.min(FACTOR_MAX, Math.max(1, wanted));
  const merged: Stretch[] = [];
  for (let first = 0; first < stretches.length; first += factor) {
    const part = stretches.slice(first, first + factor);
    merged.push({
      from: part[0]?.from ?? 0,
      to: part.at(-1)?.to ?? 0,
      bins: part.map((_, offset) => first + offset),
    });
  }
  return merged;
}
