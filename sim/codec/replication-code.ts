import type { BlobCode } from "./code.ts";
import type { CodecEngine } from "./codec-engine.ts";
import { HASH_BYTES } from "./hash/merkle.ts";
import { oneDimensionCode, SLIVER_BYTES_MAX } from "./one-dimension.ts";
import { checkBlobBytes, checkCount } from "./sizes.ts";

/**
 * Whole copies, each a sliver of its own. Their hashes are all the same, so metadata holds it once.
 * Throws a RangeError unless 1 <= copies <= 65,535.
 */
export function replicationCode(copies: number, engine: CodecEngine): BlobCode {
  checkCount("copies", copies, 1, 65_535);
  return oneDimensionCode({
    scheme: "replication",
    shardCount: copies,
    needed: 1,
    blobBytesMax: SLIVER_BYTES_MAX,
    engine,
    layout(blobBytes) {
      checkBlobBytes(blobBytes, SLIVER_BYTES_MAX);
      return {
        symbolBytes: blobBytes,
        primaryBytes: blobBytes,
        secondaryBytes: 0,
        metadataBytes: HASH_BYTES + 2 + 8 + HASH_BYTES,
        encodedBytes: copies * (blobBytes + 2 * HASH_BYTES),
      };
    },
    sliver: (blob) => blob.slice(),
    slivers: (blob) => Array.from({ length: copies }, () => blob),
    reconstruct: ([sliver]) => sliver!.data,
  });
}
