import seedrandom from "seedrandom";
import { describe, expect, it } from "vitest";
import { kOfNShortfall, shortfall } from "./availability.ts";
import { kthOfAll, slidingWindow, storePhaseSeconds, windowRequests } from "./order-statistics.ts";

describe("order statistics of hedged requests, exponential with mean 1", () => {
  it("Q1: a window of 334 open until 334 succeed takes 1.000, deviation 0.0547", () => {
    const { mean, deviation } = slidingWindow(334, 334);
    expect(mean.toFixed(3)).toBe("1.000");
    expect(deviation.toFixed(4)).toBe("0.0547");
  });

  it.each([
    { id: "Q2: 334 asked, all needed", needed: 334, asked: 334, digits: "6.390" },
    { id: "Q3: 1,000 asked, 334 needed", needed: 334, asked: 1000, digits: "0.4062" },
    { id: "Q4: 1,000 asked, 667 needed", needed: 667, asked: 1000, digits: "1.0986" },
    { id: "Q5: 100 asked, 34 needed", needed: 34, asked: 100, digits: "0.4130" },
  ])("$id takes $digits", ({ needed, asked, digits }) => {
    const decimals = digits.length - 2;
    expect(kthOfAll(needed, asked).mean.toFixed(decimals)).toBe(digits);
  });

  // H(100) - H(33) = 1.0986 too: both are near ln 3 = 1.0986.
  it("Q5: 100 asked, 67 needed takes H(100) - H(33)", () => {
    const harmonic = (n: number) =>
      Array.from({ length: n }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0);
    expect(kthOfAll(67, 100).mean).toBeCloseTo(harmonic(100) - harmonic(33), 12);
  });

  // Simulated answer by answer: each frees a slot, which is filled again until the last success. The
  // number of answers is negative binomial, with deviation sqrt(334 q) / (1 - q).
  it("Q6: a window of 334 sends 334 / (1 - q) + 333 until 334 succeed", () => {
    const [needed, window, q, runs] = [334, 334, 0.2, 2000];
    const random = seedrandom.alea("Q6");
    let sent = 0;
    for (let run = 0; run < runs; run += 1) {
      let successes = 0;
      sent += window;
      while (true) {
        if (random() >= q) successes += 1;
        if (successes === needed) break;
        sent += 1;
      }
    }
    const error = Math.sqrt((needed * q) / runs) / (1 - q);
    expect(Math.abs(sent / runs - windowRequests(needed, window, q))).toBeLessThan(4 * error);
  });

  it("Q7: a store phase lasts T + 0.5 T + 0.5 s and the confirmations", () => {
    const phase = { tailFactor: 0.5, tailBaseSeconds: 0.5, confirmSeconds: 0.45 };
    // The three public logs: uploads of 8, 1 and 3 s had tails of 4, 1 and 2 s (to whole seconds).
    for (const [quorumSeconds, tail] of [
      [8, 4],
      [1, 1],
      [3, 2],
    ] as const) {
      const whole = storePhaseSeconds({ ...phase, quorumSeconds });
      expect(Math.abs(whole - quorumSeconds - tail - 0.45)).toBeLessThanOrEqual(0.5);
    }
  });
});

describe("unavailability of 100 nodes with 10 shards each, down independently", () => {
  const committee = (down: number) => Array.from({ length: 100 }, () => ({ shards: 10, down }));

  // Writes need 667 of 1,000 shards, so 67 nodes; reads by primary slivers 334, so 34 nodes.
  it.each([
    { down: 0.01, writes: "3.0e-42", reads: "2.1e-108" },
    { down: 0.05, writes: "1.27e-19", reads: "3.8e-62" },
    { down: 0.1, writes: "7.00e-11", reads: "9.6e-43" },
    { down: 0.2, writes: "7.37e-4", reads: "3.1e-24" },
    { down: 0.3, writes: "2.207e-1", reads: "2.66e-14" },
  ])("is $writes for writes and $reads for reads at p = $down", ({ down, writes, reads }) => {
    for (const [needed, digits] of [
      [667, writes],
      [334, reads],
    ] as const) {
      const decimals = digits.indexOf("e") - 2;
      expect(shortfall(committee(down), needed).toExponential(decimals)).toBe(digits);
    }
  });

  it.each([
    { down: 0.25, digits: "1.70e-9" },
    { down: 0.3, digits: "1.09e-2" },
    { down: 0.33, digits: "4.056e-1" },
  ])("is $digits for writes with 1,000 independent shards at p = $down", ({ down, digits }) => {
    const decimals = digits.indexOf("e") - 2;
    expect(kOfNShortfall(1000, 667, down).toExponential(decimals)).toBe(digits);
  });

  // Rounding: each of 1,000 steps of the sum over nodes errs by at most 3 units of 1.1e-16 relative;
  // the logarithms reach 1e3 in size, so their exponentials err by 1e3 * 1.1e-16 * 1e3 steps.
  it.each([0.05, 0.1, 0.3])("is the same by logarithms and node by node, at p = %d", (down) => {
    const singles = Array.from({ length: 1000 }, () => ({ shards: 1, down }));
    const ratio = shortfall(singles, 667) / kOfNShortfall(1000, 667, down);
    expect(Math.abs(ratio - 1)).toBeLessThan(2e-10);
  });
});
