import { sum } from "../statistics/sum.ts";

/*
 * How long it takes until enough of many requests are answered, if answers take independent,
 * exponential times with mean 1 and no link or queue is in the way.
 */

/** Mean and standard deviation of a time, in units of one answer's mean. */
interface Moments {
  readonly mean: number;
  readonly deviation: number;
}

/** All are asked at once, and the `needed`-th answer of `asked` ends the wait. */
export function kthOfAll(needed: number, asked: number): Moments {
  // The gap before the (i + 1)-th answer is exponential with the asked - i that are still out.
  const gaps = Array.from({ length: needed }, (_, answered) => 1 / (asked - answered));
  return { mean: sum(gaps), deviation: Math.sqrt(sum(gaps.map((gap) => gap * gap))) };
}

/** A window of requests is kept open until `needed` are answered: an Erlang time. */
export function slidingWindow(needed: number, window: number): Moments {
  return { mean: needed / window, deviation: Math.sqrt(needed) / window };
}

/**
 * Mean number of requests that a sliding window sends until `needed` succeed, if each fails with
 * chance `failureShare`: those answered, and those still open when the last success comes.
 */
export function windowRequests(needed: number, window: number, failureShare: number): number {
  return needed / (1 - failureShare) + window - 1;
}

/** Seconds of a write's store phase: quorum, the tail that waits on, and the confirmations. */
export function storePhaseSeconds(options: {
  readonly quorumSeconds: number;
  readonly tailFactor: number;
  readonly tailBaseSeconds: number;
  readonly confirmSeconds: number;
}): number {
  const { quorumSeconds, tailFactor, tailBaseSeconds, confirmSeconds } = options;
  return quorumSeconds + tailFactor * quorumSeconds + tailBaseSeconds + confirmSeconds;
}
