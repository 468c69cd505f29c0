import type { ErasureCode } from "../field/erasure-code.ts";
import { generator } from "../field/generator.ts";
import { TABLE_BYTES, writeFactorTable } from "./factor-tables.ts";
import type { Kernels } from "./kernels.ts";
import { panels } from "./panels.ts";

/** What is summed up at a time: with the part of a row beside it, well within the nearest cache. */
const STRIP_BYTES = 4096;
/** Four planes of half a strip, each with room for what copies in steps of 16 bytes write too much. */
const WORK_BYTES = 4 * (STRIP_BYTES / 2 + 32);

/** One repair row from all original rows, by the closed form: a single pass over them. */
export function repair(
  kernels: Kernels,
  code: ErasureCode,
  originals: Uint8Array,
  repairIndex: number,
  symbolBytes: number,
): Uint8Array {
  const rowBytes = originals.length / code.originals;
  const coefficient = generator(code);
  const tables = new Uint8Array(code.originals * TABLE_BYTES);
  for (let original = 0; original < code.originals; original++) {
    writeFactorTable(
      tables.subarray(original * TABLE_BYTES, (original + 1) * TABLE_BYTES),
      coefficient(repairIndex, original),
    );
  }
  const row = new Uint8Array(rowBytes);
  for (const { at, bytes, symbolBytes: panelSymbolBytes } of panels(
    rowBytes,
    symbolBytes,
    code.originals + 1,
  )) {
    const [input, factors, output, work] = kernels.reserve(
      code.originals * bytes,
      tables.length,
      bytes,
      WORK_BYTES,
    );
    for (let original = 0; original < code.originals; original++) {
      const from = original * rowBytes + at;
      kernels.write(input + original * bytes, originals.subarray(from, from + bytes));
    }
    kernels.write(factors, tables);
    kernels.run.combine(
      input,
      code.originals,
      factors,
      output,
      bytes,
      panelSymbolBytes,
      STRIP_BYTES,
      work,
    );
    row.set(kernels.view(output, bytes), at);
  }
  return row;
}
