import quantile from "@stdlib/stats-base-dists-normal-quantile";
import { expect, it } from "vitest";
import { normalStrata, sampleNormal } from "./normal-strata.ts";

it("holds the medians of equally likely strata, as a library computes them", () => {
  normalStrata.forEach((value, index) => {
    expect(value).toBeCloseTo(quantile((index + 0.5) / normalStrata.length, 0, 1), 6);
  });
});

it("loses less than a thousandth of the variance", () => {
  const variance = normalStrata.reduce((sum, z) => sum + z * z, 0) / normalStrata.length;
  expect(variance).toBeGreaterThan(0.999);
  expect(variance).toBeLessThan(1);
});

it("is drawn from by one number of the stream, ascending with it", () => {
  expect([0, 0.25, 0.5, 0.75].map((u) => sampleNormal(() => u))).toEqual(
    [0, 1024, 2048, 3072].map((index) => normalStrata[index]),
  );
  expect(sampleNormal(() => 1 - 2 ** -53)).toBe(normalStrata.at(-1));
});
