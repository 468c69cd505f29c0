import { describe, expect, it } from "vitest";
import type { ReplicationRows, UnrecoveredRow } from "../sim/metrics/rows.ts";
import { summarize } from "./summary.ts";
import { guarantees } from "./testing/guarantees.ts";
import { syntheticRows } from "./testing/synthetic-rows.ts";

const hour = 3_600_000_000;

const unhelped: UnrecoveredRow = {
  why: "too-few-helpers",
  blobs: 50,
  slivers: 1200,
  nodes: 5,
  example: "node-3, node-7, node-9",
  axis: "primary",
  helpers: 588,
  needed: 667,
  shardsDown: 400,
  shardsLying: 12,
};

const plain = syntheticRows({ replications: 3, reads: 10, writes: 0 });

/** Whole again after so many hours; `undefined`: not within the three there were. */
const converged = (rows: ReplicationRows, after: number | undefined): ReplicationRows => ({
  ...rows,
  end: 3 * hour,
  convergence: {
    calmSince: 0,
    tookMicroseconds: (after ?? 3) * hour,
    isWhole: after !== undefined,
    unrecovered: after === undefined ? [unhelped] : [],
  },
});

const judged = (...after: readonly (number | undefined)[]) =>
  summarize({
    scenario: "made-up",
    question: "Is it?",
    replications: after.map((each, index) => converged(plain[index]!, each)),
    guarantees: guarantees("recovery.convergence: max <= 2h"),
  });

describe("the promise that all is recovered", () => {
  it("is met if each replication keeps it", () => {
    const { guarantees: all, unrecovered, exitCode } = judged(0.5, 1, 1.9);
    expect(all[0]).toMatchObject({ verdict: "met", value: 1.9 * 3600, low: 0.5 * 3600 });
    expect(all[0]?.intervalText).toBe("each 30 min to 114 min");
    expect(unrecovered).toEqual([]);
    expect(exitCode).toBe(0);
  });

  it("is broken by one that was too slow, though the mean is within it", () => {
    const { guarantees: all, exitCode } = judged(0.5, 0.5, 2.1);
    expect(all[0]).toMatchObject({ verdict: "broken", reason: "a replication is beyond it" });
    expect(exitCode).toBe(1);
  });

  it("is broken by one that never was whole, which says why", () => {
    const { guarantees: all, unrecovered } = judged(0.5, undefined, 1);
    expect(all[0]?.verdict).toBe("broken");
    expect(unrecovered.map(({ message }) => message)).toEqual([
      "not recovered 3 h after the last fault: 1,200 slivers of 50 blobs on 5 nodes (node-3, node-7, node-9 and 2 more), for want of helpers: 588 shards can give symbols, and a primary sliver takes 667; 400 shards are on nodes that are down, 12 on nodes that lie. In 1 of 3 replications; these are the most.",
    ]);
  });

  it("has no data in a run that does not claim it", () => {
    const [first] = summarize({
      scenario: "made-up",
      question: "Is it?",
      replications: plain,
      guarantees: guarantees("recovery.convergence: max <= 2h"),
    }).guarantees;
    expect(first).toMatchObject({ verdict: "broken", noData: true });
  });
});

describe("a promise about the least of something", () => {
  it("is broken by one replication, though the mean over replications is within it", () => {
    const worst = [0.9, 0.99, 0.99].map((availability, index) => {
      const rows = plain[index]!;
      return { ...rows, nodes: rows.nodes.map((node) => ({ ...node, availability })) };
    });
    const judgedBy = (limit: string) =>
      summarize({
        scenario: "made-up",
        question: "Is it?",
        replications: worst,
        guarantees: guarantees(`node.availability: min >= ${limit}`),
      }).guarantees[0];
    expect(judgedBy("95%")).toMatchObject({ verdict: "broken", value: 0.9 });
    expect(judgedBy("90%")).toMatchObject({ verdict: "met", value: 0.9 });
  });
});
