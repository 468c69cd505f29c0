import { describe, expect, it } from "vitest";
import { RandomStreams } from "../engine/random-streams.ts";
import { blobSize, preloadSizes } from "./sizes.ts";

const luck = () => new RandomStreams("sizes").stream("size");
const logNormal = { kind: "log-normal", median: 665_000, sigma: 2.34 } as const;

describe("sizes of blobs", () => {
  it("are whole bytes, at least 1 and at most what a blob may have", () => {
    expect(blobSize({ kind: "constant", value: 0.2 }, 100, luck())).toBe(1);
    expect(blobSize({ kind: "constant", value: 7.6 }, 100, luck())).toBe(8);
    expect(blobSize({ kind: "constant", value: 101 }, 100, luck())).toBe(100);
  });

  it("of preloaded blobs are the same for the same luck, one each", () => {
    const sizes = preloadSizes({ blobs: 50, size: logNormal }, 1e9, luck());
    expect(sizes).toHaveLength(50);
    expect(sizes.every(Number.isInteger)).toBe(true);
    expect(sizes).toEqual(preloadSizes({ blobs: 50, size: logNormal }, 1e9, luck()));
  });
});
