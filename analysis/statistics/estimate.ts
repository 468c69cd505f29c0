import tQuantile from "@stdlib/stats-base-dists-t-quantile";

/** Every interval here is one at 95 %. */
export const CONFIDENCE = 0.95;

/**
 * What replications say about one number. `null` stands for what cannot be said; JSON knows no
 * `undefined`.
 */
export interface Estimate {
  /** `null` if there is no data at all. */
  readonly value: number | null;
  /** `null` if the data bound it on the other side only, or not at all. */
  readonly low: number | null;
  readonly high: number | null;
  /**
   * - `two-sided`: low and high together hold the number with 95 % confidence.
   * - `one-sided`: nothing (or everything) was hit, so only the far side is bounded, at 95 %.
   * - `range`: low and high are the least and the greatest of single replications.
   * - `none`: fewer than two replications, so luck between replications was never seen.
   */
  readonly interval: "two-sided" | "one-sided" | "range" | "none";
  /** Observations: operations, or replications where each gives one number. */
  readonly count: number;
  readonly replications: number;
  /** What the interval takes for granted, or why there is none; "" if there is nothing to add. */
  readonly note: string;
}

/** How many standard errors reach from the value to either end, with so many replications. */
export function tMultiplier(replications: number): number {
  return tQuantile(1 - (1 - CONFIDENCE) / 2, replications - 1);
}

export const noData = (replications: number): Estimate => ({
  value: null,
  low: null,
  high: null,
  interval: "none",
  count: 0,
  replications,
  note: "no data",
});

/** A value without an interval. */
export const bare = (value: number, count: number, replications: number): Estimate => ({
  value,
  low: null,
  high: null,
  interval: "none",
  count,
  replications,
  note: "no interval: fewer than two replications have data",
});
