import { describe, expect, it } from "vitest";
import { type Distribution, meanOf, sample } from "./distribution.ts";
import { RandomStreams } from "./random-streams.ts";

const all: Distribution[] = [
  { kind: "constant", value: 3 },
  { kind: "uniform", from: 1, to: 5 },
  { kind: "exponential", mean: 2 },
  { kind: "log-normal", median: 2, sigma: 0.5 },
  { kind: "weibull", shape: 0.7, scale: 2 },
  { kind: "pareto", shape: 3, minimum: 2 },
  { kind: "empirical", values: [1, 4, 4, 7] },
  { kind: "shifted", by: 10, of: { kind: "exponential", mean: 2 } },
];

describe("a draw", () => {
  it.each(all)("of $kind depends on nothing but the stream's state", (distribution) => {
    const streams = new RandomStreams("draws");
    const random = streams.stream("any");
    sample(distribution, random); // A sampler that keeps a second value would keep it here.
    const snapshot = streams.snapshot();
    const next = [sample(distribution, random), sample(distribution, random)];
    const other = new RandomStreams("draws");
    other.restore(snapshot);
    expect([1, 2].map(() => sample(distribution, other.stream("any")))).toEqual(next);
  });

  it.each(all)("of $kind is finite at both ends of luck", (distribution) => {
    for (const luck of [2 ** -32, 0.5, 1 - 2 ** -32]) {
      const [once, again] = [
        sample(distribution, firstLuck(luck)),
        sample(distribution, firstLuck(luck)),
      ];
      expect(Number.isFinite(once)).toBe(true);
      expect(again).toBe(once);
    }
  });

  it("of an empirical distribution is one of its values, the first and the last included", () => {
    const values = [5, 6, 7];
    expect(sample({ kind: "empirical", values }, () => 0)).toBe(5);
    expect(sample({ kind: "empirical", values }, () => 1 - 2 ** -32)).toBe(7);
  });
});

/** Luck once, then numbers that a rejection sampler accepts. */
function firstLuck(luck: number): () => number {
  const draws = [luck];
  return () => draws.pop() ?? 0.3;
}

describe("the mean", () => {
  // By hand: Γ(1 + 1/2) = √π / 2; 2 e^(1/8); 3·2 / (3 - 1).
  it.each<[Distribution, number]>([
    [{ kind: "constant", value: 3 }, 3],
    [{ kind: "uniform", from: 1, to: 5 }, 3],
    [{ kind: "exponential", mean: 2 }, 2],
    [{ kind: "log-normal", median: 2, sigma: 0.5 }, 2 * Math.exp(1 / 8)],
    [{ kind: "weibull", shape: 2, scale: 4 }, 2 * Math.sqrt(Math.PI)],
    [{ kind: "pareto", shape: 3, minimum: 2 }, 3],
    [{ kind: "pareto", shape: 1, minimum: 2 }, Infinity],
    [{ kind: "empirical", values: [1, 4, 4, 7] }, 4],
    [{ kind: "shifted", by: 10, of: { kind: "exponential", mean: 2 } }, 12],
  ])("of %j is %d", (distribution, mean) => {
    expect(meanOf(distribution)).toBeCloseTo(mean, 12);
  });
});
