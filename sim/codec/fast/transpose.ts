import type { Kernels } from "./kernels.ts";

/** Writes a matrix of symbols to the beginning of another, turned about its diagonal. */
export function transpose(
  kernels: Kernels,
  target: Uint8Array,
  matrix: Uint8Array,
  columns: number,
  symbolBytes: number,
): void {
  const rows = matrix.length / (columns * symbolBytes);
  const [from, to] = kernels.reserve(matrix.length, matrix.length);
  kernels.write(from, matrix);
  kernels.run.transpose(to, from, rows, columns, symbolBytes);
  target.set(kernels.view(to, matrix.length));
}
