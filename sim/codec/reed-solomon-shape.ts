import type { SliverLayout } from "./code.ts";
import { checkBlobBytes, checkCount, evenShareBytes, lengthPrefixBytes } from "./sizes.ts";

/** What a 32-bit length can say, rounded down to even. The field itself sets no limit. */
export const SLIVER_BYTES_MAX = 2 ** 32 - 2;
const HASH_BYTES = 32;

/** A blob cut into k slivers, and n - k slivers of repair beside them. */
export interface ReedSolomonShape {
  /** k */
  readonly dataShards: number;
  /** n */
  readonly totalShards: number;
  readonly blobBytesMax: number;
}

/** Throws a RangeError unless 1 <= dataShards < totalShards <= 32,768. */
export function reedSolomonShape(dataShards: number, totalShards: number): ReedSolomonShape {
  checkCount("totalShards", totalShards, 2, 32_768);
  checkCount("dataShards", dataShards, 1, totalShards - 1);
  return { dataShards, totalShards, blobBytesMax: dataShards * SLIVER_BYTES_MAX };
}

/** Sizes by the rules of Red Stuff, but for one sliver a shard and one hash a sliver. */
export function reedSolomonLayout(shape: ReedSolomonShape, blobBytes: number): SliverLayout {
  checkBlobBytes(blobBytes, shape.blobBytesMax);
  const { dataShards, totalShards } = shape;
  const sliverBytes = evenShareBytes(blobBytes, dataShards);
  return {
    symbolBytes: sliverBytes,
    primaryBytes: sliverBytes,
    secondaryBytes: 0,
    metadataBytes: HASH_BYTES + 2 + 8 + lengthPrefixBytes(totalShards) + totalShards * HASH_BYTES,
    encodedBytes: totalShards * (sliverBytes + totalShards * HASH_BYTES + HASH_BYTES),
  };
}
