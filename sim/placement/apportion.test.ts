import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { apportion, shardsPerNodeMax } from "./apportion.ts";
import vectors from "./vectors/placement-cases.json" with { type: "json" };

const stakesOf = (numbers: readonly number[]) => numbers.map(BigInt);

describe("apportionment of shards to stake", () => {
  it.each(vectors.dhondt)(
    "of $n_shards shards to $stake is that of Walrus's Move tests",
    (vector) => {
      expect(apportion(stakesOf(vector.stake), vector.n_shards)).toEqual(vector.expected);
    },
  );

  it("refuses to share where nobody has stake", () => {
    for (const { stake, n_shards } of vectors.dhondt_errors) {
      expect(() => apportion(stakesOf(stake), n_shards)).toThrow(/some stake above 0/);
    }
  });

  it("refuses stakes below 0, and committees too large for their shards", () => {
    expect(() => apportion([5n, -1n], 10)).toThrow(RangeError);
    // 20 nodes of a tenth of 9 shards, rounded down, may hold none.
    expect(() => apportion(new Array(20).fill(1n), 9)).toThrow(/cannot hold 9/);
  });

  it.each(vectors.max_shards_per_node_for_1000)(
    "caps one of $nodes nodes at $max of 1000 shards",
    (vector) => {
      expect(shardsPerNodeMax(vector.nodes, 1000)).toBe(vector.max);
    },
  );

  it("gives what the cap withholds to the others", () => {
    // As in Walrus's Move tests: 100 for the large node, and 900 / 20 for each of the others.
    const counts = apportion([200n, ...new Array<bigint>(20).fill(20n)], 1000);
    expect(counts).toEqual([100, ...new Array(20).fill(45)]);
  });

  it("gives the last shard to the earlier of two nodes with equal claims", () => {
    expect(apportion([20n, 10n, 20n], 4)).toEqual([2, 1, 1]);
  });

  const stakes = fc.array(fc.bigInt({ min: 0n, max: 40n }), { minLength: 1, maxLength: 40 });
  const shardCounts = fc.integer({ min: 10, max: 1200 });

  it("agrees with handing out shards one by one, from none", () => {
    fc.assert(
      fc.property(stakes, shardCounts, (given, shardCount) => {
        fc.pre(given.some((stake) => stake > 0n));
        expect(apportion(given, shardCount)).toEqual(oneByOne(given, shardCount));
      }),
      { numRuns: 60 },
    );
  });

  it("hands out every shard and respects the cap", () => {
    fc.assert(
      fc.property(stakes, shardCounts, (given, shardCount) => {
        fc.pre(given.some((stake) => stake > 0n));
        const counts = apportion(given, shardCount);
        expect(counts.reduce((sum, count) => sum + count, 0)).toBe(shardCount);
        const cap = shardsPerNodeMax(given.length, shardCount);
        expect(Math.max(...counts)).toBeLessThanOrEqual(cap);
      }),
      { numRuns: 60 },
    );
  });
});

/** D'Hondt as textbooks have it: fractions compared exactly by cross-multiplication, no head start. */
function oneByOne(stakes: readonly bigint[], shardCount: number): number[] {
  const cap = shardsPerNodeMax(stakes.length, shardCount);
  const counts = stakes.map(() => 0);
  for (let given = 0; given < shardCount; given++) {
    let winner = -1;
    for (let node = 0; node < stakes.length; node++) {
      if (counts[node] === cap) continue;
      if (winner === -1) winner = node;
      const mine = stakes[node]! * BigInt(counts[winner]! + 1);
      const theirs = stakes[winner]! * BigInt(counts[node]! + 1);
      if (mine > theirs) winner = node;
    }
    counts[winner]!++;
  }
  return counts;
}
