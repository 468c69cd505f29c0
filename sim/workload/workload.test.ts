import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { hours, minutes, seconds } from "../engine/sim-time.ts";
import type { ReadDemand, WriteDemand } from "./demand.ts";
import { TestWorld } from "./test-world.ts";

const everyMinute = { kind: "periodic", every: minutes(1) } as const;
const uniform = { kind: "uniform" } as const;
const constant = (value: number) => ({ kind: "constant", value }) as const;
const writeEveryMinute: WriteDemand = { arrivals: everyMinute, size: constant(1000) };
const readEveryMinute: ReadDemand = { arrivals: everyMinute, popularity: uniform };
const poissonReads: ReadDemand = {
  arrivals: { kind: "poisson", rate: 1 / seconds(2) },
  popularity: { kind: "zipf", exponent: 1 },
};

describe("a demand for reads", () => {
  it("stops at the horizon", () => {
    const horizon = minutes(5);
    const test = new TestWorld({ horizon, reads: [readEveryMinute], preloadedBytes: [1] }).run();
    expect(test.times("start-read")).toEqual([1, 2, 3, 4].map(minutes));
  });

  it("asks for nothing while nothing exists, and for what is written from then on", () => {
    const test = new TestWorld({
      horizon: minutes(6),
      reads: [readEveryMinute],
      writes: [{ ...writeEveryMinute, arrivals: { kind: "recorded", times: [minutes(2)] } }],
      takes: seconds(90),
    }).run();
    // Written at minute 2, certified at 3:30.
    expect(test.times("start-read")).toEqual([4, 5].map(minutes));
  });

  it("with jitter is late by up to it, even past the next period, and does not drift", () => {
    const arrivals = { kind: "periodic", every: 1000, jitter: 2500 } as const;
    const test = new TestWorld({
      horizon: 500_000,
      reads: [{ arrivals, popularity: uniform }],
      preloadedBytes: [1],
    }).run();
    const times = test.times("start-read");
    // 499 are due, of which some of the last three come too late.
    expect(times.length).toBeGreaterThanOrEqual(496);
    expect(times.length).toBeLessThanOrEqual(499);
    // In order, no arrival is earlier than it would be on time, nor later than with all of the jitter.
    const late = times.map((time, i) => time - 1000 * (i + 1));
    expect(Math.min(...late)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...late)).toBeLessThanOrEqual(2500);
    expect(new Set(times.map((time) => time % 1000)).size).toBeGreaterThan(300);
  });

  it("numbers reads in order over all demands", () => {
    const reads = [readEveryMinute, poissonReads];
    const test = new TestWorld({ horizon: minutes(5), reads, preloadedBytes: [1, 2] }).run();
    const serials = test.ordered("start-read").map((fact) => fact.details.read);
    expect(serials).toEqual(serials.map((_, index) => index));
  });

  it("for ranges asks for a stretch inside the blob, cut to a blob that is shorter", () => {
    const range = { bytes: 300 };
    const reads = [{ ...readEveryMinute, range }];
    const test = new TestWorld({ horizon: hours(2), reads, preloadedBytes: [1000, 200] }).run();
    const ends = { long: new Set<number>(), short: new Set<string>() };
    for (const { details } of test.ordered("start-read")) {
      const offset = details.offset as number;
      if (details.blob === 0) ends.long.add(offset + (details.bytes as number));
      else ends.short.add(`${offset}+${details.bytes}`);
    }
    expect(Math.max(...ends.long)).toBeLessThanOrEqual(1000);
    expect(Math.min(...ends.long)).toBeGreaterThanOrEqual(300);
    expect(ends.long.size).toBeGreaterThan(20);
    expect([...ends.short]).toEqual(["0+200"]);
  });

  it("has the same luck whatever else is demanded", () => {
    const alone = new TestWorld({
      horizon: hours(1),
      reads: [poissonReads],
      preloadedBytes: [1, 2, 3],
    });
    const beside = new TestWorld({
      horizon: hours(1),
      reads: [poissonReads, readEveryMinute],
      writes: [{ ...writeEveryMinute, arrivals: { kind: "poisson", rate: 1 / seconds(1) } }],
      preloadedBytes: [1, 2, 3],
      writeOutcome: "timeout",
    });
    const orders = (test: TestWorld) =>
      test
        .run()
        .ordered("start-read")
        .filter(({ details }) => details.demand === 1)
        .map(({ time, details }) => [time, details.blob]);
    expect(orders(beside)).toEqual(orders(alone));
  });

  it("asks at the same times, and for neighbouring ranks, however long writes take", () => {
    const [quick, slow] = [seconds(1), minutes(10)].map((takes) =>
      new TestWorld({
        horizon: minutes(30),
        reads: [poissonReads],
        writes: [writeEveryMinute],
        preloadedBytes: new Array<number>(500).fill(1),
        takes,
      })
        .run()
        .ordered("start-read"),
    ) as [Fact[], Fact[]];
    expect(quick.map(({ time }) => time)).toEqual(slow.map(({ time }) => time));
    // The catalogues never differ by more than 10 of the least popular blobs. Equal luck means equal
    // ln(rank) / ln(count) to first order, so ranks differ by at most as much, and rounding.
    const apart = quick.map(({ details }, i) =>
      Math.abs((details.blob as number) - (slow[i]!.details.blob as number)),
    );
    expect(Math.max(...apart)).toBeGreaterThan(0);
    expect(Math.max(...apart)).toBeLessThanOrEqual(11);
  });
});

describe("a demand for writes", () => {
  it("numbers its blobs after the preloaded ones, and its writes from 0", () => {
    const test = new TestWorld({
      horizon: minutes(4),
      writes: [writeEveryMinute],
      preloadedBytes: [5, 5, 5],
    }).run();
    const details = test.ordered("start-write").map(({ details }) => [details.write, details.blob]);
    expect(details).toEqual([
      [0, 3],
      [1, 4],
      [2, 5],
    ]);
  });

  it("adds nothing to what can be read when its writes fail", () => {
    const failing = {
      horizon: minutes(4),
      writes: [writeEveryMinute],
      writeOutcome: "timeout",
    } as const;
    expect(new TestWorld(failing).run().catalogue.blobCount).toBe(0);
    expect(new TestWorld({ ...failing, writeOutcome: "ok" }).run().catalogue.blobCount).toBe(3);
  });

  it("in bursts begins all of a burst at once", () => {
    const arrivals = { kind: "bursts", rate: 1 / minutes(1), size: 4 } as const;
    const test = new TestWorld({
      horizon: hours(1),
      writes: [{ ...writeEveryMinute, arrivals }],
    }).run();
    const times = test.times("start-write");
    expect(times.length % 4).toBe(0);
    expect(times.filter((_, i) => i % 4 === 0)).toEqual(times.filter((_, i) => i % 4 === 3));
  });
});

describe("closed users", () => {
  const think = constant(seconds(20));
  const closed = { kind: "closed", clients: 3, think } as const;

  it("think, wait for their operation, and think again until the horizon", () => {
    const test = new TestWorld({
      horizon: minutes(2),
      reads: [{ arrivals: closed, popularity: uniform }],
      preloadedBytes: [1],
      takes: seconds(30),
    }).run();
    const threeAt = (time: number) => [time, time, time];
    expect(test.times("start-read")).toEqual([20, 70].flatMap((s) => threeAt(seconds(s))));
  });

  it("keep to one client each", () => {
    const test = new TestWorld({
      horizon: hours(1),
      writes: [{ arrivals: { ...closed, clients: 1 }, size: constant(1) }],
      shares: [1, 1, 1],
    }).run();
    expect(new Set(test.ordered("start-write").map(({ details }) => details.client)).size).toBe(1);
  });

  it("go on thinking where there is nothing to read yet", () => {
    const test = new TestWorld({
      horizon: minutes(2),
      reads: [{ arrivals: { ...closed, clients: 1 }, popularity: uniform }],
      writes: [{ ...writeEveryMinute, arrivals: { kind: "recorded", times: [seconds(50)] } }],
    }).run();
    expect(test.times("start-read")).toEqual([60, 80, 100].map(seconds));
  });
});

describe("reads that follow writes", () => {
  it("come so many times after each certified blob, within the given time", () => {
    const arrivals = { kind: "on-write", readers: 5, within: seconds(10) } as const;
    const test = new TestWorld({
      horizon: minutes(10),
      reads: [{ arrivals, popularity: uniform }],
      writes: [writeEveryMinute],
      takes: seconds(2),
    }).run();
    const reads = test.ordered("start-read");
    expect(reads).toHaveLength(9 * 5);
    for (const { time, details } of reads) {
      const certifiedAt = minutes((details.blob as number) + 1) + seconds(2);
      expect(time - certifiedAt).toBeGreaterThanOrEqual(0);
      expect(time - certifiedAt).toBeLessThanOrEqual(seconds(10));
    }
    expect(new Set(reads.map(({ time }) => time % minutes(1))).size).toBeGreaterThan(30);
  });
});

describe("reads that would follow a write after the horizon", () => {
  it("do not come", () => {
    const arrivals = { kind: "on-write", readers: 50, within: minutes(10) } as const;
    const horizon = minutes(5);
    const reads = [{ arrivals, popularity: uniform }];
    const test = new TestWorld({ horizon, reads, writes: [writeEveryMinute] }).run();
    expect(test.times("start-read").length).toBeGreaterThan(0);
    expect(Math.max(...test.times("start-read"))).toBeLessThan(horizon);
  });
});

describe("a flash crowd", () => {
  const surge = { at: minutes(20), lasts: minutes(10), factor: 11, blobs: 2 };
  const options = {
    horizon: hours(1),
    reads: [poissonReads],
    surges: [surge],
    preloadedBytes: new Array<number>(1000).fill(1),
  };

  it("reads the same few blobs while it lasts, and leaves the usual reads as they were", () => {
    const test = new TestWorld(options).run();
    const crowd = test.ordered("start-read").filter(({ details }) => details.demand === 2);
    expect(Math.min(...crowd.map(({ time }) => time))).toBeGreaterThanOrEqual(surge.at);
    expect(Math.max(...crowd.map(({ time }) => time))).toBeLessThan(surge.at + surge.lasts);
    expect(new Set(crowd.map(({ details }) => details.blob)).size).toBe(2);
    const usual = test.ordered("start-read").filter(({ details }) => details.demand === 1);
    const without = new TestWorld({ ...options, surges: [] }).run().ordered("start-read");
    expect(usual.map(({ time }) => time)).toEqual(without.map(({ time }) => time));
  });

  it("multiplies the mean rate by its factor", () => {
    const test = new TestWorld(options).run();
    const crowd = test.ordered("start-read").filter(({ details }) => details.demand === 2);
    // 10 times 1 / 2 s for 600 s: Poisson of mean 3000, four standard deviations are 4 sqrt(3000).
    expect(Math.abs(crowd.length - 3000)).toBeLessThan(4 * Math.sqrt(3000));
  });

  it("reads as others do if it comes for no blobs of its own", () => {
    const test = new TestWorld({ ...options, surges: [{ ...surge, blobs: undefined }] }).run();
    const crowd = test.ordered("start-read").filter(({ details }) => details.demand === 2);
    const ofRank = (rank: number) => crowd.filter(({ details }) => details.blob === rank).length;
    // Zipf with exponent 1 over 1000: the first two have shares 1 / 7.485 and half of it of 3000 reads.
    expect(ofRank(0)).toBeGreaterThan(300);
    expect(ofRank(1)).toBeGreaterThan(130);
  });

  it("stays away where there is nothing to read, or nobody reads", () => {
    expect(new TestWorld({ ...options, preloadedBytes: [] }).run().facts).toEqual([]);
    expect(new TestWorld({ ...options, reads: [] }).run().facts).toEqual([]);
  });
});

describe("a workload", () => {
  const options = {
    horizon: hours(1),
    reads: [
      poissonReads,
      { arrivals: { kind: "on-write", readers: 2, within: minutes(3) }, popularity: uniform },
      {
        arrivals: { kind: "closed", clients: 4, think: { kind: "exponential", mean: minutes(1) } },
        popularity: { kind: "newest", blobs: 5 },
        range: { bytes: 10 },
      },
    ],
    writes: [{ ...writeEveryMinute, arrivals: { kind: "poisson", rate: 1 / seconds(30) } }],
    surges: [{ at: minutes(25), lasts: minutes(20), factor: 3, blobs: 4 }],
    preloadedBytes: [10, 20, 30],
    shares: [0.7, 0.2, 0.1],
    takes: seconds(40),
  } as const;

  it("is the same for the same seed, and another for another", () => {
    const digest = (seed: string) => new TestWorld({ ...options, seed }).run().world.factDigest;
    expect(digest("one")).toBe(digest("one"));
    expect(digest("one")).not.toBe(digest("two"));
  });

  it("is taken back to a snapshot as often as wanted", () => {
    const { world } = new TestWorld(options);
    world.runUntil(minutes(30));
    const snapshot = world.snapshot();
    const digests = [1, 2, 3].map(() => {
      world.restore(snapshot);
      world.runUntil(hours(2));
      return world.factDigest;
    });
    expect(new Set(digests).size).toBe(1);
  });

  it("continues in a fork as in the world it was forked from", () => {
    const { world } = new TestWorld(options);
    world.runUntil(minutes(30));
    const fork = world.fork();
    const salted = world.fork("salt");
    for (const each of [world, fork, salted]) each.runUntil(hours(2));
    expect(fork.factDigest).toBe(world.factDigest);
    expect(fork.eventDigest).toBe(world.eventDigest);
    expect(salted.factDigest).not.toBe(world.factDigest);
  });
});
