import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pairOfShard, rotationOf, shardOfPair } from "./rotation.ts";
import vectors from "./vectors/placement-cases.json" with { type: "json" };

describe("the rotation of a blob's sliver pairs", () => {
  const pairs = vectors.rotation.filter((vector) => vector.pair !== undefined);
  it.each(pairs)(
    "puts pair $pair of blob $blob_id_as_big_endian_integer on shard $shard of $n_shards",
    (vector) => {
      const blobId = new Uint8Array(32);
      blobId[31] = vector.blob_id_as_big_endian_integer!;
      const rotation = rotationOf(blobId, vector.n_shards);
      expect(shardOfPair(vector.pair!, rotation, vector.n_shards)).toBe(vector.shard);
      expect(pairOfShard(vector.shard!, rotation, vector.n_shards)).toBe(vector.pair);
    },
  );

  const ids = vectors.rotation.filter((vector) => vector.blob_id !== undefined);
  it.each(ids)("of $blob_id over $n_shards shards is $offset", (vector) => {
    const bytes = Uint8Array.from(vector.blob_id!.match(/../g)!, (hex) => Number.parseInt(hex, 16));
    expect(rotationOf(bytes, vector.n_shards)).toBe(vector.offset);
  });

  it("is the ID as a number modulo the shards", () => {
    const blobIds = fc.uint8Array({ minLength: 32, maxLength: 32 });
    fc.assert(
      fc.property(blobIds, fc.integer({ min: 1, max: 65_535 }), (blobId, shardCount) => {
        const number = blobId.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
        expect(rotationOf(blobId, shardCount)).toBe(Number(number % BigInt(shardCount)));
      }),
    );
  });

  it("brings each pair to a shard of its own, and back", () => {
    for (let rotation = 0; rotation < 7; rotation++) {
      const shards = [0, 1, 2, 3, 4, 5, 6].map((pair) => shardOfPair(pair, rotation, 7));
      expect(new Set(shards).size).toBe(7);
      expect(shards.map((shard) => pairOfShard(shard, rotation, 7))).toEqual([0, 1, 2, 3, 4, 5, 6]);
    }
  });
});
