import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeByClosedForm } from "./closed-form.suite.ts";
import { encode } from "./encode.ts";
import { codePlan } from "./erasure-code.ts";

const GENERATORS = [
  { originals: 2, repairs: 2, rows: "0003 0002 / 0002 0003" },
  { originals: 3, repairs: 1, rows: "0001 0001 0001" },
  {
    originals: 3,
    repairs: 4,
    rows: "000c 000f 000a / 000f 000c 0008 / 000a 0008 000c / 0008 000a 000f",
  },
  {
    originals: 5,
    repairs: 2,
    rows: "0003 0002 0005 0004 0007 / 0002 0003 0004 0005 0006",
  },
  {
    originals: 4,
    repairs: 6,
    rows: "000c 000f 000a 0008 / 000f 000c 0008 000a / 000a 0008 000c 000f / 0008 000a 000f 000c / 000a 000f 0008 000c / 000f 000a 000c 0008",
  },
  {
    originals: 7,
    repairs: 3,
    rows: "000c 000f 000a 0008 000a 000f 0008 / 000f 000c 0008 000a 000f 000a 000c / 000a 0008 000c 000f 0008 000c 000a",
  },
];

describe("a Reed-Solomon code", () => {
  it.each(GENERATORS)("of $originals + $repairs has the generator of the specification", (code) => {
    // Encoding the unit vectors, one a place, gives the generator matrix.
    const unit = Array.from({ length: code.originals }, (_, row) =>
      Uint16Array.from({ length: code.originals }, (_, place) => (place === row ? 1 : 0)),
    );
    const hex = (row: Uint16Array) =>
      [...row].map((x) => x.toString(16).padStart(4, "0")).join(" ");
    expect(encode(code, unit).map(hex).join(" / ")).toBe(code.rows);
  });

  it("encodes by transforms as its closed form does, at high rate and low", () => {
    const code = fc.record({
      originals: fc.integer({ min: 1, max: 40 }),
      repairs: fc.integer({ min: 1, max: 40 }),
    });
    fc.assert(
      fc.property(code, fc.infiniteStream(fc.integer({ min: 0, max: 65_535 })), (code, values) => {
        const originals = Array.from({ length: code.originals }, () =>
          Uint16Array.from({ length: 2 }, () => values.next().value ?? 0),
        );
        const before = originals.map((row) => row.slice());
        expect(encode(code, originals)).toEqual(encodeByClosedForm(code, originals));
        expect(originals).toEqual(before);
      }),
    );
  });

  it("encodes at the sizes of the main network as its closed form does", () => {
    for (const code of [
      { originals: 334, repairs: 666 },
      { originals: 667, repairs: 333 },
    ]) {
      const originals = Array.from({ length: code.originals }, (_, i) =>
        Uint16Array.of((i * 40_503) & 0xffff),
      );
      expect(encode(code, originals)).toEqual(encodeByClosedForm(code, originals));
    }
  });

  it("refuses what the field has no room for", () => {
    expect(() => codePlan({ originals: 40_000, repairs: 40_000 })).toThrow(RangeError);
    expect(() => codePlan({ originals: 1, repairs: 65_535 })).not.toThrow();
  });
});
