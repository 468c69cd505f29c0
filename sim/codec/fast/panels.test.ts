import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { panels } from "./panels.ts";

describe("panels", () => {
  it("cover rows from end to end, and cut symbols only between blocks of 64 bytes", () => {
    const rows = fc.record({
      symbolBytes: fc.integer({ min: 1, max: 40_000 }).map((half) => 2 * half),
      symbols: fc.integer({ min: 1, max: 9 }),
      rowCount: fc.constantFrom(2, 10, 1000, 10_000, 50_000),
    });
    fc.assert(
      fc.property(rows, ({ symbolBytes, symbols, rowCount }) => {
        let end = 0;
        for (const panel of panels(symbols * symbolBytes, symbolBytes, rowCount)) {
          expect(panel.at).toBe(end);
          end += panel.bytes;
          expect(panel.bytes % panel.symbolBytes).toBe(0);
          const place = panel.at % symbolBytes;
          const isWhole = panel.symbolBytes === symbolBytes && place === 0;
          const isPiece = panel.bytes === panel.symbolBytes && place % 64 === 0;
          expect(isWhole || isPiece).toBe(true);
          if (!isWhole) expect(place + panel.bytes).toBeLessThanOrEqual(symbolBytes);
          if (place + panel.bytes < symbolBytes) expect(panel.bytes % 64).toBe(0);
        }
        expect(end).toBe(symbols * symbolBytes);
      }),
    );
  });

  it("take a bounded share of memory, however many the rows", () => {
    for (const rowCount of [10, 100, 1000, 40_000]) {
      for (const panel of panels(2 ** 21, 2 ** 20, rowCount)) {
        expect(panel.bytes * rowCount).toBeLessThanOrEqual(2 ** 26);
      }
    }
  });
});
