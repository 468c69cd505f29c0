import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Flow, fairRates } from "./fair-rates.ts";

describe("rates of flows that share resources", () => {
  it("are the highest where nothing is scarce", () => {
    expect(fairRates([{ rateMax: 3, uses: [[0, 1]] }], [4])).toEqual([3]);
  });

  it("hold back what meets at a bottleneck by one factor, and let the others go on", () => {
    // The first two want 6 of 3: half each. The third goes on to its own limit.
    const flows: Flow[] = [
      { rateMax: 4, uses: [[0, 1]] },
      {
        rateMax: 2,
        uses: [
          [0, 1],
          [1, 1],
        ],
      },
      { rateMax: 5, uses: [[1, 1]] },
    ];
    expect(fairRates(flows, [3, 10])).toEqual([2, 1, 5]);
  });

  it("stand still without a resource", () => {
    expect(fairRates([{ rateMax: 3, uses: [[0, 1]] }], [0])).toEqual([0]);
  });

  it("use no more than there is, and leave no flow below its limit for nothing", () => {
    const flow = fc.record({
      rateMax: fc.integer({ min: 1, max: 9 }),
      uses: fc.uniqueArray(
        fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 1, max: 4 })),
        {
          selector: ([resource]) => resource,
          minLength: 1,
        },
      ),
    });
    const capacities = fc.array(fc.integer({ min: 0, max: 20 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(fc.array(flow, { maxLength: 6 }), capacities, (flows, capacity) => {
        const rates = fairRates(flows, capacity);
        const load = capacity.map((_, resource) =>
          flows.reduce((sum, { uses }, index) => {
            const use = uses.find(([used]) => used === resource)?.[1] ?? 0;
            return sum + use * rates[index]!;
          }, 0),
        );
        load.forEach((used, resource) => {
          expect(used).toBeLessThanOrEqual(capacity[resource]! + 1e-6);
        });
        flows.forEach(({ rateMax, uses }, index) => {
          const isFull = uses.some(([resource]) => load[resource]! >= capacity[resource]! - 1e-6);
          expect(rates[index]! >= rateMax - 1e-6 || isFull).toBe(true);
        });
      }),
    );
  });
});
