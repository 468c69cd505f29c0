import { describe, expect, it } from "vitest";
import { testBlobCode } from "./blob-code.suite.ts";
import { blobCode } from "./blob-code.ts";
import { fastEngine } from "./fast-engine.ts";
import { plainEngine } from "./plain-engine.ts";

const encodings = [
  { scheme: "red-stuff", shards: 4 },
  { scheme: "red-stuff", shards: 10 },
  { scheme: "red-stuff", shards: 14 },
  { scheme: "reed-solomon", dataShards: 1, totalShards: 2 },
  { scheme: "reed-solomon", dataShards: 4, totalShards: 9 },
  { scheme: "reed-solomon", dataShards: 10, totalShards: 14 },
  { scheme: "replication", copies: 2 },
  { scheme: "replication", copies: 3 },
] as const;

for (const [name, engine] of Object.entries({ fast: fastEngine, plain: plainEngine })) {
  for (const encoding of encodings) {
    testBlobCode(`${Object.values(encoding).join(" ")}, ${name}`, blobCode(encoding, engine));
  }
}

describe("Red Stuff's sizes", () => {
  it.each([
    { shards: 10, blobBytes: 0, encodedBytes: 6940 },
    { shards: 10, blobBytes: 1, encodedBytes: 6940 },
    { shards: 10, blobBytes: 2800, encodedBytes: 17_720 },
    { shards: 1000, blobBytes: 1, encodedBytes: 66_034_000 },
    { shards: 1000, blobBytes: 22_277_800, encodedBytes: 164_132_000 },
  ])("charge $encodedBytes bytes for $blobBytes on $shards shards, as the chain does", (row) => {
    const code = blobCode({ scheme: "red-stuff", shards: row.shards });
    expect(code.layout(row.blobBytes).encodedBytes).toBe(row.encodedBytes);
  });

  it.each([
    { shards: 4, needed: [2, 3], blobBytesMax: 393_204 },
    { shards: 9, needed: [5, 7], blobBytesMax: 2_293_690 },
    { shards: 13, needed: [5, 9], blobBytesMax: 2_949_030 },
    { shards: 100, needed: [34, 67], blobBytesMax: 149_286_452 },
    { shards: 1000, needed: [334, 667], blobBytesMax: 14_599_533_452 },
  ])("on $shards shards need $needed slivers, of blobs up to $blobBytesMax bytes", (row) => {
    const code = blobCode({ scheme: "red-stuff", shards: row.shards });
    expect([code.primaryNeeded, code.secondaryNeeded]).toEqual(row.needed);
    expect(code.blobBytesMax).toBe(row.blobBytesMax);
  });

  it("are those of the metadata record that a node of the main network stores", () => {
    const { metadataBytes } = blobCode({ scheme: "red-stuff", shards: 1000 }).layout(1);
    expect(metadataBytes).toBe(66_044);
  });
});

describe("one dimension", () => {
  it("charges a sliver, its hashes and a blob ID for each shard", () => {
    const reedSolomon = blobCode({ scheme: "reed-solomon", dataShards: 10, totalShards: 14 });
    expect(reedSolomon.layout(1001)).toEqual({
      symbolBytes: 102,
      primaryBytes: 102,
      secondaryBytes: 0,
      metadataBytes: 32 + 2 + 8 + 1 + 14 * 33,
      encodedBytes: 14 * (102 + 14 * 32 + 32),
    });
    const replication = blobCode({ scheme: "replication", copies: 3 });
    expect(replication.layout(1001).encodedBytes).toBe(3 * (1001 + 32 + 32));
  });

  it("with one data shard is replication, but for a byte of padding", () => {
    const blob = Uint8Array.of(1, 2, 3);
    const encoded = blobCode({ scheme: "reed-solomon", dataShards: 1, totalShards: 4 }).encode(
      blob,
    );
    for (const index of [0, 1, 2, 3]) {
      expect(encoded.primary(index)).toEqual(Uint8Array.of(1, 2, 3, 0));
    }
  });

  it("has no secondary slivers to give", () => {
    const encoded = blobCode({ scheme: "replication", copies: 2 }).encode(Uint8Array.of(1));
    expect(() => encoded.secondary(0)).toThrow("no secondary slivers");
  });
});

describe("parameters that no code has", () => {
  it.each([
    { scheme: "red-stuff", shards: 3 },
    { scheme: "red-stuff", shards: 49_156 },
    { scheme: "red-stuff", shards: 10.5 },
    { scheme: "reed-solomon", dataShards: 4, totalShards: 4 },
    { scheme: "reed-solomon", dataShards: 0, totalShards: 4 },
    { scheme: "reed-solomon", dataShards: 4, totalShards: 32_769 },
    { scheme: "replication", copies: 0 },
  ] as const)("are refused: %o", (encoding) => {
    expect(() => blobCode(encoding)).toThrow(RangeError);
  });
});
