import { describe, expect, it } from "vitest";
import { parsePublished } from "./published.ts";

describe("a published number", () => {
  it("is a metric, an aggregation and a value in the metric's unit", () => {
    const result = parsePublished(" read.latency: p50  = 2.4s");
    expect(result.ok && result.number).toMatchObject({
      text: "read.latency: p50 = 2.4s",
      aggregation: "p50",
      value: 2_400_000,
    });
  });

  it("is no promise: bounds are refused, and so is a metric that does not exist", () => {
    for (const text of ["read.latency: p50 <= 2.4s", "read.latency p50", "= 2s"]) {
      expect(parsePublished(text).ok).toBe(false);
    }
    const typo = parsePublished("read.latancy: p50 = 2s");
    expect(typo.ok === false && typo.mistakes[0]?.nearest).toBe("read.latency");
  });
});
