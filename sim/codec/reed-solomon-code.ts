import { padded, split } from "./bytes.ts";
import type { BlobCode, SliverLayout } from "./code.ts";
import type { CodecEngine } from "./codec-engine.ts";
import { HASH_BYTES } from "./hash/merkle.ts";
import { oneDimensionCode, SLIVER_BYTES_MAX } from "./one-dimension.ts";
import { checkBlobBytes, checkCount, evenShareBytes, lengthPrefixBytes } from "./sizes.ts";

/**
 * Reed-Solomon in one dimension, over the field of Red Stuff: k slivers that are the blob itself,
 * and n - k of repair. Metadata and charges follow Red Stuff's rules, with one hash a sliver.
 * Throws a RangeError unless 1 <= k < n <= 32,768.
 */
export function reedSolomonCode(
  dataShards: number,
  totalShards: number,
  engine: CodecEngine,
): BlobCode {
  checkCount("totalShards", totalShards, 2, 32_768);
  checkCount("dataShards", dataShards, 1, totalShards - 1);
  const code = { originals: dataShards, repairs: totalShards - dataShards };
  const blobBytesMax = dataShards * SLIVER_BYTES_MAX;

  function layout(blobBytes: number): SliverLayout {
    checkBlobBytes(blobBytes, blobBytesMax);
    const sliverBytes = evenShareBytes(blobBytes, dataShards);
    return {
      symbolBytes: sliverBytes,
      primaryBytes: sliverBytes,
      secondaryBytes: 0,
      metadataBytes:
        HASH_BYTES + 2 + 8 + lengthPrefixBytes(totalShards) + totalShards * (1 + HASH_BYTES),
      encodedBytes: totalShards * (sliverBytes + totalShards * HASH_BYTES + HASH_BYTES),
    };
  }

  return oneDimensionCode({
    scheme: "reed-solomon",
    shardCount: totalShards,
    needed: dataShards,
    blobBytesMax,
    engine,
    layout,
    sliver(blob, index) {
      const { symbolBytes } = layout(blob.length);
      if (index < dataShards) {
        return padded(blob.subarray(index * symbolBytes, (index + 1) * symbolBytes), symbolBytes);
      }
      const originals = padded(blob, dataShards * symbolBytes);
      return engine.repair(code, originals, index - dataShards, symbolBytes);
    },
    slivers(blob) {
      const { symbolBytes } = layout(blob.length);
      const rows = padded(blob, totalShards * symbolBytes);
      engine.encode(code, rows, symbolBytes);
      return split(rows, symbolBytes);
    },
    reconstruct: (slivers) => engine.decode(code, slivers, slivers[0]?.data.length ?? 0),
  });
}
