import { codePlan, type ErasureCode } from "./erasure-code.ts";
import { LOG, multiply, power } from "./field.ts";

/**
 * What each repair row takes of each original row, by the closed form of the code: independent of any
 * transform, and the way to a single repair row without the others.
 */
export function generator(code: ErasureCode): (repair: number, original: number) => number {
  const { rate, chunk } = codePlan(code);
  return (repair, original) => {
    const [far, near] = rate === "high" ? [chunk + original, repair] : [chunk + repair, original];
    return multiply(Math.floor(far / chunk), power(-LOG[far ^ near]!));
  };
}
