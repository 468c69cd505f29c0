import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blobChoice, distinctPositions } from "./popularity.ts";
import { ZipfRanks } from "./zipf-ranks.ts";

/** Luck that gives these numbers in turn. */
const given = (...numbers: number[]) => {
  let next = 0;
  return () => numbers[next++ % numbers.length]!;
};

describe("Zipf's law over a growing number of ranks", () => {
  it("gives rank r a stretch of [0, 1) that is proportional to its weight", () => {
    // Exponent 1 over 4 ranks: weights 12, 6, 4, 3 of 25.
    const ranks = new ZipfRanks(1);
    const rankAt = (uniform: number) => ranks.draw(4, given(uniform, 0));
    expect([0, 0.479, 0.481, 0.719, 0.721, 0.879, 0.881, 0.999].map(rankAt)).toEqual([
      0, 0, 1, 1, 2, 2, 3, 3,
    ]);
  });

  it("draws from a table that has grown as from one of that size from the start", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 300 }), { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (counts, uniform) => {
          const grown = new ZipfRanks(0.8);
          for (const count of counts) {
            const fresh = new ZipfRanks(0.8);
            expect(grown.draw(count, given(uniform, 0))).toBe(fresh.draw(count, given(uniform, 0)));
          }
        },
      ),
    );
  });

  it("stays within the ranks for the largest luck there is", () => {
    const ranks = new ZipfRanks(1.2);
    expect(ranks.draw(10, given(1 - 2 ** -53, 1 - 2 ** -53))).toBe(9);
    expect(ranks.draw(1, given(1 - 2 ** -53, 1 - 2 ** -53))).toBe(0);
  });

  it("reaches ranks that one draw of 32 bits could not tell apart", () => {
    // At exponent 3 the weights from rank 20,000 on are below 2^-32 of the whole.
    const ranks = new ZipfRanks(3);
    const at = (second: number) => ranks.draw(100_000, given(1 - 2 ** -32, second));
    expect(new Set([0, 0.25, 0.5, 0.75].map(at)).size).toBe(4);
  });

  it.each([0, 0.6, 1, 1.4])("draws from a table and behind it alike, exponent %s", (exponent) => {
    // 200,000 ranks, the first 65,536 of them from a table: against sums of all.
    const count = 200_000;
    const sums: number[] = [];
    let sum = 0;
    for (let rank = 1; rank <= count; rank++) {
      sum += rank ** -exponent;
      sums.push(sum);
    }
    const ranks = new ZipfRanks(exponent);
    for (let share = 0.0005; share < 1; share += 0.001) {
      const rank = ranks.draw(count, given(share, 0));
      // Sums of so many terms are exact to some 1e-12.
      expect((sums[rank - 1] ?? 0) - 1e-9).toBeLessThanOrEqual(share * sum);
      expect(sums[rank]! + 1e-9).toBeGreaterThan(share * sum);
    }
  });

  it("uses the same luck whatever the number of ranks", () => {
    const ranks = new ZipfRanks(1);
    const drawsFor = (count: number) => {
      let draws = 0;
      ranks.draw(count, () => {
        draws++;
        return 0.5;
      });
      return draws;
    };
    expect(drawsFor(1)).toBe(drawsFor(10_000));
  });
});

describe("the choice of a blob", () => {
  it("by the newest is even among the youngest, or all if there are fewer", () => {
    const choose = blobChoice({ kind: "newest", blobs: 3 });
    expect([0, 0.34, 0.67].map((u) => choose(100, given(u)))).toEqual([99, 98, 97]);
    expect([0, 0.5].map((u) => choose(2, given(u)))).toEqual([1, 0]);
  });

  it("that is uniform covers all", () => {
    const choose = blobChoice({ kind: "uniform" });
    expect([0, 0.25, 0.5, 0.999].map((u) => choose(4, given(u)))).toEqual([0, 1, 2, 3]);
  });

  it("by Zipf with exponent 0 is uniform", () => {
    const choose = blobChoice({ kind: "zipf", exponent: 0 });
    expect([0.1, 0.26, 0.6, 0.9].map((u) => choose(4, given(u, 0)))).toEqual([0, 1, 2, 3]);
  });
});

describe("distinct positions", () => {
  it("are as many as wanted, or all, each once", () => {
    const luck = fc.array(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), {
      minLength: 20,
      maxLength: 20,
    });
    fc.assert(
      fc.property(luck, fc.nat(20), fc.nat(20), (numbers, wanted, count) => {
        const positions = distinctPositions(wanted, count, given(...numbers));
        expect(positions).toHaveLength(Math.min(wanted, count));
        expect(new Set(positions).size).toBe(positions.length);
        expect(positions.every((position) => position >= 0 && position < count)).toBe(true);
      }),
    );
  });
});
