import { sum } from "../statistics/sum.ts";

/** A storage node that is up with some chance, whatever the others do. */
interface IndependentNode {
  readonly shards: number;
  /** Chance that it is down. */
  readonly down: number;
}

/**
 * Chance that fewer than `needed` shards are on nodes that are up (a Poisson-binomial law weighted
 * by shards), exact: nodes are added one by one to the distribution of shards that are up. All terms
 * are positive, so even 1e-100 keeps its digits.
 */
export function shortfall(nodes: readonly IndependentNode[], needed: number): number {
  let reached = 0;
  // chance[s]: that exactly s shards are up. Those with enough already are not followed.
  const chance = new Float64Array(needed);
  if (needed > 0) chance[0] = 1;
  for (const { shards, down } of nodes) {
    reached = Math.min(needed - 1, reached + shards);
    for (let up = reached; up >= 0; up -= 1) {
      const without = up >= shards ? (chance[up - shards] ?? 0) : 0;
      chance[up] = (chance[up] ?? 0) * down + without * (1 - down);
    }
  }
  return sum(chance);
}

/**
 * Chance that fewer than `needed` of `count` alike are up: the lower tail of a binomial law, summed
 * from logarithms so that neither the coefficients overflow nor the powers underflow.
 */
export function kOfNShortfall(count: number, needed: number, down: number): number {
  const terms: number[] = [];
  let logCoefficient = 0;
  for (let up = 0; up < needed; up += 1) {
    if (up > 0) logCoefficient += Math.log((count - up + 1) / up);
    terms.push(Math.exp(logCoefficient + up * Math.log1p(-down) + (count - up) * Math.log(down)));
  }
  return sum(terms);
}
