import { describe, expect, it } from "vitest";
import { days, hours } from "../engine/sim-time.ts";
import type { CrashRecover, Fault } from "./fault.ts";
import { TestWorld } from "./test-world.ts";

const constant = (value: number) => ({ kind: "constant", value }) as const;
const exponential = (mean: number) => ({ kind: "exponential", mean }) as const;
const churn: CrashRecover = {
  kind: "crash-recover",
  nodes: { list: ["node-1"] },
  timeToFailure: constant(10),
  timeToRepair: constant(3),
  stationary: false,
};

describe("churn", () => {
  it("takes a node down and brings it up again and again", () => {
    const test = new TestWorld({ faults: [churn] }).run(27);
    expect(test.history()).toEqual([
      "10 node-down 1",
      "13 node-up 1",
      "23 node-down 1",
      "26 node-up 1",
    ]);
    expect(test.told("told").map(([time, , { kind }]) => [time, kind])).toEqual([
      [10, "crash"],
      [13, "restart"],
      [23, "crash"],
      [26, "restart"],
    ]);
  });

  it("says what began, and why a node is down", () => {
    const test = new TestWorld({ faults: [churn] }).run(10);
    expect(test.told("fault-started", "node-down")).toEqual([
      [0, "fault-started", { fault: 0, kind: "crash-recover", nodes: 1, shards: 3 }],
      [10, "node-down", { node: 1, shards: 3, fault: 0, cause: "crash-recover" }],
    ]);
  });

  const long: Fault = {
    ...churn,
    nodes: "all",
    timeToFailure: exponential(days(2)),
    timeToRepair: exponential(hours(8)),
  };
  const historyOf = (faults: readonly Fault[], node: number) =>
    new TestWorld({ faults })
      .run(days(60))
      .history()
      .filter((line) => line.endsWith(` ${node}`));

  it("has luck of its own for each node and fault", () => {
    const alone = historyOf([{ ...long, nodes: { list: ["node-2"] } }], 2);
    expect(alone.length).toBeGreaterThan(20);
    expect(historyOf([long], 2)).toEqual(alone);
    const other: Fault = { ...long, nodes: { list: ["node-3"] } };
    expect(historyOf([long, other], 2)).toEqual(alone);
    expect(historyOf([long], 1)).not.toEqual(alone.map((line) => line.replace(/2$/, "1")));
  });

  it("begins stationary with some nodes down, and all of them come up", () => {
    const half: Fault = { ...long, timeToRepair: exponential(days(2)), stationary: true };
    const test = new TestWorld({ faults: [half], shards: new Array<number>(64).fill(1) });
    const down = test.run(0).history().length;
    // Binomial of 64 and 1/2: standard deviation 4.
    expect(Math.abs(down - 32)).toBeLessThanOrEqual(16);
    const up = new Set(
      test
        .run(days(60))
        .told("node-up")
        .map(([, , { node }]) => node),
    );
    expect(up.size).toBe(64);
  });

  it("begins new where there is no long run, for want of a mean", () => {
    const timeToRepair = { kind: "pareto", shape: 0.9, minimum: 1 } as const;
    const test = new TestWorld({ faults: [{ ...churn, timeToRepair, stationary: true }] });
    expect(test.run(9).history()).toEqual([]);
    expect(test.run(10).history()).toEqual(["10 node-down 1"]);
  });

  it("goes on in a fork as in the world it was forked from", () => {
    const { world } = new TestWorld({ faults: [long] }).run(days(20));
    const fork = world.fork();
    const salted = world.fork("salt");
    for (const each of [world, fork, salted]) each.runUntil(days(60));
    expect(fork.factDigest).toBe(world.factDigest);
    expect(salted.factDigest).not.toBe(world.factDigest);
  });
});
