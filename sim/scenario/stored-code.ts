import { blobCode } from "../codec/blob-code.ts";
import type { BlobCode } from "../codec/code.ts";
import { thresholds } from "../placement/thresholds.ts";
import type { Encoding } from "./scenario.ts";

/** A code and the weights that make its operations complete, in slivers. */
export interface StoredCode {
  readonly code: BlobCode;
  /** Slivers that must be stored before a write is certified. */
  readonly writeQuorum: number;
  /** Weight of equal answers that the rest cannot outvote. */
  readonly answerQuorum: number;
}

/**
 * The code that a scenario stores its blobs in. Walrus's quorums follow from its committee. A code of
 * one dimension comes with no protocol: unless the scenario says otherwise, a write is complete when
 * half of the slivers beyond the necessary ones are stored, and a blob does not exist when too many
 * say so for it to be read.
 */
export function storedCode(encoding: Encoding, shardCount: number): StoredCode {
  switch (encoding.scheme) {
    case "red-stuff": {
      const { correctMin, quorum } = thresholds(shardCount);
      const code = blobCode({ scheme: "red-stuff", shards: shardCount });
      return { code, writeQuorum: correctMin, answerQuorum: quorum };
    }
    case "reed-solomon":
      return quorumsOf(blobCode(encoding), encoding.writeQuorum);
    case "replication":
      return quorumsOf(blobCode(encoding), encoding.writeQuorum);
  }
}

function quorumsOf(code: BlobCode, writeQuorum: number | undefined): StoredCode {
  const spare = code.shardCount - code.primaryNeeded;
  return {
    code,
    writeQuorum: writeQuorum ?? code.primaryNeeded + Math.ceil(spare / 2),
    answerQuorum: spare + 1,
  };
}
