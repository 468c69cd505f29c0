import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  duration,
  formatQuantity,
  frequency,
  parseQuantity,
  parseShare,
  rate,
  size,
} from "./units.ts";

describe("a quantity", () => {
  it.each([
    ["250ms", duration, 250_000],
    ["1.5s", duration, 1_500_000],
    ["6h", duration, 21_600e6],
    ["14d", duration, 1_209_600e6],
    ["2w", duration, 1_209_600e6],
    ["0.4us", duration, 0],
    ["1e3s", duration, 1e9],
    ["128KiB", size, 131_072],
    ["512MB", size, 512e6],
    ["12.5MB", size, 12_500_000],
    ["1Gbit/s", rate, 125],
    ["50MB/s", rate, 50],
    ["2/s", frequency, 2e-6],
    ["240/h", frequency, 240 / 3_600e6],
  ] as const)("%s is read in the model's unit", (text, dimension, value) => {
    expect(parseQuantity(text, dimension)).toBeCloseTo(value, 15);
  });

  it.each([
    ["10 parsecs", duration],
    ["10", duration],
    ["-5s", duration],
    ["s", duration],
    ["5 s", duration],
    ["1e9w", duration], // Beyond 2^53 microseconds.
    ["8mib", size],
    ["8", size],
    ["1Gbit", rate],
    ["5", frequency],
    ["5/fortnight", frequency],
    ["1constructor", size],
  ] as const)("%s is none", (text, dimension) => {
    expect(parseQuantity(text, dimension)).toBeUndefined();
  });

  it.each([
    ["duration", duration],
    ["size", size],
  ] as const)("of a whole %s is the same after writing and reading", (_, dimension) => {
    fc.assert(
      fc.property(fc.nat({ max: Number.MAX_SAFE_INTEGER }), (value) => {
        expect(parseQuantity(formatQuantity(value, dimension), dimension)).toBe(value);
      }),
    );
  });

  it("as written by a person is written so again", () => {
    for (const [text, dimension] of [
      ["1h", duration],
      ["90s", duration],
      ["1min", duration],
      ["500ms", duration],
      ["8MiB", size],
      ["12.5MB", size],
      ["1Gbit/s", rate],
    ] as const) {
      expect(formatQuantity(parseQuantity(text, dimension)!, dimension)).toBe(text);
    }
  });
});

describe("a share", () => {
  it("is a percentage or a number from 0 to 1", () => {
    expect(["33%", "0%", "100%", "0.1%", 0.25, 0, 1].map(parseShare)).toEqual([
      0.33, 0, 1, 0.001, 0.25, 0, 1,
    ]);
  });

  it("is nothing else", () => {
    for (const text of ["101%", "-1%", "33", -0.1, 1.1, null, undefined, "", Number.NaN]) {
      expect(parseShare(text)).toBeUndefined();
    }
  });
});
