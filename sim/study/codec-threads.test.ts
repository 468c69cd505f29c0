import { afterAll, describe, expect, it } from "vitest";
import { blobCode } from "../codec/blob-code.ts";
import { sameBytes } from "../codec/bytes.ts";
import { CodecThreads } from "./codec-threads.ts";

describe("a blob encoded on two threads", () => {
  const threads = new CodecThreads(2);
  afterAll(() => threads.end());

  // Panels of all columns, of one column, and of some with a narrower one behind; symbols of 2, 602 and 6 bytes.
  it.each([
    { shards: 10, blobBytes: 7 },
    { shards: 31, blobBytes: 11 * 21 * 601 },
    { shards: 100, blobBytes: 34 * 67 * 5 },
    { shards: 300, blobBytes: 100_000 },
  ])(
    "is byte for byte that of one: n = $shards, $blobBytes bytes",
    async ({ shards, blobBytes }) => {
      const blob = Uint8Array.from(
        { length: blobBytes },
        (_, i) => Math.imul(i, i ^ 0x5bd1) >>> 13,
      );
      const one = blobCode({ scheme: "red-stuff", shards }).encode(blob);
      const two = await threads.encode(blob, shards);
      expect(two.metadata).toEqual(one.metadata);
      for (let index = 0; index < shards; index++) {
        expect(sameBytes(two.primary(index), one.primary(index))).toBe(true);
        expect(sameBytes(two.secondary(index), one.secondary(index))).toBe(true);
      }
    },
  );
});
