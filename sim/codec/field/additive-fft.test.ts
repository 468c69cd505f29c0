import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { forward, inverse, twist } from "./additive-fft.ts";
import { LOG } from "./field.ts";

describe("the additive transform", () => {
  it("has the factors of the reference implementation at every point of the field", () => {
    const factors = Array.from({ length: 65_535 }, (_, i) => twist(i + 1));
    expect(factors.slice(0, 16)).toEqual([0, 0, 2, 0, 4, 2, 6, 0, 8, 4, 10, 2, 12, 6, 14, 0]);
    const logs = Uint16Array.from(factors, (factor) => LOG[factor]!);
    expect(createHash("sha256").update(logs).digest("hex")).toBe(
      "386153e81df25ed50a4be744fc292281790994bf3472076e6bed4e65463c3949",
    );
  });

  it("is undone by its inverse, at any point", () => {
    const rows = fc.integer({ min: 0, max: 6 }).chain((log) =>
      fc.array(fc.uint16Array({ minLength: 3, maxLength: 3 }), {
        minLength: 2 ** log,
        maxLength: 2 ** log,
      }),
    );
    fc.assert(
      fc.property(rows, fc.integer({ min: 0, max: 500 }), (original, chunk) => {
        const copy = original.map((row) => row.slice());
        forward(copy, copy.length, chunk * copy.length);
        inverse(copy, copy.length, chunk * copy.length);
        expect(copy).toEqual(original);
      }),
    );
  });

  it("gives the wanted values, and takes zeros for granted, with less work", () => {
    const rows = Array.from({ length: 16 }, (_, i) => Uint16Array.of(i < 5 ? 1000 * i + 7 : 0));
    const whole = rows.map((row) => row.slice());
    inverse(rows, 5, 32);
    inverse(whole, 16, 32);
    expect(rows).toEqual(whole);
    forward(rows, 3, 48);
    forward(whole, 16, 48);
    expect(rows.slice(0, 3)).toEqual(whole.slice(0, 3));
  });
});
