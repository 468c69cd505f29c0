import { describe, expect, it } from "vitest";
import { type Distribution, meanOf } from "../engine/distribution.ts";
import { RandomStreams } from "../engine/random-streams.ts";
import { days, hours } from "../engine/sim-time.ts";
import type { CrashRecover } from "./fault.ts";
import { sampleResidual } from "./residual-life.ts";
import { TestWorld } from "./test-world.ts";

const exponential = (mean: number): Distribution => ({ kind: "exponential", mean });
/** Of time to repair in LANL's clusters, and of time between failures, in the shapes measured there. */
const lanlRepair: Distribution = { kind: "log-normal", median: hours(1.03), sigma: 1.44 };
const heavyUp: Distribution = { kind: "weibull", shape: 0.49, scale: hours(24) };

/** Mean square of a distribution, by the textbooks' moments. */
function meanSquare(distribution: Distribution): number {
  switch (distribution.kind) {
    case "constant":
      return distribution.value ** 2;
    case "uniform": {
      const { from, to } = distribution;
      return (from ** 2 + from * to + to ** 2) / 3;
    }
    case "exponential":
      return 2 * distribution.mean ** 2;
    case "log-normal":
      return distribution.median ** 2 * Math.exp(2 * distribution.sigma ** 2);
    case "weibull":
      return distribution.scale * meanOf({ ...distribution, shape: distribution.shape / 2 });
    case "pareto": {
      const { shape, minimum } = distribution;
      return (shape * minimum ** 2) / (shape - 2);
    }
    case "empirical":
      return average(distribution.values.map((value) => value ** 2));
    case "shifted": {
      const { by, of } = distribution;
      return by ** 2 + 2 * by * meanOf(of) + meanSquare(of);
    }
  }
}

const average = (values: readonly number[]) =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/** Standard error of an average, from the values themselves. */
function standardError(values: readonly number[]): number {
  const mean = average(values);
  const variance = average(values.map((value) => (value - mean) ** 2));
  return Math.sqrt(variance / values.length);
}

/** Share of time, over windows, that each node was up. */
function upShares(fault: CrashRecover, nodeCount: number, until: number): number[] {
  const test = new TestWorld({ faults: [fault], shards: new Array<number>(nodeCount).fill(1) });
  test.run(until);
  const downTime = new Array<number>(nodeCount).fill(0);
  const downSince = new Array<number>(nodeCount).fill(-1);
  for (const [time, name, { node }] of test.told("node-down", "node-up")) {
    if (name === "node-down") downSince[node as number] = time;
    else {
      downTime[node as number]! += time - downSince[node as number]!;
      downSince[node as number] = -1;
    }
  }
  return downTime.map((time, node) => {
    const last = downSince[node] === -1 ? 0 : until - downSince[node]!;
    return 1 - (time + last) / until;
  });
}

const base = { kind: "crash-recover", nodes: "all" } as const;

describe("alternating renewal", () => {
  // Nodes are independent, so the average over them has a standard error that the nodes themselves show.
  it.each([
    { name: "exponential", up: exponential(days(2)), down: exponential(hours(8)) },
    { name: "heavy-tailed", up: heavyUp, down: lanlRepair },
    {
      name: "nearly regular",
      up: { kind: "uniform", from: hours(40), to: hours(50) } as const,
      down: { kind: "constant", value: hours(5) } as const,
    },
  ])("($name) that began long ago is up MTTF / (MTTF + MTTR) of the time", ({ up, down }) => {
    const fault = { ...base, timeToFailure: up, timeToRepair: down, stationary: true };
    // Stationary from the beginning: the expectation is exact over any window, even a short one.
    const shares = upShares(fault, 1500, days(4));
    const expected = meanOf(up) / (meanOf(up) + meanOf(down));
    expect(Math.abs(average(shares) - expected)).toBeLessThan(4 * standardError(shares));
  });

  it("that begins new has the exact availability of a Markov chain on the way to its long run", () => {
    // Two states with rates a = 1 / MTTF, b = 1 / MTTR, up at 0: the chance to be up at t is
    // b / (a + b) + a / (a + b) exp(-(a + b) t). Over [0, T] that averages to
    // A + (1 - A) (1 - exp(-(a + b) T)) / ((a + b) T).
    const [up, down] = [days(2), days(1)];
    const until = days(3);
    const fault = {
      ...base,
      timeToFailure: exponential(up),
      timeToRepair: exponential(down),
      stationary: false,
    };
    const shares = upShares(fault, 2000, until);
    const decay = (1 / up + 1 / down) * until;
    const longRun = up / (up + down);
    const expected = longRun + ((1 - longRun) * (1 - Math.exp(-decay))) / decay;
    expect(Math.abs(average(shares) - expected)).toBeLessThan(4 * standardError(shares));
    expect(Math.abs(longRun - expected)).toBeGreaterThan(4 * standardError(shares));
  });
});

describe("the time to failure", () => {
  // The share of nodes that fail within t, against the distribution: binomial, so its standard
  // deviation is at most 1 / sqrt(4 * 4000) = 0.0079.
  const never = { kind: "constant", value: days(100_000) } as const;
  const values = [hours(1), hours(5), hours(6), hours(30)];
  const cases: { name: string; distribution: Distribution; failedBy: (t: number) => number }[] = [
    {
      name: "exponential",
      distribution: exponential(days(2)),
      failedBy: (t) => 1 - Math.exp(-t / days(2)),
    },
    {
      name: "Weibull",
      distribution: heavyUp,
      failedBy: (t) => 1 - Math.exp(-((t / hours(24)) ** 0.49)),
    },
    {
      name: "Pareto",
      distribution: { kind: "pareto", shape: 1.3, minimum: hours(2) },
      failedBy: (t) => (t < hours(2) ? 0 : 1 - (hours(2) / t) ** 1.3),
    },
    {
      name: "empirical",
      distribution: { kind: "empirical", values },
      failedBy: (t) => values.filter((value) => value <= t).length / values.length,
    },
  ];
  it.each(cases)("is $name", ({ distribution, failedBy }) => {
    const shards = new Array<number>(4000).fill(1);
    const fault = { ...base, timeToFailure: distribution, timeToRepair: never, stationary: false };
    const times = new TestWorld({ faults: [fault], shards })
      .run(days(20))
      .told("node-down")
      .map(([time]) => time);
    for (const t of [hours(1), hours(4), hours(12), days(2), days(10)]) {
      const share = times.filter((time) => time <= t).length / 4000;
      const deviation = Math.sqrt((failedBy(t) * (1 - failedBy(t))) / 4000);
      expect(Math.abs(share - failedBy(t))).toBeLessThanOrEqual(4 * deviation + 1e-12);
    }
  });

  it("is log-normal", () => {
    // Half of the nodes within the median, and 84.134 % within it times e^sigma.
    const shards = new Array<number>(4000).fill(1);
    const timeToFailure = { kind: "log-normal", median: hours(10), sigma: 0.8 } as const;
    const fault = { ...base, timeToFailure, timeToRepair: never, stationary: false };
    const downs = new TestWorld({ faults: [fault], shards }).run(days(20)).told("node-down");
    const within = (t: number) => downs.filter(([time]) => time <= t).length / 4000;
    expect(Math.abs(within(hours(10)) - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 4000));
    const upper = within(hours(10 * Math.exp(0.8)));
    expect(Math.abs(upper - 0.84134)).toBeLessThan(4 * Math.sqrt((0.84134 * 0.15866) / 4000));
  });
});

describe("what is left of a renewal in its long run", () => {
  // Renewal theory: its mean is E[x^2] / (2 E[x]).
  const cases: readonly Distribution[] = [
    { kind: "constant", value: 8 },
    { kind: "uniform", from: 2, to: 11 },
    { kind: "exponential", mean: 3 },
    { kind: "log-normal", median: 5, sigma: 0.6 },
    { kind: "weibull", shape: 0.7, scale: 4 },
    { kind: "weibull", shape: 2.5, scale: 4 },
    { kind: "pareto", shape: 5, minimum: 2 },
    { kind: "empirical", values: [1, 1, 4, 20] },
    { kind: "shifted", by: 6, of: { kind: "exponential", mean: 4 } },
  ];
  it.each(cases)("has the mean of theory: $kind", (distribution) => {
    const random = new RandomStreams("residual").stream("residual");
    const draws = Array.from({ length: 40_000 }, () => sampleResidual(distribution, random));
    const expected = meanSquare(distribution) / (2 * meanOf(distribution));
    expect(Math.abs(average(draws) - expected)).toBeLessThan(4 * standardError(draws));
  });
});
