import { describe, expect, it } from "vitest";
import { blobCode } from "./blob-code.ts";
import type { BlobCode } from "./code.ts";

const mainnet = blobCode({ scheme: "red-stuff", shards: 1000 });
/** Bytes of all slivers, without metadata, for each byte of a large blob. */
const overhead = (code: BlobCode, blobBytes = 2e9) => {
  const { primaryBytes, secondaryBytes } = code.layout(blobBytes);
  return (code.shardCount * (primaryBytes + secondaryBytes)) / blobBytes;
};

describe("sizes seen on Walrus's networks", () => {
  // Lines of the client's log, August and October 2025: a storage unit is 1 MiB of encoded bytes.
  it.each([
    { blobBytes: 17, encodedBytes: 66_034_000, units: 63, symbol: 2, slivers: [1334, 668] },
    { blobBytes: 640_000, encodedBytes: 68_036_000, units: 65, symbol: 4, slivers: [2668, 1336] },
    {
      blobBytes: 31_313_911,
      encodedBytes: 206_174_000,
      units: 197,
      symbol: 142,
      slivers: [94_714, 47_428],
    },
  ])("of a blob of $blobBytes bytes are $encodedBytes charged, $units units", (row) => {
    const layout = mainnet.layout(row.blobBytes);
    expect(layout.encodedBytes).toBe(row.encodedBytes);
    expect(Math.ceil(layout.encodedBytes / 2 ** 20)).toBe(row.units);
    expect(layout.symbolBytes).toBe(row.symbol);
    expect([layout.primaryBytes, layout.secondaryBytes]).toEqual(row.slivers);
  });

  it("charge metadata of 64,032 bytes a shard, however small the blob", () => {
    const { encodedBytes, primaryBytes, secondaryBytes } = mainnet.layout(1);
    expect(encodedBytes / 1000 - primaryBytes - secondaryBytes).toBe(64_032);
  });

  it("come to 4.5 times a large blob, 4.56 with metadata at a gigabyte", () => {
    // n (rows + columns) / (rows columns) = 1000 * 1001 / (334 * 667).
    expect(overhead(mainnet, mainnet.blobBytesMax)).toBeCloseTo(4.4933, 4);
    expect(mainnet.layout(1e9).encodedBytes / 1e9).toBeCloseTo(4.56, 2);
    expect(mainnet.layout(mainnet.blobBytesMax).encodedBytes / mainnet.blobBytesMax).toBeCloseTo(
      4.498,
      3,
    );
  });
});

describe("what the whitepaper compares: twelve nines against a third of liars", () => {
  const copies = blobCode({ scheme: "replication", copies: 25 });
  const reedSolomon = blobCode({ scheme: "reed-solomon", dataShards: 334, totalShards: 1000 });

  it("takes 25 copies, as each is lost with probability 1/3", () => {
    expect(3 ** -25).toBeLessThan(1.2e-12);
    expect(3 ** -24).toBeGreaterThan(3e-12);
    expect(overhead(copies)).toBe(25);
  });

  it("takes 3 times the blob in one dimension, 4.5 in two; 29 of 80 are 2.75", () => {
    expect(overhead(reedSolomon)).toBeCloseTo(3, 1);
    expect(overhead(mainnet)).toBeCloseTo(4.5, 1);
    const storj = blobCode({ scheme: "reed-solomon", dataShards: 29, totalShards: 80 });
    expect(overhead(storj)).toBeCloseTo(80 / 29, 6);
  });

  it("recovers what one shard lost from a whole blob, but for Red Stuff: from its n-th part", () => {
    const blobBytes = 2e9;
    // In one dimension as many slivers as reconstruct the blob; in two, one symbol from each of the
    // slivers of the other axis that it takes: for a pair, the bytes of the pair.
    for (const code of [copies, reedSolomon]) {
      const recovery = code.primaryNeeded * code.layout(blobBytes).primaryBytes;
      expect(recovery / blobBytes).toBeCloseTo(1, 5);
    }
    for (const shards of [10, 100, 1000]) {
      const code = blobCode({ scheme: "red-stuff", shards });
      const { symbolBytes, primaryBytes, secondaryBytes } = code.layout(1e6);
      const recovery = (code.primaryNeeded + code.secondaryNeeded) * symbolBytes;
      expect(recovery).toBe(primaryBytes + secondaryBytes);
    }
    const { symbolBytes } = mainnet.layout(blobBytes);
    const pair = (mainnet.primaryNeeded + mainnet.secondaryNeeded) * symbolBytes;
    expect((1000 * pair) / blobBytes).toBeCloseTo(4.5, 1);
  });
});
