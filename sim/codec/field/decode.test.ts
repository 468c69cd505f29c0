import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeByClosedForm } from "./closed-form.suite.ts";
import { decode } from "./decode.ts";
import { encode } from "./encode.ts";

/** A code, as many of its indices as it has originals in any order, and values for its rows. */
const erasures = fc
  .record({ originals: fc.integer({ min: 1, max: 24 }), repairs: fc.integer({ min: 1, max: 24 }) })
  .chain((code) => {
    const indices = Array.from({ length: code.originals + code.repairs }, (_, index) => index);
    return fc.record({
      code: fc.constant(code),
      received: fc.shuffledSubarray(indices, {
        minLength: code.originals,
        maxLength: code.originals,
      }),
      rows: fc.array(fc.uint16Array({ minLength: 2, maxLength: 2 }), {
        minLength: code.originals,
        maxLength: code.originals,
      }),
    });
  });

describe("decoding a Reed-Solomon code with erasures", () => {
  it("restores the originals from any rows, as many as there are originals", () => {
    fc.assert(
      fc.property(erasures, ({ code, received, rows }) => {
        const codeword = [...rows, ...encode(code, rows)];
        const known = new Map(received.map((index) => [index, codeword[index]!]));
        expect(decode(code, known)).toEqual(rows);
      }),
      { numRuns: 500 },
    );
  });

  it("finds the one codeword through rows that no encoder made", () => {
    fc.assert(
      fc.property(erasures, ({ code, received, rows }) => {
        const originals = decode(code, new Map(received.map((index, i) => [index, rows[i]!])));
        const codeword = [...originals, ...encodeByClosedForm(code, originals)];
        expect(received.map((index) => codeword[index])).toEqual(rows);
      }),
    );
  });

  it("leaves the rows it is given as they are", () => {
    const code = { originals: 3, repairs: 4 };
    const received = new Map([6, 1, 4].map((index) => [index, Uint16Array.of(index, 9)]));
    decode(code, received);
    expect([...received.values()].map((row) => [...row])).toEqual([6, 1, 4].map((i) => [i, 9]));
  });
});
