import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kOfNShortfall, shortfall } from "./availability.ts";
import { kthOfAll } from "./order-statistics.ts";
import { mg1Ps, mm1 } from "./queues.ts";
import { downShare, meanTimeToShortfall } from "./repair.ts";

describe("a shortfall of shards", () => {
  // Up or down for each node: 2^nodes cases, their chances added where too few shards are up.
  const byEnumeration = (nodes: readonly { shards: number; down: number }[], needed: number) => {
    let total = 0;
    for (let mask = 0; mask < 2 ** nodes.length; mask += 1) {
      let [up, chance] = [0, 1];
      for (const [index, { shards, down }] of nodes.entries()) {
        const isUp = ((mask >> index) & 1) === 1;
        if (isUp) up += shards;
        chance *= isUp ? 1 - down : down;
      }
      if (up < needed) total += chance;
    }
    return total;
  };

  const node = fc.record({
    shards: fc.integer({ min: 0, max: 5 }),
    down: fc.double({ min: 0, max: 1, noNaN: true }),
  });

  it("is what counting every case gives", () => {
    fc.assert(
      fc.property(
        fc.array(node, { maxLength: 8 }),
        fc.integer({ min: 0, max: 30 }),
        (nodes, needed) => {
          expect(shortfall(nodes, needed)).toBeCloseTo(byEnumeration(nodes, needed), 12);
        },
      ),
    );
  });

  it("of two out of three is p^3 + 3 p^2 (1 - p)", () => {
    expect(kOfNShortfall(3, 2, 0.1)).toBeCloseTo(0.001 + 3 * 0.01 * 0.9, 15);
  });
});

describe("waiting for some of many", () => {
  it("takes the mean of one if one is asked, and half of it for the first of two", () => {
    expect(kthOfAll(1, 1)).toEqual({ mean: 1, deviation: 1 });
    expect(kthOfAll(1, 2).mean).toBe(0.5);
  });
});

describe("a queue", () => {
  it("of 8 arrivals a second served at 10 holds a job for half a second, and four jobs", () => {
    const queue = mm1(8, 10);
    expect(queue.meanResponse).toBe(0.5);
    expect(queue.meanInSystem).toBe(4);
    // Half of all are out by ln(2) of the mean.
    expect(queue.responsePercentile(0.5)).toBeCloseTo(0.5 * Math.LN2, 12);
  });

  it("that is shared has the same mean response, in proportion to size", () => {
    const queue = mg1Ps(8, 0.1);
    expect(queue.meanResponse).toBeCloseTo(0.5, 12);
    expect(queue.meanResponseOf(0.2)).toBeCloseTo(1, 12);
    expect(queue.chanceOfPresent(0)).toBeCloseTo(0.2, 12);
  });

  it("that gets more than it can serve has no answer", () => {
    expect(() => mm1(10, 10)).toThrow("utilization below 1");
  });
});

describe("parts that are repaired", () => {
  // Two mirrored disks (Patterson, Gibson and Katz 1988): (3 / failure + 1 / repair) / (2 / failure^2).
  it("of which one of two is needed last (3 F + F^2 / R) / 2 on average", () => {
    const parts = { count: 2, needed: 1, timeToFailure: 1000, timeToRepair: 10 };
    expect(meanTimeToShortfall(parts)).toBeCloseTo((3 * 1000 + 1000 ** 2 / 10) / 2, 6);
    expect(downShare(parts)).toBeCloseTo(10 / 1010, 15);
  });

  it("that are never repaired run out like order statistics", () => {
    const parts = { count: 100, needed: 34, timeToFailure: 1, timeToRepair: Infinity };
    expect(meanTimeToShortfall(parts)).toBeCloseTo(kthOfAll(67, 100).mean, 12);
  });
});
