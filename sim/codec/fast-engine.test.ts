import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sameBytes, toHex } from "./bytes.ts";
import type { SliverMatrix } from "./codec-engine.ts";
import { fastEngine } from "./fast-engine.ts";
import { plainEngine } from "./plain-engine.ts";
import { redStuffShape } from "./red-stuff/shape.ts";

/** Sizes on all sides of what kernels copy at a time, and of the blocks within a symbol. */
const symbolSize = fc.oneof(
  fc.integer({ min: 1, max: 40 }).map((half) => 2 * half),
  fc.constantFrom(94, 96, 98, 126, 128, 130, 158, 192, 194, 1022, 1024, 1026, 4094, 4098, 4200),
);

const code = fc.record({
  originals: fc.integer({ min: 1, max: 40 }),
  repairs: fc.integer({ min: 1, max: 40 }),
});

/** Bytes of no pattern that arithmetic could hide in. */
function noise(bytes: number, seed: number): Uint8Array {
  let x = seed;
  return Uint8Array.from({ length: bytes }, () => {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    return x >>> 24;
  });
}

const seed = fc.integer({ min: 0, max: 2 ** 32 - 1 });
const few = fc.integer({ min: 1, max: 20 });

describe("the fast engine does what the plain one does", () => {
  it("when it encodes", () => {
    fc.assert(
      fc.property(code, symbolSize, few, seed, (code, symbolBytes, symbols, seed) => {
        const rowBytes = Math.min(symbols, Math.ceil(4200 / symbolBytes)) * symbolBytes;
        const rows = noise((code.originals + code.repairs) * rowBytes, seed);
        const expected = rows.slice();
        fastEngine.encode(code, rows, symbolBytes);
        plainEngine.encode(code, expected, symbolBytes);
        expect(sameBytes(rows, expected)).toBe(true);
      }),
    );
  });

  it("when it makes one repair row, which is that among all", () => {
    fc.assert(
      fc.property(
        code,
        fc.nat(),
        symbolSize,
        few,
        seed,
        (code, nth, symbolBytes, symbols, seed) => {
          const rowBytes = Math.min(symbols, Math.ceil(9000 / symbolBytes)) * symbolBytes;
          const rows = noise((code.originals + code.repairs) * rowBytes, seed);
          const originals = rows.slice(0, code.originals * rowBytes);
          const index = nth % code.repairs;
          const fast = fastEngine.repair(code, originals, index, symbolBytes);
          const plain = plainEngine.repair(code, originals, index, symbolBytes);
          fastEngine.encode(code, rows, symbolBytes);
          const at = (code.originals + index) * rowBytes;
          expect(sameBytes(fast, rows.subarray(at, at + rowBytes))).toBe(true);
          expect(sameBytes(plain, fast)).toBe(true);
        },
      ),
    );
  });

  it("when it decodes, from rows of a codeword and from any others", () => {
    const erasures = code.chain((code) =>
      fc.record({
        code: fc.constant(code),
        indices: fc.shuffledSubarray([...Array(code.originals + code.repairs).keys()], {
          minLength: code.originals,
          maxLength: code.originals,
        }),
      }),
    );
    fc.assert(
      fc.property(
        erasures,
        symbolSize,
        few,
        seed,
        ({ code, indices }, symbolBytes, symbols, seed) => {
          const rowBytes = Math.min(symbols, Math.ceil(4200 / symbolBytes)) * symbolBytes;
          const received = indices.map((index) => ({ index, data: noise(rowBytes, seed ^ index) }));
          const fast = fastEngine.decode(code, received, symbolBytes);
          const plain = plainEngine.decode(code, received, symbolBytes);
          expect(sameBytes(fast, plain)).toBe(true);
        },
      ),
    );
  });

  it("at the sizes of the main network, whichever slivers are missing", () => {
    for (const code of [
      { originals: 334, repairs: 666 },
      { originals: 667, repairs: 333 },
    ]) {
      const all = [...Array(1000).keys()];
      const subsets = [
        all.slice(-code.originals),
        all.filter((index) => index % 3 === 0 || index > 450).slice(0, code.originals),
        all.slice(1, code.originals + 1),
      ];
      for (const indices of subsets) {
        expect(indices).toHaveLength(code.originals);
        const received = indices.map((index) => ({ index, data: noise(12, index + 1) }));
        const fast = fastEngine.decode(code, received, 6);
        expect(sameBytes(fast, plainEngine.decode(code, received, 6))).toBe(true);
      }
    }
  });

  it("when it turns a matrix, and writes nothing else", () => {
    fc.assert(
      fc.property(symbolSize, few, few, seed, (symbolBytes, rows, columns, seed) => {
        fc.pre(rows * columns * symbolBytes < 100_000);
        const matrix = noise(rows * columns * symbolBytes, seed);
        const fast = new Uint8Array(matrix.length + 20);
        const plain = new Uint8Array(matrix.length + 20);
        fastEngine.transpose(fast, matrix, columns, symbolBytes);
        plainEngine.transpose(plain, matrix, columns, symbolBytes);
        expect(sameBytes(fast, plain)).toBe(true);
      }),
    );
  });

  it("when it builds a Merkle tree over leaves of any length", () => {
    for (let leafBytes = 1; leafBytes <= 400; leafBytes++) {
      const count = 1 + (leafBytes % 9);
      const leaves = noise(count * leafBytes, leafBytes);
      const fast = fastEngine.merkleTree(leaves, leafBytes);
      expect(toHex(fast.nodes)).toBe(toHex(plainEngine.merkleTree(leaves, leafBytes).nodes));
    }
  });

  it("when it follows the paths of leaves", () => {
    const paths = fc.record({
      count: fc.integer({ min: 1, max: 20 }),
      leafBytes: fc.constantFrom(2, 6, 8, 70, 72, 200),
      levels: fc.integer({ min: 0, max: 11 }),
      seed,
    });
    fc.assert(
      fc.property(paths, ({ count, leafBytes, levels, seed }) => {
        const leaves = noise(count * leafBytes, seed);
        const siblings = noise(levels * count * 32, seed + 1);
        const index = seed % 2 ** levels;
        const fast = fastEngine.rootsAlong(leaves, leafBytes, index, siblings);
        expect(toHex(fast)).toBe(toHex(plainEngine.rootsAlong(leaves, leafBytes, index, siblings)));
      }),
    );
  });

  it("when it expands a message of any size to all slivers and their hashes", () => {
    const shapes = fc.record({
      shardCount: fc.integer({ min: 4, max: 60 }),
      symbolBytes: fc.constantFrom(2, 6, 8, 70, 72, 130, 600),
      seed,
    });
    fc.assert(
      fc.property(shapes, ({ shardCount, symbolBytes, seed }) => {
        expectSameExpansion(shardCount, symbolBytes, seed);
      }),
      { numRuns: 30 },
    );
  });

  it("when there are more symbols than bytes to tell them apart by", () => {
    // 257 * 257 symbols of two bytes: enough for the list of the hashes of all 65,536 there can be.
    expectSameExpansion(257, 2, 1);
  });
});

function expectSameExpansion(shardCount: number, symbolBytes: number, seed: number): void {
  const fast = noisyMatrix(shardCount, symbolBytes, seed);
  const plain = noisyMatrix(shardCount, symbolBytes, seed);
  expect(fastEngine.expand(fast)).toEqual(plainEngine.expand(plain));
  expect(sameBytes(fast.primary, plain.primary)).toBe(true);
  expect(sameBytes(fast.secondary, plain.secondary)).toBe(true);
}

/** A message in the first primary slivers, and anything in the places of all others. */
function noisyMatrix(shardCount: number, symbolBytes: number, seed: number): SliverMatrix {
  const { rows, columns } = redStuffShape(shardCount);
  return {
    shardCount,
    rows,
    columns,
    symbolBytes,
    primary: noise(shardCount * columns * symbolBytes, seed),
    secondary: noise(shardCount * rows * symbolBytes, seed + 1),
  };
}
