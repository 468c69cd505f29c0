import { describe, expect, it } from "vitest";
import { meanOf } from "../engine/distribution.ts";
import { meanOver, sizeAt, sizeClasses } from "./size-classes.ts";

const blobBytesMax = Number.MAX_SAFE_INTEGER;

describe("classes of blob sizes", () => {
  it.each([
    { kind: "constant", value: 1000 },
    { kind: "uniform", from: 1000, to: 9000 },
    { kind: "exponential", mean: 1e6 },
    { kind: "log-normal", median: 1e6, sigma: 1.4 },
    { kind: "log-normal", median: 665e3, sigma: 2.34 },
    { kind: "weibull", shape: 0.6, scale: 1e6 },
    { kind: "empirical", values: [5, 1, 90] },
  ] as const)("have the mean of what they stand for: $kind", (size) => {
    const mean = meanOver(sizeClasses(size, blobBytesMax), (bytes) => bytes);
    expect(mean / meanOf(size)).toBeCloseTo(1, 2);
  });

  it("average steps exactly: half of the sizes take one unit, half take two", () => {
    const classes = sizeClasses({ kind: "uniform", from: 0, to: 2000 }, blobBytesMax);
    expect(meanOver(classes, (bytes) => Math.ceil(bytes / 1000))).toBeCloseTo(1.5, 3);
  });

  it("give back their quantiles", () => {
    const classes = sizeClasses({ kind: "uniform", from: 0, to: 1000 }, blobBytesMax);
    expect(sizeAt(classes, 0.25)).toBeCloseTo(250, -1);
    expect(sizeAt(classes, 0.9999)).toBeCloseTo(1000, -1);
  });
});
