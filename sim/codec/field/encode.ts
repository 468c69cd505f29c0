import { forward, inverse } from "./additive-fft.ts";
import { codePlan, type ErasureCode } from "./erasure-code.ts";
import { addRow } from "./field.ts";

/** The repair rows of the original rows, which all have one length and are left as they are. */
export function encode(code: ErasureCode, originals: readonly Uint16Array[]): Uint16Array[] {
  const { rate, chunk } = codePlan(code);
  const repairs =
    rate === "high"
      ? encodeHigh(originals, chunk, code.repairs)
      : encodeLow(originals, chunk, code.repairs);
  return repairs.slice(0, code.repairs);
}

/** More originals than repairs: what each chunk of originals adds to the one chunk of repairs. */
function encodeHigh(
  originals: readonly Uint16Array[],
  chunk: number,
  repairs: number,
): Uint16Array[] {
  const sum = zeroRows(chunk, originals);
  for (let start = 0; start < originals.length; start += chunk) {
    const part = originals.slice(start, start + chunk);
    const rows = copyWithZeros(part, chunk);
    inverse(rows, part.length, chunk + start);
    for (const [i, row] of rows.entries()) addRow(sum[i]!, row);
  }
  forward(sum, repairs, 0);
  return sum;
}

/** More repairs than originals: one polynomial, evaluated over each chunk of repairs. */
function encodeLow(
  originals: readonly Uint16Array[],
  chunk: number,
  repairs: number,
): Uint16Array[] {
  const coefficients = copyWithZeros(originals, chunk);
  inverse(coefficients, originals.length, 0);
  const values: Uint16Array[] = [];
  for (let start = 0; start < repairs; start += chunk) {
    const rows = copyWithZeros(coefficients, chunk);
    forward(rows, Math.min(chunk, repairs - start), chunk + start);
    values.push(...rows);
  }
  return values;
}

function copyWithZeros(rows: readonly Uint16Array[], count: number): Uint16Array[] {
  return [...rows.map((row) => row.slice()), ...zeroRows(count - rows.length, rows)];
}

function zeroRows(count: number, like: readonly Uint16Array[]): Uint16Array[] {
  return Array.from({ length: count }, () => new Uint16Array(like[0]!.length));
}
