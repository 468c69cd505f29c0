import normalQuantile from "@stdlib/stats-base-dists-normal-quantile";
import { describe, expect, it } from "vitest";
import { type Distribution, meanOf, sample } from "./distribution.ts";
import { RandomStreams } from "./random-streams.ts";

const DRAWS = 200_000;
/**
 * Standard errors a figure may be off. There are 39 figures here; one of them beyond 4.5, two-sided
 * and normal, has a chance of 39 × 6.8e-6 = 2.7e-4. The seed is fixed: a failure is a change of ours.
 */
const SIGMAS = 4.5;

interface Form {
  readonly distribution: Distribution;
  readonly mean: number;
  readonly variance: number;
  /** Kurtosis, not excess: the fourth central moment over the variance squared. */
  readonly kurtosis: number;
  readonly quantile: (probability: number) => number;
  readonly density: (value: number) => number;
}

const E = Math.exp;
const SQRT_2PI = Math.sqrt(2 * Math.PI);
/** Raw moments m1..m4 to variance and kurtosis. */
function central(m1: number, m2: number, m3: number, m4: number) {
  const variance = m2 - m1 ** 2;
  const fourth = m4 - 4 * m1 * m3 + 6 * m1 ** 2 * m2 - 3 * m1 ** 4;
  return { mean: m1, variance, kurtosis: fourth / variance ** 2 };
}

/** E[x^k] = median^k e^(k²σ²/2). */
const logNormal = (median: number, sigma: number): Form => ({
  distribution: { kind: "log-normal", median, sigma },
  ...central(
    median * E(sigma ** 2 / 2),
    median ** 2 * E(2 * sigma ** 2),
    median ** 3 * E(4.5 * sigma ** 2),
    median ** 4 * E(8 * sigma ** 2),
  ),
  quantile: (p) => median * E(sigma * normalQuantile(p, 0, 1)),
  density: (x) => E(-(Math.log(x / median) ** 2) / (2 * sigma ** 2)) / (x * sigma * SQRT_2PI),
});

const forms: Form[] = [
  {
    distribution: { kind: "uniform", from: 20, to: 200 },
    mean: 110,
    variance: 180 ** 2 / 12,
    kurtosis: 1.8,
    quantile: (p) => 20 + 180 * p,
    density: () => 1 / 180,
  },
  {
    distribution: { kind: "exponential", mean: 40 },
    mean: 40,
    variance: 1600,
    kurtosis: 9,
    quantile: (p) => -40 * Math.log(1 - p),
    density: (x) => E(-x / 40) / 40,
  },
  logNormal(8, 0.5),
  {
    // Shape 1/2 is the square of an exponential: E[x^k] = scale^k Γ(1 + 2k) = scale^k (2k)!.
    distribution: { kind: "weibull", shape: 0.5, scale: 3 },
    ...central(3 * 2, 9 * 24, 27 * 720, 81 * 40320),
    quantile: (p) => 3 * Math.log(1 - p) ** 2,
    density: (x) => (0.5 / 3) * (x / 3) ** -0.5 * E(-((x / 3) ** 0.5)),
  },
  {
    // Shape 2 is the Rayleigh distribution: E[x^k] = scale^k Γ(1 + k/2).
    distribution: { kind: "weibull", shape: 2, scale: 3 },
    ...central((3 * Math.sqrt(Math.PI)) / 2, 9, (27 * 3 * Math.sqrt(Math.PI)) / 4, 81 * 2),
    quantile: (p) => 3 * Math.sqrt(-Math.log(1 - p)),
    density: (x) => (2 * x * E(-((x / 3) ** 2))) / 9,
  },
  {
    // E[x^k] = a m^k / (a - k): with a = 9 the fourth moment's own error is small too.
    distribution: { kind: "pareto", shape: 9, minimum: 2 },
    ...central((9 * 2) / 8, (9 * 4) / 7, (9 * 8) / 6, (9 * 16) / 5),
    quantile: (p) => 2 * (1 - p) ** (-1 / 9),
    density: (x) => (9 * 2 ** 9) / x ** 10,
  },
];

describe.each(forms)("$distribution", (form) => {
  const { distribution, mean, variance, kurtosis, quantile, density } = form;
  const random = new RandomStreams("validation").stream(JSON.stringify(distribution));
  const draws = Float64Array.from({ length: DRAWS }, () => sample(distribution, random)).sort();

  it("has the mean of its closed form", () => {
    // The standard error of a mean is sqrt(variance / draws).
    const error = Math.sqrt(variance / DRAWS);
    expect(Math.abs(average(draws) - mean)).toBeLessThan(SIGMAS * error);
    expect(meanOf(distribution)).toBeCloseTo(mean, 9);
  });

  it("has the variance of its closed form", () => {
    // The variance of a sample variance is variance² (kurtosis - 1) / draws.
    const error = variance * Math.sqrt((kurtosis - 1) / DRAWS);
    const found = average(draws.map((draw) => (draw - mean) ** 2));
    expect(Math.abs(found - variance)).toBeLessThan(SIGMAS * error);
  });

  it.each([0.1, 0.5, 0.9, 0.99])("has the %d quantile of its closed form", (probability) => {
    // The standard error of a quantile is sqrt(p (1 - p) / draws) over the density there.
    const expected = quantile(probability);
    const error = Math.sqrt((probability * (1 - probability)) / DRAWS) / density(expected);
    const found = draws[Math.floor(probability * DRAWS)]!;
    expect(Math.abs(found - expected)).toBeLessThan(SIGMAS * error);
  });
});

describe("an empirical distribution", () => {
  it("gives each of its values as often as it stands there", () => {
    const random = new RandomStreams("validation").stream("empirical");
    const values = [1, 2, 2, 3, 3, 3];
    const counts = [0, 0, 0];
    for (let draw = 0; draw < DRAWS; draw++) {
      counts[sample({ kind: "empirical", values }, random) - 1]!++;
    }
    // A binomial count has the standard error sqrt(draws p (1 - p)).
    for (const [index, probability] of [1 / 6, 2 / 6, 3 / 6].entries()) {
      const error = Math.sqrt(DRAWS * probability * (1 - probability));
      expect(Math.abs(counts[index]! - DRAWS * probability)).toBeLessThan(SIGMAS * error);
    }
  });
});

function average(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
