import { describe, expect, it } from "vitest";
import { RandomStreams } from "../engine/random-streams.ts";
import { hours, minutes, seconds } from "../engine/sim-time.ts";
import { TestWorld } from "./test-world.ts";
import { ZipfRanks } from "./zipf-ranks.ts";

const constant = (value: number) => ({ kind: "constant", value }) as const;
const write = { size: constant(1) };
const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/**
 * Pearson's statistic. Of k cells it has mean k - 1 and variance 2 (k - 1), about normal for many cells, so
 * four standard deviations above the mean are passed by chance once in tens of thousands of runs.
 */
function expectFit(observed: readonly number[], expected: readonly number[]): void {
  const statistic = sum(observed.map((count, i) => (count - expected[i]!) ** 2 / expected[i]!));
  const freedom = observed.length - 1;
  expect(statistic).toBeLessThan(freedom + 4 * Math.sqrt(2 * freedom));
}

describe("Poisson arrivals", () => {
  const rate = 240 / hours(1);
  const horizon = hours(500);
  const arrivals = { kind: "poisson", rate } as const;
  const times = new TestWorld({ horizon, writes: [{ ...write, arrivals }] })
    .run()
    .times("start-write");
  const mean = rate * horizon; // 120,000.

  it("come at their rate", () => {
    // The count is Poisson: standard deviation sqrt(mean), four of them 1.2 % of the mean here.
    expect(Math.abs(times.length - mean)).toBeLessThan(4 * Math.sqrt(mean));
  });

  it("have exponential gaps", () => {
    // 50 cells of equal chance: of gap g, u = 1 - exp(-rate g) is uniform.
    const counts = new Array<number>(50).fill(0);
    times.forEach((time, i) => {
      const gap = time - (times[i - 1] ?? 0);
      counts[Math.floor(50 * (1 - Math.exp(-rate * gap)))]!++;
    });
    expectFit(counts, new Array(50).fill(times.length / 50));
  });

  it("are independent from one hour to the next", () => {
    // The index of dispersion of 500 Poisson counts is 1 with standard error sqrt(2 / 499) = 0.063.
    const counts = new Array<number>(500).fill(0);
    for (const time of times) counts[Math.floor(time / hours(1))]!++;
    const average = times.length / 500;
    const dispersion = sum(counts.map((count) => (count - average) ** 2)) / 499 / average;
    expect(Math.abs(dispersion - 1)).toBeLessThan(4 * Math.sqrt(2 / 499));
  });
});

describe("bursts", () => {
  it("have their size, and come at their rate", () => {
    const arrivals = { kind: "bursts", rate: 1 / minutes(1), size: 25 } as const;
    const test = new TestWorld({ horizon: hours(200), writes: [{ ...write, arrivals }] }).run();
    const times = test.times("start-write");
    const bursts = new Map<number, number>();
    for (const time of times) bursts.set(time, (bursts.get(time) ?? 0) + 1);
    // 12,000 bursts: standard deviation sqrt(12,000) = 110. Two at the same microsecond would look like
    // one of 50: expected 12,000^2 / 2 / 7.2e11 = 1e-4 times.
    expect([...new Set(bursts.values())]).toEqual([25]);
    expect(Math.abs(bursts.size - 12_000)).toBeLessThan(4 * Math.sqrt(12_000));
  });
});

describe("Zipf's law", () => {
  it.each([0.6, 1, 1.3])(
    "with exponent %d: blobs are read in proportion to rank^-exponent",
    (exponent) => {
      const count = 200;
      const test = new TestWorld({
        horizon: hours(20),
        reads: [
          {
            arrivals: { kind: "poisson", rate: 1 / seconds(1) },
            popularity: { kind: "zipf", exponent },
          },
        ],
        preloadedBytes: new Array<number>(count).fill(1),
      }).run();
      const orders = test.ordered("start-read");
      const observed = new Array<number>(count).fill(0);
      for (const { details } of orders) observed[details.blob as number]!++;
      const weights = observed.map((_, rank) => (rank + 1) ** -exponent);
      expectFit(
        observed,
        weights.map((weight) => (orders.length * weight) / sum(weights)),
      );
    },
  );

  it("holds over a million ranks, tail included", () => {
    const count = 1_000_000;
    const draws = 400_000;
    const ranks = new ZipfRanks(0.9);
    const random = new RandomStreams("zipf").stream("popularity");
    // Cells by decade of rank; weights by direct summation from the smallest up.
    const cellOf = (rank: number) => Math.floor(Math.log10(rank + 1) + 1e-12);
    const cells = new Array<number>(7).fill(0);
    for (let rank = count - 1; rank >= 0; rank--) cells[cellOf(rank)]! += (rank + 1) ** -0.9;
    const observed = new Array<number>(7).fill(0);
    for (let i = 0; i < draws; i++) observed[cellOf(ranks.draw(count, random))]!++;
    // The last cell is rank 10^6 alone; it joins the one before.
    const joined = (numbers: readonly number[]) => [
      ...numbers.slice(0, 5),
      numbers[5]! + numbers[6]!,
    ];
    expectFit(
      joined(observed),
      joined(cells).map((weight) => (draws * weight) / sum(cells)),
    );
  });
});

describe("clients", () => {
  it("get demand by their shares", () => {
    const shares = [0.5, 0.3, 0.15, 0.05];
    const arrivals = { kind: "poisson", rate: 1 / seconds(1) } as const;
    const writes = [{ ...write, arrivals }];
    const test = new TestWorld({ horizon: hours(10), writes, shares }).run();
    const orders = test.ordered("start-write");
    const observed = shares.map(
      (_, i) => orders.filter(({ details }) => details.client === `client-${i}`).length,
    );
    expectFit(
      observed,
      shares.map((share) => share * orders.length),
    );
  });
});

describe("closed users", () => {
  it("begin operations at the rate of users over thinking and waiting", () => {
    // Each of 40 users renews after an exponential of mean 50 s and a wait of 10 s: gaps have mean 60 and
    // standard deviation 50, so that counts of a renewal process over T have mean T / 60 and variance
    // T 50^2 / 60^3, summed over users.
    const arrivals = {
      kind: "closed",
      clients: 40,
      think: { kind: "exponential", mean: seconds(50) },
    } as const;
    const horizon = hours(30);
    const takes = seconds(10);
    const test = new TestWorld({ horizon, takes, writes: [{ ...write, arrivals }] }).run();
    const length = horizon / seconds(1);
    const mean = (40 * length) / 60;
    const deviation = Math.sqrt((40 * length * 50 ** 2) / 60 ** 3);
    // The first gap has no wait: at most one more operation a user.
    expect(Math.abs(test.times("start-write").length - mean)).toBeLessThan(4 * deviation + 40);
  });
});
