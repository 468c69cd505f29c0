import { describe, expect, it } from "vitest";
import { clusterError } from "./cluster-error.ts";
import { chanceOfAny, countPerReplication } from "./counts.ts";
import { pooledMean, replicationMean } from "./mean.ts";
import { orderStatistics, pooledPercentile } from "./percentile.ts";
import { pooledShare } from "./share.ts";
import { sum } from "./sum.ts";

/** The beta law, summed plainly: its density in a million steps. */
function betaCdf(x: number, a: number, b: number): number {
  const steps = 1_000_000;
  let [below, all] = [0, 0];
  for (let step = 0; step < steps; step += 1) {
    const t = (step + 0.5) / steps;
    const density = Math.exp((a - 1) * Math.log(t) + (b - 1) * Math.log1p(-t));
    all += density;
    if (t < x) below += density;
  }
  return below / all;
}

describe("a sum", () => {
  it("keeps what plain addition loses", () => {
    expect(sum([1, 1e100, 1, -1e100])).toBe(2);
    expect(sum(Array(10).fill(0.1))).toBe(1);
  });
});

describe("the mean of one number a replication", () => {
  // Student's t at 97.5 % with 4 degrees of freedom is 2.776 (any table); the standard deviation of
  // 1..5 is sqrt(2.5), so the reach is 2.776 * sqrt(2.5 / 5) = 1.963.
  it("reaches t standard errors to either side", () => {
    const { value, low, high } = replicationMean([1, 2, 3, 4, 5]);
    expect(value).toBe(3);
    expect(low).toBeCloseTo(3 - 1.963, 3);
    expect(high).toBeCloseTo(3 + 1.963, 3);
  });

  it("leaves out replications that have none", () => {
    expect(replicationMean([1, undefined, 3])).toMatchObject({ value: 2, replications: 2 });
  });

  it("has no interval from one replication, and says so", () => {
    const estimate = replicationMean([7]);
    expect(estimate).toMatchObject({ value: 7, low: null, high: null, interval: "none" });
    expect(estimate.note).toContain("no interval");
  });

  it("is no number without data", () => {
    expect(replicationMean([])).toMatchObject({ value: null, note: "no data" });
  });
});

describe("the mean over operations", () => {
  it("weighs replications by their operations", () => {
    const clusters = [
      { total: 10, count: 10 },
      { total: 90, count: 30 },
    ];
    expect(pooledMean(clusters).value).toBe(2.5);
  });

  it("has the error of the replications' means when they count alike", () => {
    const clusters = [10, 20, 60].map((total) => ({ total, count: 10 }));
    // Means 1, 2, 6: variance 7, over 3 replications.
    expect(clusterError(clusters, 3)).toBeCloseTo(Math.sqrt(7 / 3), 12);
  });

  it("is not surer for operations that repeat their replication's luck", () => {
    const few = pooledMean([1, 2, 6].map((mean) => ({ total: 10 * mean, count: 10 })));
    const many = pooledMean([1, 2, 6].map((mean) => ({ total: 1e6 * mean, count: 1e6 })));
    expect(many.low).toBeCloseTo(few.low ?? 0, 9);
  });
});

describe("a share", () => {
  it("is bounded on one side if nothing was hit: (1 - bound)^n = 5 %", () => {
    const estimate = pooledShare(Array(10).fill({ total: 0, count: 10_000 }));
    expect(estimate).toMatchObject({ value: 0, low: null, interval: "one-sided" });
    expect(estimate.high).toBeCloseTo(3.0e-5, 6);
    expect((1 - (estimate.high ?? 0)) ** 100_000).toBeCloseTo(0.05, 9);
    expect(estimate.note).toContain("independent");
  });

  it("is bounded on the other side if all were hit", () => {
    const estimate = pooledShare(Array(10).fill({ total: 10_000, count: 10_000 }));
    expect(estimate).toMatchObject({ value: 1, high: null, interval: "one-sided" });
    expect(1 - (estimate.low ?? 0)).toBeCloseTo(3.0e-5, 6);
  });

  // Clopper and Pearson for 95 of 100: 88.72 % to 98.36 % (any table). A hundred replications of one
  // try each are worth 99, for their error is that of a mean, with the divisor 99.
  it("has the exact binomial interval where every try is a replication", () => {
    const clusters = Array.from({ length: 100 }, (_, i) => ({ total: i < 95 ? 1 : 0, count: 1 }));
    const { low, high } = pooledShare(clusters);
    expect(low).toBeCloseTo(0.8872, 2);
    expect(high).toBeCloseTo(0.9836, 3);
  });

  // Ten replications that agree better than luck would have it are worth all of their 100 tries, but
  // for t with 9 degrees of freedom: (1.984 / 2.262)^2 = 0.769 of them.
  it("is wider by what t is wider than normal", () => {
    const few = pooledShare(
      Array.from({ length: 10 }, (_, i) => ({ total: 9 + (i % 2), count: 10 })),
    );
    const worth = 76.9;
    // The interval for 95 % of 76.9 tries, by its definition: 2.5 % beyond either end.
    expect(betaCdf(few.low ?? 0, 0.95 * worth, 0.05 * worth + 1)).toBeCloseTo(0.025, 3);
    expect(betaCdf(few.high ?? 1, 0.95 * worth + 1, 0.05 * worth)).toBeCloseTo(0.975, 3);
  });

  it("is wider where failures come in one replication", () => {
    const alike = pooledShare(Array(10).fill({ total: 99, count: 100 }));
    const bursts = pooledShare(
      Array.from({ length: 10 }, (_, i) => ({ total: i === 0 ? 90 : 100, count: 100 })),
    );
    expect(bursts.value).toBe(alike.value);
    expect(bursts.low).toBeLessThan(alike.low ?? 0);
  });

  it("stays between 0 and 1", () => {
    const { low, high } = pooledShare([
      { total: 1, count: 1 },
      { total: 0, count: 1 },
    ]);
    expect(low).toBeGreaterThanOrEqual(0);
    expect(high).toBeLessThanOrEqual(1);
  });
});

describe("a count", () => {
  it("of none in R replications is bounded: the chance of any by 1 - 0.05^(1 / R)", () => {
    const estimate = countPerReplication(Array(10).fill(0));
    expect(estimate).toMatchObject({ value: 0, low: null, interval: "one-sided" });
    expect((1 - chanceOfAny(10)) ** 10).toBeCloseTo(0.05, 12);
    // A Poisson mean m gives none with chance exp(-m), so both bounds are the same event's.
    expect(1 - Math.exp(-(estimate.high ?? 0))).toBeCloseTo(chanceOfAny(10), 12);
    expect(estimate.note).toContain("26 %");
  });

  it("has a t interval once any was seen", () => {
    expect(countPerReplication([0, 0, 3])).toMatchObject({ value: 1, interval: "two-sided" });
  });
});

describe("a percentile", () => {
  // Conover, Practical Nonparametric Statistics: for the median of 10, the second and the ninth
  // value hold it with 97.9 %; one further in would be 89.1 %.
  it("of ten values lies between the second and the ninth, for the median", () => {
    expect(orderStatistics(10, 0.5)).toEqual([2, 9]);
  });

  // The largest of n passes p99 with 1 - 0.99^n, which first exceeds 97.5 % at n = 368.
  it("has no upper end until the data reach out far enough", () => {
    expect(orderStatistics(367, 0.99)[1]).toBe(368);
    expect(orderStatistics(368, 0.99)[1]).toBe(368);
    const few = pooledPercentile(
      [1, 2].map(() => Float64Array.from({ length: 50 }, (_, i) => i)),
      0.99,
    );
    expect(few).toMatchObject({ value: 49, high: null });
    expect(few.note).toContain("too few");
  });

  it("is a value that occurred, over all replications", () => {
    const replications = [Float64Array.of(1, 2, 3, 4, 5), Float64Array.of(6, 7, 8, 9, 10)];
    expect(pooledPercentile(replications, 0.5).value).toBe(5);
    expect(pooledPercentile(replications, 0.9).value).toBe(9);
  });

  it("of values that are all the same is that value, surely", () => {
    const replications = Array.from({ length: 5 }, () => new Float64Array(200).fill(3));
    expect(pooledPercentile(replications, 0.5)).toMatchObject({ value: 3, low: 3, high: 3 });
  });

  it("at the largest value is as unsure of replications as any other", () => {
    const two = [1, 2].map((mean) => Float64Array.from({ length: 40 }, (_, i) => mean + i / 40));
    // Two replications, by t, make 80 values worth one: it says that p99 is not below all of them.
    expect(pooledPercentile(two, 0.99)).toMatchObject({ value: 2.975, low: 1, high: null });
  });

  it("has no interval from one replication", () => {
    const one = [Float64Array.of(1, 2, 3), new Float64Array(0)];
    expect(pooledPercentile(one, 0.5)).toMatchObject({ value: 2, interval: "none" });
  });
});
