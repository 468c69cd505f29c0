import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Catalogue } from "./catalogue.ts";

describe("the catalogue", () => {
  it("holds what was preloaded or written and is not over, by age", () => {
    const step = fc.oneof(
      fc.record({ adds: fc.boolean() }),
      fc.record({ ends: fc.nat({ max: 30 }) }),
    );
    fc.assert(
      fc.property(fc.nat({ max: 9 }), fc.array(step, { maxLength: 40 }), (preloaded, steps) => {
        const over = new Set<number>();
        const preloadedBytes = Array.from({ length: preloaded }, (_, blob) => 1000 + blob);
        const catalogue = new Catalogue(preloadedBytes, () => over);
        const plain = preloadedBytes.map((bytes, blob) => ({ blob, bytes }));
        for (const each of steps) {
          if ("ends" in each) {
            over.add(each.ends); // It may end before its writer knows that it exists, or twice.
          } else {
            const { blob } = catalogue.beginWrite();
            // Some are certified later than younger ones.
            if (each.adds) {
              plain.push({ blob, bytes: blob });
              catalogue.add({ blob, bytes: blob });
            }
          }
          const left = plain.filter(({ blob }) => !over.has(blob));
          expect(catalogue.blobCount).toBe(left.length);
          expect(left.map((_, position) => catalogue.at(position))).toEqual(left);
        }
      }),
    );
  });

  it("goes on in a fork with what is over there", () => {
    const over = [new Set<number>([0]), new Set<number>([0])] as const;
    const [first, fork] = over.map((ended) => new Catalogue([1, 1, 1], () => ended));
    expect(first?.at(0).blob).toBe(1);
    const snapshot = first?.snapshot();
    fork?.restore(snapshot);
    over[0].add(1);
    over[1].add(2);
    expect([first?.at(0).blob, fork?.at(0).blob]).toEqual([2, 1]);
    expect([first?.blobCount, fork?.blobCount]).toEqual([1, 1]);
  });

  it("does not look at all blobs whenever one comes or goes", () => {
    // Were it to, this would take minutes.
    const over = new Set<number>([0]);
    const catalogue = new Catalogue([1], () => over);
    let youngest = 0;
    for (let index = 0; index < 50_000; index++) {
      const { blob } = catalogue.beginWrite();
      catalogue.add({ blob, bytes: 1 });
      if (index % 2 === 1) over.add(blob - 1);
      if (catalogue.at(catalogue.blobCount - 1).blob === blob) youngest++;
    }
    expect(youngest).toBe(50_000);
    expect(catalogue.blobCount).toBe(25_000);
  });
});
