import type { BlobCode } from "./code.ts";
import { redStuffLayout, redStuffShape } from "./red-stuff/shape.ts";
import { reedSolomonLayout, reedSolomonShape, SLIVER_BYTES_MAX } from "./reed-solomon-shape.ts";

/** Which code a scenario stores its blobs in. */
export type Encoding =
  | { readonly scheme: "red-stuff"; readonly shards: number }
  | {
      readonly scheme: "reed-solomon";
      readonly dataShards: number;
      readonly totalShards: number;
    }
  | { readonly scheme: "replication"; readonly copies: number };

const content = {
  encode(): never {
    throw new Error("Encoding is not built yet.");
  },
  decode(): never {
    throw new Error("Decoding is not built yet.");
  },
  verify(): never {
    throw new Error("Verification is not built yet.");
  },
};

/** The code of an encoding. Throws a RangeError for parameters that no code has. */
export function blobCode(encoding: Encoding): BlobCode {
  switch (encoding.scheme) {
    case "red-stuff": {
      const shape = redStuffShape(encoding.shards);
      return {
        ...content,
        scheme: "red-stuff",
        shardCount: shape.shardCount,
        primaryNeeded: shape.rows,
        secondaryNeeded: shape.columns,
        blobBytesMax: shape.blobBytesMax,
        layout: (blobBytes) => redStuffLayout(shape, blobBytes),
      };
    }
    case "reed-solomon": {
      const shape = reedSolomonShape(encoding.dataShards, encoding.totalShards);
      return {
        ...content,
        scheme: "reed-solomon",
        shardCount: shape.totalShards,
        primaryNeeded: shape.dataShards,
        secondaryNeeded: Number.POSITIVE_INFINITY,
        blobBytesMax: shape.blobBytesMax,
        layout: (blobBytes) => reedSolomonLayout(shape, blobBytes),
      };
    }
    case "replication":
      return {
        ...content,
        scheme: "replication",
        shardCount: encoding.copies,
        primaryNeeded: 1,
        secondaryNeeded: Number.POSITIVE_INFINITY,
        blobBytesMax: SLIVER_BYTES_MAX,
        layout: (blobBytes) => ({
          symbolBytes: blobBytes,
          primaryBytes: blobBytes,
          secondaryBytes: 0,
          metadataBytes: 32 + 2 + 8 + 32,
          encodedBytes: encoding.copies * (blobBytes + 64),
        }),
      };
  }
}
