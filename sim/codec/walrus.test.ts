import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sliversOf } from "./blob-code.suite.ts";
import { blobCode } from "./blob-code.ts";
import { join, toHex } from "./bytes.ts";
import { walrusDecode, walrusEncode } from "./walrus.suite.ts";

const shapes = fc.record({
  shards: fc.integer({ min: 4, max: 40 }),
  blob: fc
    .integer({ min: 0, max: 13 })
    .chain((log) => fc.uint8Array({ minLength: (2 ** log) >> 1, maxLength: 2 ** log })),
});

describe("beside Walrus's own code", () => {
  it("encodes any blob for any number of shards to the same slivers, hashes and blob ID", () => {
    fc.assert(
      fc.property(shapes, ({ shards, blob }) => {
        const encoded = blobCode({ scheme: "red-stuff", shards }).encode(blob);
        const reference = walrusEncode(shards, blob);
        const indices = [...reference.primary.keys()];
        const primary = indices.map((index) => encoded.primary(index));
        const secondary = indices.map((index) => encoded.secondary(index));
        expect(toHex(join(primary))).toBe(toHex(join(reference.primary)));
        expect(toHex(join(secondary))).toBe(toHex(join(reference.secondary)));
        expect(encoded.metadata).toEqual(reference.metadata);
      }),
      { numRuns: 60 },
    );
  });

  it("reads any primary slivers to the same blob, or finds that they are too few", () => {
    const damaged = shapes.chain(({ shards, blob }) =>
      fc.record({
        shards: fc.constant(shards),
        blob: fc.constant(blob),
        // Random slivers, some twice, some cut short, too few and too many.
        picks: fc.array(
          fc.record({
            index: fc.integer({ min: 0, max: shards - 1 }),
            noise: fc.integer({ min: 0, max: 255 }),
            cut: fc.constantFrom(0, 0, 0, 0, 0, 2),
          }),
          { minLength: 1, maxLength: 2 * shards },
        ),
      }),
    );
    fc.assert(
      fc.property(damaged, ({ shards, blob, picks }) => {
        const code = blobCode({ scheme: "red-stuff", shards });
        const encoded = code.encode(blob);
        const slivers = sliversOf(code, encoded, "primary");
        const given = picks.map(({ index, noise, cut }) => {
          const { axis, data } = slivers[index]!;
          return { axis, index, data: data.map((byte) => byte ^ noise).slice(cut) };
        });
        const decoded = code.decode(given, blob.length);
        const metadata = { ...encoded.metadata, blobBytes: blob.length };
        const reference = walrusDecode(shards, given, metadata);
        expect(decoded.ok ? toHex(decoded.blob) : undefined).toBe(reference && toHex(reference));
      }),
      { numRuns: 60 },
    );
  });
});
