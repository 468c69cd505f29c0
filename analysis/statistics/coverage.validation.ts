import { randomExponential, randomNormal } from "d3-random";
import seedrandom from "seedrandom";
import { describe, expect, it } from "vitest";
import type { Estimate } from "./estimate.ts";
import { pooledMean } from "./mean.ts";
import { pooledPercentile } from "./percentile.ts";
import { pooledShare } from "./share.ts";

// Each experiment covers the truth or not: with 2,000 of them the standard error of the coverage is
// sqrt(0.95 * 0.05 / 2000) = 0.0049, and four of them are 0.0195.
const experiments = 2000;
const tolerance = 4 * Math.sqrt((0.95 * 0.05) / experiments);

const covers = (estimate: Estimate, truth: number) =>
  (estimate.low ?? -Infinity) <= truth && truth <= (estimate.high ?? Infinity);

function coverage(experiment: (index: number) => boolean): number {
  let hits = 0;
  for (let index = 0; index < experiments; index += 1) hits += experiment(index) ? 1 : 0;
  return hits / experiments;
}

const list = <T>(length: number, make: () => T): T[] => Array.from({ length }, make);

describe("the 95 % interval of a mean over replications that share luck within", () => {
  // Replication effect and operation noise are normal, so t is exact when counts are equal.
  it.each([2, 5, 30])("covers 95 % of the time, with %i replications", (replications) => {
    const normal = randomNormal.source(seedrandom.alea(`mean/${replications}`))();
    const covered = coverage(() => {
      const clusters = list(replications, () => {
        const effect = 10 + normal();
        return { total: 50 * effect + Math.sqrt(50) * 2 * normal(), count: 50 };
      });
      return covers(pooledMean(clusters), 10);
    });
    expect(Math.abs(covered - 0.95)).toBeLessThan(tolerance);
  });

  it("covers 95 % of the time when some replications have three times the operations", () => {
    const normal = randomNormal.source(seedrandom.alea("unequal"))();
    const covered = coverage((experiment) => {
      let replication = experiment;
      const clusters = list(30, () => {
        replication += 1;
        const count = replication % 2 === 0 ? 50 : 150;
        return { total: count * (10 + normal()), count };
      });
      return covers(pooledMean(clusters), 10);
    });
    // The variance of a ratio of totals is right to first order only: 1/R of it is given away.
    expect(Math.abs(covered - 0.95)).toBeLessThan(tolerance + 1 / 30);
  });
});

describe("the 95 % interval of a share", () => {
  // Each replication has its own share, p - spread or p + spread. The variance of the pooled share
  // over R replications of n is then (spread^2 + (p (1 - p) - spread^2) / n) / R.
  it.each([
    { share: 0.5, spread: 0, replications: 5 },
    { share: 0.5, spread: 0.1, replications: 10 },
    { share: 0.99, spread: 0.005, replications: 10 },
    { share: 0.998, spread: 0, replications: 10 },
    { share: 0.9, spread: 0.05, replications: 30 },
  ])(
    "covers at least 95 %, and is no wider than twice the ideal: $share ± $spread, $replications replications",
    ({ share, spread, replications }) => {
      const random = seedrandom.alea(`share/${share}/${spread}/${replications}`);
      const tries = 300;
      let width = 0;
      const covered = coverage(() => {
        const clusters = list(replications, () => {
          const own = random() < 0.5 ? share - spread : share + spread;
          let total = 0;
          for (let index = 0; index < tries; index += 1) total += random() < own ? 1 : 0;
          return { total, count: tries };
        });
        const estimate = pooledShare(clusters);
        width += (estimate.high ?? 1) - (estimate.low ?? 0);
        return covers(estimate, share);
      });
      const error = Math.sqrt(
        (spread ** 2 + (share * (1 - share) - spread ** 2) / tries) / replications,
      );
      expect(covered).toBeGreaterThan(0.95 - tolerance);
      expect(width / experiments).toBeLessThan(2 * 2 * 1.96 * error);
    },
  );
});

describe("the 95 % interval of a percentile", () => {
  // Exponential with a mean of 1 - spread or 1 + spread, evenly: the distribution function is known.
  const percentile = (share: number, spread: number) => {
    let [low, high] = [0, 20];
    for (let step = 0; step < 60; step += 1) {
      const x = (low + high) / 2;
      const below = 1 - (Math.exp(-x / (1 - spread)) + Math.exp(-x / (1 + spread))) / 2;
      if (below < share) low = x;
      else high = x;
    }
    return low;
  };

  it.each([
    { share: 0.5, spread: 0, replications: 5 },
    { share: 0.5, spread: 0.2, replications: 10 },
    { share: 0.9, spread: 0.1, replications: 10 },
    { share: 0.99, spread: 0, replications: 2 },
    { share: 0.99, spread: 0, replications: 10 },
    { share: 0.99, spread: 0.1, replications: 20 },
  ])(
    "covers at least 95 %: share $share, spread $spread, $replications replications",
    ({ share, spread, replications }) => {
      const random = seedrandom.alea(`percentile/${share}/${spread}/${replications}`);
      const exponential = randomExponential.source(random)(1);
      const truth = percentile(share, spread);
      const covered = coverage(() => {
        const values = list(replications, () => {
          const mean = random() < 0.5 ? 1 - spread : 1 + spread;
          return Float64Array.from({ length: 150 }, () => mean * exponential());
        });
        return covers(pooledPercentile(values, share), truth);
      });
      expect(covered).toBeGreaterThan(0.95 - tolerance);
    },
  );
});
