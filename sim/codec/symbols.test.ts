import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex } from "./bytes.ts";
import { fromElements, toElements } from "./symbols.ts";

const hexElements = (hex: string, symbolBytes: number) =>
  [...toElements(fromHex(hex)!, symbolBytes)].map((x) => x.toString(16).padStart(4, "0"));

describe("the field elements of a symbol", () => {
  it("are its low bytes and then its high bytes", () => {
    expect(hexElements("4016", 2)).toEqual(["1640"]);
    expect(hexElements("40169338", 4)).toEqual(["9340", "3816"]);
  });

  it("begin anew with each symbol of a row", () => {
    expect(hexElements("401693386006721e", 4)).toEqual(["9340", "3816", "7260", "1e06"]);
  });

  it("are taken in blocks of 64 bytes, of which the last may be shorter", () => {
    const symbol = Uint8Array.from({ length: 66 }, (_, i) => i);
    const elements = toElements(symbol, 66);
    expect(elements[0]).toBe(32 * 256);
    expect(elements[31]).toBe(31 + 63 * 256);
    expect(elements[32]).toBe(64 + 65 * 256);
  });

  it("turn back into the symbols they came from", () => {
    const row = fc
      .tuple(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 5 }))
      .chain(([half, count]) =>
        fc.record({
          symbolBytes: fc.constant(2 * half),
          bytes: fc.uint8Array({ minLength: 2 * half * count, maxLength: 2 * half * count }),
        }),
      );
    fc.assert(
      fc.property(row, ({ symbolBytes, bytes }) => {
        expect(fromElements(toElements(bytes, symbolBytes), symbolBytes)).toEqual(bytes);
      }),
    );
  });
});
