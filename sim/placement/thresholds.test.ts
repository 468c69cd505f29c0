import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { thresholds } from "./thresholds.ts";

const shardCounts = fc.integer({ min: 1, max: 65_535 });

describe("the thresholds of a committee", () => {
  // The table of Walrus's bft.rs and bls_aggregate.move at three sizes; all are 3f + 1.
  it.each([
    { shardCount: 10, quorum: 7, validity: 4 },
    { shardCount: 100, quorum: 67, validity: 34 },
    { shardCount: 1000, quorum: 667, validity: 334 },
  ])("of $shardCount shards are those of Walrus", ({ shardCount, quorum, validity }) => {
    expect(thresholds(shardCount)).toMatchObject({
      quorum,
      quorumOnChain: quorum,
      correctMin: quorum,
      secondaryNeeded: quorum,
      validity,
      validityOnChain: validity,
      primaryNeeded: validity,
    });
  });

  // n = 3f + 2 and n = 3f + 3, f = 2: the chain wants more than the clients count.
  it.each([
    { shardCount: 8, quorum: 5, quorumOnChain: 6, validity: 3, validityOnChain: 3 },
    { shardCount: 9, quorum: 5, quorumOnChain: 7, validity: 3, validityOnChain: 4 },
  ])("of $shardCount shards differ on and off chain", (expected) => {
    expect(thresholds(expected.shardCount)).toMatchObject(expected);
  });

  it("leave a correct shard in common to two certificates, as the safety of writes needs", () => {
    fc.assert(
      fc.property(shardCounts, (shardCount) => {
        const { correctMin, faultyMax, quorumOnChain } = thresholds(shardCount);
        expect(2 * correctMin - shardCount).toBeGreaterThan(faultyMax);
        expect(quorumOnChain).toBe(correctMin);
      }),
    );
  });

  it("are the least weights that satisfy the inequalities of the contracts", () => {
    fc.assert(
      fc.property(shardCounts, (n) => {
        const { quorumOnChain, validityOnChain } = thresholds(n);
        expect(3 * quorumOnChain).toBeGreaterThanOrEqual(2 * n + 1);
        expect(3 * (quorumOnChain - 1)).toBeLessThan(2 * n + 1);
        expect(3 * validityOnChain).toBeGreaterThanOrEqual(n + 1);
        expect(3 * (validityOnChain - 1)).toBeLessThan(n + 1);
      }),
    );
  });

  it.each([0, -1, 2.5, Number.NaN])("refuse %s shards", (shardCount) => {
    expect(() => thresholds(shardCount)).toThrow(RangeError);
  });
});
