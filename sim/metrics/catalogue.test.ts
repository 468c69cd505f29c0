import { expect, it } from "vitest";
import { catalogue, percentileOf } from "./catalogue.ts";

it("names each metric once", () => {
  const names = catalogue.map((metric) => metric.name);
  expect(new Set(names).size).toBe(names.length);
});

it.each([
  ["p50", 0.5],
  ["p5", 0.05],
  ["p99", 0.99],
  ["p99.9", 0.999],
  ["p99.99", 0.9999],
  ["p0", undefined],
  ["p100", undefined],
  ["mean", undefined],
])("takes %s for the share %s", (aggregation, share) => {
  expect(percentileOf(aggregation)).toBe(share);
});
