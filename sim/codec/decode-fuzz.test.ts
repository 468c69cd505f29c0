import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrivals, readFrom, stored } from "./decode-fuzz.suite.ts";
import { vectorBlob } from "./vectors/read-vectors.suite.ts";

const blobs = [
  { shards: 4, size: 13 },
  { shards: 7, size: 1 },
  { shards: 10, size: 0 },
  { shards: 10, size: 1850 },
  { shards: 16, size: 6000 },
  { shards: 31, size: 1500 },
].map(({ shards, size }) => stored(shards, vectorBlob({ kind: "lcg", seed: shards, size })));

const reads = fc.record({ of: fc.nat({ max: blobs.length - 1 }), arrival: arrivals });

describe("slivers that arrive too few or too many, doubled, damaged and misplaced", () => {
  it("give the blob, or a count of what is missing; other bytes never pass as the blob", () => {
    const results = new Map<string, number>();
    fc.assert(
      fc.property(reads, ({ of, arrival }) => {
        const result = readFrom(blobs[of]!, arrival, false);
        results.set(result, (results.get(result) ?? 0) + 1);
      }),
      { numRuns: 2000 },
    );
    // Each kind of ending was really met.
    for (const result of ["blob", "other bytes", "not enough"]) {
      expect(results.get(result)).toBeGreaterThan(100);
    }
  });

  it("are read, before any check, to what Walrus's own code reads them to", () => {
    fc.assert(
      fc.property(reads, ({ of, arrival }) => {
        readFrom(blobs[of]!, arrival, true);
      }),
      { numRuns: 250 },
    );
  });
});
