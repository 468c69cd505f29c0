import { codePlan, type ErasureCode } from "./erasure-code.ts";
import { LOG, multiply, power } from "./field.ts";

/**
 * What a repair takes of an original, by the closed form of the code: slow, and independent of any
 * transform.
 */
export function coefficient(code: ErasureCode, repair: number, original: number): number {
  const { rate, chunk } = codePlan(code);
  const [far, near] = rate === "high" ? [chunk + original, repair] : [chunk + repair, original];
  return multiply(Math.floor(far / chunk), power(-LOG[far ^ near]!));
}

export function encodeByClosedForm(
  code: ErasureCode,
  originals: readonly Uint16Array[],
): Uint16Array[] {
  return Array.from({ length: code.repairs }, (_, repair) =>
    Uint16Array.from(originals[0]!, (_, place) =>
      originals.reduce(
        (sum, row, original) => sum ^ multiply(row[place]!, coefficient(code, repair, original)),
        0,
      ),
    ),
  );
}
