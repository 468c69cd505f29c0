import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shardOfPair } from "./rotation.ts";
import { shardOfSliver, sliversOfShard } from "./spread.ts";

const placements = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 40 }), fc.nat())
  .map(([sliverCount, shardCount, turns]) => ({
    sliverCount,
    shardCount,
    rotation: turns % shardCount,
  }));

describe("slivers spread over more or fewer shards", () => {
  it("three copies lie a third of the ring apart", () => {
    expect([0, 1, 2].map((copy) => shardOfSliver(copy, 3, 990, 1000))).toEqual([990, 323, 656]);
  });

  it("with as many slivers as shards lie as Walrus's sliver pairs do", () => {
    for (let pair = 0; pair < 10; pair++) {
      expect(shardOfSliver(pair, 10, 7, 10)).toBe(shardOfPair(pair, 7, 10));
    }
  });

  it("are found again from their shard, each on one shard only", () => {
    fc.assert(
      fc.property(placements, ({ sliverCount, rotation, shardCount }) => {
        const found: number[] = [];
        for (let shard = 0; shard < shardCount; shard++) {
          const { first, count } = sliversOfShard(shard, sliverCount, rotation, shardCount);
          for (let sliver = first; sliver < first + count; sliver++) {
            expect(shardOfSliver(sliver, sliverCount, rotation, shardCount)).toBe(shard);
            found.push(sliver);
          }
        }
        expect(found.sort((a, b) => a - b)).toEqual(
          Array.from({ length: sliverCount }, (_, i) => i),
        );
      }),
    );
  });

  it("load no shard with more than one sliver above another", () => {
    fc.assert(
      fc.property(placements, ({ sliverCount, rotation, shardCount }) => {
        const counts = Array.from(
          { length: shardCount },
          (_, shard) => sliversOfShard(shard, sliverCount, rotation, shardCount).count,
        );
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });
});
