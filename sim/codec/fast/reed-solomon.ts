import { split } from "../bytes.ts";
import type { CodeRow } from "../codec-engine.ts";
import { erasureWeights } from "../field/decode.ts";
import { codePlan, type ErasureCode, powerOfTwo } from "../field/erasure-code.ts";
import { power } from "../field/field.ts";
import { TABLE_BYTES, writeFactorTable } from "./factor-tables.ts";
import type { Kernels } from "./kernels.ts";
import { type Panel, panels } from "./panels.ts";
import { stripsFor } from "./strips.ts";

/** Fills in the repair rows behind the original rows, as ../field/encode.ts tells. */
export function encode(
  kernels: Kernels,
  code: ErasureCode,
  rows: Uint8Array,
  symbolBytes: number,
): void {
  const { originals, repairs } = code;
  const rowBytes = rows.length / (originals + repairs);
  const given = rows.subarray(0, originals * rowBytes);
  const { workBytes } = stripsFor(2 * codePlan(code).chunk);
  for (const panel of panels(rowBytes, symbolBytes, originals + repairs)) {
    const { bytes } = panel;
    const [region, work] = kernels.reserve((originals + repairs) * bytes, workBytes);
    writePanel(kernels, region, given, rowBytes, panel);
    encodeRows(kernels, code, region, bytes, panel.symbolBytes, work);
    const made = region + originals * bytes;
    readPanel(kernels, made, rows.subarray(given.length), rowBytes, panel);
  }
}

/** The same within the kernels' memory, for rows that lie there with room for the repair rows behind them. */
export function encodeRows(
  kernels: Kernels,
  code: ErasureCode,
  rows: number,
  rowBytes: number,
  symbolBytes: number,
  work: number,
): void {
  const { rate, chunk, end } = codePlan(code);
  kernels.prepareTransforms(end + chunk);
  const { stripBytes } = stripsFor(2 * chunk);
  const run = rate === "high" ? kernels.run.encodeHigh : kernels.run.encodeLow;
  const { originals, repairs } = code;
  const output = rows + originals * rowBytes;
  run(rows, originals, output, repairs, chunk, rowBytes, symbolBytes, stripBytes, work);
}

/** The original rows from as many rows of the code, as ../field/decode.ts tells. */
export function decode(
  kernels: Kernels,
  code: ErasureCode,
  received: readonly CodeRow[],
  symbolBytes: number,
): Uint8Array {
  const rowBytes = received[0]!.data.length;
  const originals = new Uint8Array(code.originals * rowBytes);
  const rows = split(originals, rowBytes);
  const missing = new Set(rows.keys());
  for (const { index, data } of received) if (missing.delete(index)) rows[index]!.set(data);
  if (missing.size === 0) return originals;

  const { chunk, end, points, tables } = weigh(code, received, [...missing]);
  const size = powerOfTwo(end);
  kernels.prepareTransforms(size);
  const from = received.map(({ data }) => data);
  const to = [...missing].map((index) => rows[index]!);
  const { stripBytes, workBytes } = stripsFor(size);
  for (const panel of panels(rowBytes, symbolBytes, from.length + to.length)) {
    const { at, bytes } = panel;
    const [input, output, pointList, weights, work] = kernels.reserve(
      from.length * bytes,
      to.length * bytes,
      points.byteLength,
      tables.length,
      workBytes,
    );
    from.forEach((row, i) => {
      kernels.write(input + i * bytes, row.subarray(at, at + bytes));
    });
    kernels.write(pointList, new Uint8Array(points.buffer));
    kernels.write(weights, tables);
    kernels.run.decode(
      input,
      from.length,
      output,
      to.length,
      pointList,
      weights,
      chunk,
      end,
      size,
      bytes,
      panel.symbolBytes,
      stripBytes,
      work,
    );
    to.forEach((row, i) => {
      row.set(kernels.view(output + i * bytes, bytes), at);
    });
  }
  return originals;
}

/** Points of the rows received and missing, and the tables of what each is to be multiplied by. */
function weigh(code: ErasureCode, received: readonly CodeRow[], missing: readonly number[]) {
  const plan = codePlan(code);
  const indices = received.map(({ index }) => index);
  const logWeight = erasureWeights(code, plan, indices);
  const points = Int32Array.from([...indices, ...missing], (index) => plan.point(index));
  const tables = new Uint8Array(points.length * TABLE_BYTES);
  points.forEach((point, i) => {
    const sign = i < indices.length ? 1 : -1;
    const factor = power(sign * logWeight(point));
    writeFactorTable(tables.subarray(i * TABLE_BYTES, (i + 1) * TABLE_BYTES), factor);
  });
  return { chunk: plan.chunk, end: plan.end, points, tables };
}

/** Writes a panel of rows that lie one after another. */
function writePanel(
  kernels: Kernels,
  region: number,
  rows: Uint8Array,
  rowBytes: number,
  { at, bytes }: Panel,
): void {
  if (bytes === rowBytes) kernels.write(region, rows);
  else {
    for (let row = 0, to = region; row < rows.length; row += rowBytes, to += bytes) {
      kernels.write(to, rows.subarray(row + at, row + at + bytes));
    }
  }
}

/** Reads a panel into rows that lie one after another. */
function readPanel(
  kernels: Kernels,
  region: number,
  rows: Uint8Array,
  rowBytes: number,
  { at, bytes }: Panel,
): void {
  if (bytes === rowBytes) rows.set(kernels.view(region, rows.length));
  else {
    for (let row = 0, from = region; row < rows.length; row += rowBytes, from += bytes) {
      rows.set(kernels.view(from, bytes), row + at);
    }
  }
}
