import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { eachCell, type Shade } from "./cells.ts";
import { addCohort, newPopulation } from "./population.ts";

// Edges out of few values, so that they often meet.
const edge = fc.integer({ min: 0, max: 6 });
const interval = fc.tuple(edge, edge).filter(([a, b]) => a < b);
const shade = fc
  .record({ times: interval, ids: interval, layer: fc.integer({ min: 0, max: 1 }), weight: edge })
  .map(({ times, ids, layer, weight }): Shade => {
    return { from: times[0], to: times[1], idFrom: ids[0] / 6, idTo: ids[1] / 6, layer, weight };
  });

describe("cells of a population", () => {
  it("count each blob once, with what all rectangles over it take", () => {
    fc.assert(
      fc.property(fc.array(shade, { maxLength: 8 }), (shades) => {
        const population = newPopulation();
        addCohort(population, { sizes: 0, from: 0, to: 4, count: 24, endEpoch: 9 });
        addCohort(population, { sizes: 0, from: 2, to: 6, count: 72, endEpoch: 9 });
        const counted = new Map<string, number>();
        eachCell(population, shades, 2, 6, (blobs, lacking) => {
          const key = lacking.join();
          counted.set(key, (counted.get(key) ?? 0) + blobs);
        });
        // The oracle looks at every one of 6 x 6 squares by itself.
        const expected = new Map<string, number>();
        for (let time = 0; time < 6; time++) {
          for (let id = 0; id < 6; id++) {
            const over = (layer: number) =>
              shades
                .filter((s) => s.layer === layer && s.from <= time && time < s.to)
                .filter((s) => s.idFrom * 6 <= id + 0.5 && id + 0.5 < s.idTo * 6)
                .reduce((sum, { weight }) => sum + weight, 0);
            const blobs = ((time < 4 ? 6 : 0) + (time >= 2 ? 18 : 0)) / 6;
            const key = [over(0), over(1)].join();
            expected.set(key, (expected.get(key) ?? 0) + blobs);
          }
        }
        expect([...counted.keys()].sort()).toEqual([...expected.keys()].sort());
        for (const [key, blobs] of expected) expect(counted.get(key)).toBeCloseTo(blobs, 6);
      }),
    );
  });
});
