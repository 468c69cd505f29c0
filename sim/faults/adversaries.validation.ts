import { describe, expect, it } from "vitest";
import type { Flap, Regime } from "./fault.ts";
import { TestWorld } from "./test-world.ts";

const exponential = (mean: number) => ({ kind: "exponential", mean }) as const;

/**
 * Of a two-state Markov chain that begins in the other state, over a stretch: the expected share of time
 * in a state, and four standard errors of its mean over so many chains.
 *
 * With p in the long run and relaxation time r = 1 / (1/a + 1/b), the chance at t is p (1 - exp(-t/r)), and a
 * time average over T has variance 2 p (1 - p) r / T for T far above r.
 */
function shareOfTime(mean: number, otherMean: number, stretch: number, chains: number) {
  const p = mean / (mean + otherMean);
  const r = 1 / (1 / mean + 1 / otherMean);
  const expected = p * (1 - (r / stretch) * (1 - Math.exp(-stretch / r)));
  return { expected, tolerance: 4 * Math.sqrt((2 * p * (1 - p) * r) / stretch / chains) };
}

describe("nodes that flap", () => {
  it("are up for the share of time that a chain begun down is", () => {
    const nodes = 200;
    const lasts = 200_000;
    const flap: Flap = {
      kind: "flap",
      nodes: "all",
      at: 1000,
      lasts: { kind: "constant", value: lasts },
      up: exponential(300),
      down: exponential(100),
    };
    const test = new TestWorld({ faults: [flap], shards: new Array<number>(nodes).fill(1) });
    test.run(1000 + lasts);
    const upSince = new Map<number, number>();
    let up = 0;
    for (const [time, fact, { node }] of test.told("node-down", "node-up")) {
      if (fact === "node-up") upSince.set(node as number, time);
      else up += time - (upSince.get(node as number) ?? time);
      if (fact === "node-down") upSince.delete(node as number);
    }
    for (const since of upSince.values()) up += 1000 + lasts - since;
    const { expected, tolerance } = shareOfTime(300, 100, lasts, nodes);
    // Draws are whole microseconds of at least 1: lengths of 100 are right to some 0.5 %.
    expect(Math.abs(up / (nodes * lasts) - expected)).toBeLessThan(tolerance + 0.001);
  });
});

describe("a regime", () => {
  const [calm, war, horizon, runs] = [3000, 1000, 400_000, 40] as const;
  const regime: Regime = {
    kind: "regime",
    calm: exponential(calm),
    war: exponential(war),
    begins: "calm",
    faults: [{ kind: "crash", nodes: { list: ["nobody"] }, at: 0 }],
  };
  const turns = Array.from({ length: runs }, (_, run) =>
    new TestWorld({ faults: [regime], seed: `regime/${run}` }).run(horizon).told("regime"),
  );

  it("is war for the share of time that a chain begun in calm is", () => {
    let inWar = 0;
    for (const facts of turns) {
      facts.forEach(([time, , details], i) => {
        if (details.regime === "war") inWar += (facts[i + 1]?.[0] ?? horizon) - time;
      });
    }
    const { expected, tolerance } = shareOfTime(war, calm, horizon, runs);
    expect(Math.abs(inWar / (runs * horizon) - expected)).toBeLessThan(tolerance);
  });

  it("has as many wars as a renewal process of its cycles", () => {
    const wars = turns.map((facts) => facts.filter(([, , { regime }]) => regime === "war").length);
    const mean = wars.reduce((sum, count) => sum + count, 0) / runs;
    // Cycles of mean m and variance v: T / m renewals, and of the k-th war's beginning calm / m more or less,
    // up to a constant below 1; their variance is T v / m^3.
    const cycle = calm + war;
    const variance = calm ** 2 + war ** 2;
    // E N(T) = T / m + (v - m^2) / 2 m^2 for whole cycles; a war counts from its beginning, `war` before its end.
    const expected = (horizon + war) / cycle + (variance - cycle ** 2) / (2 * cycle ** 2);
    const deviation = Math.sqrt((horizon * variance) / cycle ** 3 / runs);
    expect(Math.abs(mean - expected)).toBeLessThan(4 * deviation);
  });
});
