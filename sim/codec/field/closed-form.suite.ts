import type { ErasureCode } from "./erasure-code.ts";
import { multiply } from "./field.ts";
import { generator } from "./generator.ts";

/** All repair rows as sums of multiples of the original rows: slow, and without any transform. */
export function encodeByClosedForm(
  code: ErasureCode,
  originals: readonly Uint16Array[],
): Uint16Array[] {
  const coefficient = generator(code);
  return Array.from({ length: code.repairs }, (_, repair) =>
    Uint16Array.from(originals[0]!, (_, place) =>
      originals.reduce(
        (sum, row, original) => sum ^ multiply(row[place]!, coefficient(repair, original)),
        0,
      ),
    ),
  );
}
