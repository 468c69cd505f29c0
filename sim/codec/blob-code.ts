import type { BlobCode } from "./code.ts";
import type { CodecEngine } from "./codec-engine.ts";
import { defaultEngine } from "./default-engine.ts";
import { redStuffCode } from "./red-stuff/red-stuff-code.ts";
import { reedSolomonCode } from "./reed-solomon-code.ts";
import { replicationCode } from "./replication-code.ts";

/** Which code a scenario stores its blobs in. */
export type Encoding =
  | { readonly scheme: "red-stuff"; readonly shards: number }
  | {
      readonly scheme: "reed-solomon";
      readonly dataShards: number;
      readonly totalShards: number;
    }
  | { readonly scheme: "replication"; readonly copies: number };

/** The code of an encoding. Throws a RangeError for parameters that no code has. */
export function blobCode(encoding: Encoding, engine: CodecEngine = defaultEngine): BlobCode {
  switch (encoding.scheme) {
    case "red-stuff":
      return redStuffCode(encoding.shards, engine);
    case "reed-solomon":
      return reedSolomonCode(encoding.dataShards, encoding.totalShards, engine);
    case "replication":
      return replicationCode(encoding.copies, engine);
  }
}
