import { describe, expect, it } from "vitest";
import { sampleResidual } from "./residual-life.ts";

/** Luck that gives these numbers in turn. */
const given = (...numbers: number[]) => {
  let next = 0;
  return () => numbers[next++]!;
};

describe("what is left of something under way", () => {
  it("is an even part of it if it always takes as long", () => {
    expect(sampleResidual({ kind: "constant", value: 80 }, given(0.25))).toBe(20);
  });

  it("is of one of several lengths in proportion to them", () => {
    // Lengths 10 and 30: the longer takes up three quarters of all time.
    const lengths = { kind: "empirical", values: [10, 30] } as const;
    expect(sampleResidual(lengths, given(0.24, 0.5))).toBe(5);
    expect(sampleResidual(lengths, given(0.26, 0.5))).toBe(15);
  });

  it("of a shifted length is of the shift or of the rest in proportion to them", () => {
    // 30 + 10: three quarters are in the shift.
    const of = { kind: "constant", value: 10 } as const;
    const shifted = { kind: "shifted", by: 30, of } as const;
    expect(sampleResidual(shifted, given(0.5, 0.5))).toBe(20);
  });
});
