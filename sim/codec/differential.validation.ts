import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareOnShape, type Shape } from "./differential.suite.ts";
import { redStuffLayout, redStuffShape } from "./red-stuff/shape.ts";

/** Random shapes to try; more of them, and others, on demand. See README.md. */
const SHAPES = Number(process.env.FLOE_CODEC_SHAPES ?? 40);
const SEED = Number(process.env.FLOE_CODEC_SEED ?? 1);

/** On all sides of powers of two, where codes change their plan, and of multiples of 3, where f steps. */
const shards = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: 4, max: 62 }) },
  { weight: 3, arbitrary: fc.integer({ min: 2, max: 33 }).map((f) => 3 * f + 1) },
  { weight: 1, arbitrary: fc.integer({ min: 2, max: 33 }).map((f) => 3 * f + 3) },
  { weight: 4, arbitrary: fc.constantFrom(7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65) },
  { weight: 3, arbitrary: fc.constantFrom(126, 127, 128, 129, 130) },
  { weight: 1, arbitrary: fc.constantFrom(255, 256, 257, 511, 512, 513, 999, 1000) },
  { weight: 1, arbitrary: fc.integer({ min: 66, max: 1000 }) },
);

/** On all sides of blocks of 64 bytes. */
const symbolBytes = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(2, 62, 64, 66) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 100 }).map((half) => 2 * half) },
);

/** How far a matrix of such symbols is filled; one byte more than full makes the symbols larger. */
const blobBytes = (full: number) =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(0, 1, full - 1, full, full + 1) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: full }) },
  );

const shapes: fc.Arbitrary<Shape> = fc
  .tuple(shards, symbolBytes, fc.integer({ min: 0, max: 2 ** 31 }))
  .chain(([shards, wanted, seed]) => {
    const { rows, columns } = redStuffShape(shards);
    // Up to 2 MB: large symbols are for smaller committees.
    const symbolBytes = rows * columns * wanted <= 2 ** 21 ? wanted : 2;
    return blobBytes(rows * columns * symbolBytes).map((blobBytes) => ({
      shards,
      blobBytes,
      seed,
    }));
  });

/** Every edge at least once, whatever the luck. */
const edges: Shape[] = [4, 6, 9, 16, 31, 64, 65, 127, 257].flatMap((shards) =>
  [2, 62, 64, 66].flatMap((symbolBytes) => {
    const { rows, columns } = redStuffShape(shards);
    const full = rows * columns * symbolBytes;
    const lengths = symbolBytes === 2 ? [0, 1, full, full + 1] : [full];
    return shards > 127 && symbolBytes > 2
      ? []
      : lengths.map((blobBytes) => ({ shards, blobBytes, seed: shards + symbolBytes }));
  }),
);

describe("Red Stuff by the fast engine, by the plain one and by Walrus's own code", () => {
  it(
    `is the same in all that can be done with a blob, for ${SHAPES} shapes by luck`,
    () => {
      const met = new Set<number>();
      fc.assert(
        fc.property(shapes, (shape) => {
          met.add(redStuffLayout(redStuffShape(shape.shards), shape.blobBytes).symbolBytes);
          compareOnShape(shape);
        }),
        { numRuns: SHAPES, seed: SEED, endOnFailure: true },
      );
      expect([...met]).toEqual(expect.arrayContaining([2, 62, 64, 66]));
    },
    30 * 60_000,
  );

  it(`and for ${edges.length} chosen ones`, () => {
    for (const shape of edges) compareOnShape(shape);
  });
});
