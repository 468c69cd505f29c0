import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addBlob, hasBlob, newBlobSet } from "./blob-set.ts";

describe("a set of blobs", () => {
  it("has what was added, and nothing else", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: 200 })), (blobs) => {
        const set = newBlobSet();
        for (const blob of blobs) addBlob(set, blob);
        const plain = new Set(blobs);
        for (let blob = 0; blob < 300; blob++) expect(hasBlob(set, blob)).toBe(plain.has(blob));
      }),
    );
  });

  it("takes a bit or two for each number, and not the hundreds of a set of objects", () => {
    const set = newBlobSet();
    for (let blob = 0; blob < 100_000; blob++) addBlob(set, blob);
    expect(set.bits.byteLength).toBeLessThanOrEqual((2 * 100_000) / 8);
  });
});
