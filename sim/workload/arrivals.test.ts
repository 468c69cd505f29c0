import { describe, expect, it } from "vitest";
import { RandomStreams } from "../engine/random-streams.ts";
import { minutes, seconds } from "../engine/sim-time.ts";
import { advance, meanRate, newArrivalClock, type OpenArrivals, operationsAt } from "./arrivals.ts";
import type { ReadArrivals } from "./demand.ts";

function firstTimes(arrivals: OpenArrivals, count: number): number[] {
  const random = new RandomStreams("arrivals").stream("arrivals");
  const clock = newArrivalClock(0);
  return Array.from({ length: count }, () => advance(arrivals, clock, random));
}

describe("arrivals", () => {
  it("that are periodic come at each multiple of the period", () => {
    expect(firstTimes({ kind: "periodic", every: seconds(12) }, 3)).toEqual([
      seconds(12),
      seconds(24),
      seconds(36),
    ]);
  });

  it("that were recorded come as recorded, and then no more", () => {
    const arrivals: OpenArrivals = { kind: "recorded", times: [5, 5, 70] };
    expect(firstTimes(arrivals, 4)).toEqual([5, 5, 70, Number.POSITIVE_INFINITY]);
  });

  it("that are Poisson come in order, at whole microseconds", () => {
    const times = firstTimes({ kind: "poisson", rate: 0.7 }, 500);
    expect(times.every(Number.isInteger)).toBe(true);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it("that come in bursts begin several operations at once", () => {
    expect(operationsAt({ kind: "bursts", rate: 1, size: 7 })).toBe(7);
    expect(operationsAt({ kind: "poisson", rate: 1 })).toBe(1);
  });

  const think = { kind: "exponential", mean: minutes(1) } as const;
  it.each<{ arrivals: ReadArrivals; perMinute: number }>([
    { arrivals: { kind: "poisson", rate: 3 / minutes(1) }, perMinute: 3 },
    { arrivals: { kind: "bursts", rate: 3 / minutes(1), size: 5 }, perMinute: 15 },
    { arrivals: { kind: "periodic", every: seconds(12) }, perMinute: 5 },
    { arrivals: { kind: "recorded", times: [0, seconds(30), minutes(2)] }, perMinute: 1.5 },
    { arrivals: { kind: "recorded", times: [] }, perMinute: 0 },
    { arrivals: { kind: "closed", clients: 8, think }, perMinute: 8 },
    { arrivals: { kind: "on-write", readers: 3, within: 1 }, perMinute: 0 },
  ])("of kind $arrivals.kind count as $perMinute a minute", ({ arrivals, perMinute }) => {
    expect(meanRate(arrivals) * minutes(1)).toBeCloseTo(perMinute, 9);
  });
});
