import type { Kernels } from "./kernels.ts";

/** From this size on, copying symbol by symbol is faster than a way through the kernels' memory. */
const LARGE_SYMBOL_BYTES = 256;

/** Writes a matrix of symbols to the beginning of another, turned about its diagonal. */
export function transpose(
  kernels: Kernels,
  target: Uint8Array,
  matrix: Uint8Array,
  columns: number,
  symbolBytes: number,
): void {
  const rows = matrix.length / (columns * symbolBytes);
  if (symbolBytes < LARGE_SYMBOL_BYTES) {
    const [from, to] = kernels.reserve(matrix.length, matrix.length);
    kernels.write(from, matrix);
    kernels.run.transpose(to, from, rows, columns, symbolBytes);
    target.set(kernels.view(to, matrix.length));
    return;
  }
  for (let symbol = 0; symbol < rows * columns; symbol++) {
    const row = Math.floor(symbol / columns);
    const column = symbol % columns;
    const from = symbol * symbolBytes;
    target.set(matrix.subarray(from, from + symbolBytes), (column * rows + row) * symbolBytes);
  }
}
