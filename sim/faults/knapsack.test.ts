import fc from "fast-check";
import { expect, it } from "vitest";
import { knapsack } from "./knapsack.ts";

const items = fc.array(fc.record({ weight: fc.integer({ min: 1, max: 6 }), value: fc.nat(9) }), {
  maxLength: 9,
});

it("a knapsack is worth as much as any that fits", () => {
  fc.assert(
    fc.property(items, fc.nat(20), (all, limit) => {
      const total = (chosen: readonly number[], of: "weight" | "value") =>
        chosen.reduce((sum, item) => sum + all[item]![of], 0);
      let best = 0;
      for (let set = 0; set < 2 ** all.length; set++) {
        const chosen = all.flatMap((_, item) => ((set >> item) & 1 ? [item] : []));
        if (total(chosen, "weight") <= limit) best = Math.max(best, total(chosen, "value"));
      }
      const found = knapsack(
        all.map(({ weight }) => weight),
        all.map(({ value }) => value),
        limit,
      );
      expect(total(found, "weight")).toBeLessThanOrEqual(limit);
      expect(total(found, "value")).toBe(best);
    }),
  );
});
