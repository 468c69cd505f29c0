import type { Kernels } from "./kernels.ts";

/** From this size on, copying symbol by symbol is faster than a way through the kernels' memory. */
const LARGE_SYMBOL_BYTES = 256;

/** Rows go through the kernels' memory by so many bytes at most, unless a single one is longer. */
const BLOCK_BYTES = 2 ** 24;

/** Writes a matrix of symbols to the beginning of another, turned about its diagonal. */
export function transpose(
  kernels: Kernels,
  target: Uint8Array,
  matrix: Uint8Array,
  columns: number,
  symbolBytes: number,
): void {
  const rowBytes = columns * symbolBytes;
  const rows = matrix.length / rowBytes;
  if (symbolBytes >= LARGE_SYMBOL_BYTES) {
    for (let symbol = 0; symbol < rows * columns; symbol++) {
      const row = Math.floor(symbol / columns);
      const column = symbol % columns;
      const from = symbol * symbolBytes;
      target.set(matrix.subarray(from, from + symbolBytes), (column * rows + row) * symbolBytes);
    }
    return;
  }
  const together = Math.max(1, Math.floor(BLOCK_BYTES / rowBytes));
  for (let first = 0; first < rows; first += together) {
    const count = Math.min(together, rows - first);
    const [from, to] = kernels.reserve(count * rowBytes, count * rowBytes);
    kernels.write(from, matrix.subarray(first * rowBytes, (first + count) * rowBytes));
    const partBytes = count * symbolBytes;
    kernels.run.transpose(to, partBytes, from, rowBytes, count, columns, symbolBytes);
    if (count === rows) {
      target.set(kernels.view(to, matrix.length));
      return;
    }
    for (let column = 0; column < columns; column++) {
      const part = kernels.view(to + column * partBytes, partBytes);
      target.set(part, (column * rows + first) * symbolBytes);
    }
  }
}
