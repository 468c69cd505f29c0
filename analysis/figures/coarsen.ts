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
  const count = Math.max(1, Math.floor(stretches.length / factor));
  // Evenly: a short rest at the end would stand out for having few operations.
  const edge = (index: number) => Math.round((index * stretches.length) / count);
  return Array.from({ length: count }, (_, index) => {
    const part = stretches.slice(edge(index), edge(index + 1));
    return {
      from: part[0]?.from ?? 0,
      to: part.at(-1)?.to ?? 0,
      bins: part.map((_, offset) => edge(index) + offset),
    };
  });
}
