import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addMultiple, EXP, LOG, multiply, power } from "./field.ts";

const sha256 = (words: Uint16Array) => createHash("sha256").update(words).digest("hex");
const element = fc.integer({ min: 0, max: 65_535 });

describe("the field of 65,536 elements in Walrus's Cantor basis", () => {
  it("has the logarithms that the specification lists", () => {
    expect([...LOG.slice(0, 8)]).toEqual([65535, 0, 21845, 43690, 17476, 4369, 34952, 8738]);
    expect([...EXP.slice(0, 6)]).toEqual([1, 18064, 26072, 25296, 22324, 17904]);
    expect(EXP[65_534]).toBe(9798);
    expect(sha256(LOG)).toBe("c7eafc7e425f44aa8c3cf82dee5f4b3e50a710844082c0f1adcd4b95d4330c1f");
    expect(sha256(EXP.slice(0, 65_536))).toBe(
      "2016ee0982f33f3b6d46fc5731540a073e73b2e7d093ba82e1998364d9dafcd5",
    );
  });

  it("multiplies as the specification's examples do", () => {
    expect(multiply(2, 2)).toBe(3);
    expect(multiply(2, 3)).toBe(1);
    expect(multiply(0x1234, 0xabcd)).toBe(0x43c1);
    expect(multiply(0, 0xabcd)).toBe(0);
    expect(multiply(0xabcd, 0)).toBe(0);
  });

  it("has a Cantor basis: the square of each bit, and the bit, add up to the bit below", () => {
    for (let bit = 2; bit < 65_536; bit *= 2) expect(multiply(bit, bit) ^ bit).toBe(bit / 2);
  });

  it("keeps products of elements below 256 there: they are a field of their own", () => {
    const small = fc.integer({ min: 0, max: 255 });
    fc.assert(fc.property(small, small, (a, b) => multiply(a, b) < 256));
  });

  it("multiplies associatively, and distributes over XOR", () => {
    fc.assert(
      fc.property(element, element, element, (a, b, c) => {
        expect(multiply(multiply(a, b), c)).toBe(multiply(a, multiply(b, c)));
        expect(multiply(a, b ^ c)).toBe(multiply(a, b) ^ multiply(a, c));
      }),
    );
  });

  it("gives an inverse for the negative of a logarithm", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65_535 }), (a) => {
        expect(multiply(a, power(-LOG[a]!))).toBe(1);
      }),
    );
  });

  it("adds a multiple of a row place by place", () => {
    const factors = fc.tuple(fc.uint16Array({ minLength: 5, maxLength: 5 }), element);
    fc.assert(
      fc.property(factors, fc.uint16Array({ minLength: 5, maxLength: 5 }), ([row, factor], sum) => {
        const expected = [...sum].map((value, i) => value ^ multiply(row[i]!, factor));
        addMultiple(sum, row, factor);
        expect([...sum]).toEqual(expected);
      }),
    );
  });
});
