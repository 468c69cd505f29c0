// @ts-nocheck AssemblyScript: compiled by ../build-kernels.mjs
import { copyExactly } from "./planes";

/**
 * Turns a matrix of symbols about its diagonal; rows begin `toStep` and `step` bytes apart. There are
 * 16 bytes to spare behind either matrix, and what follows a row of the new one may be written over.
 */
export function transpose(
  to: usize, toStep: usize, matrix: usize, step: usize, rows: i32, columns: i32, symbolBytes: i32,
): void {
  for (let column = 0; column < columns; column++) {
    let from = matrix + <usize>column * symbolBytes;
    let at = to + <usize>column * toStep;
    for (let row = 0; row < rows; row++) {
      // What a copy of 16 bytes writes too much, the next ones overwrite.
      if (symbolBytes <= 16) v128.store(at, v128.load(from));
      else if (symbolBytes <= 32) copyExactly(at, from, symbolBytes);
      else memory.copy(at, from, symbolBytes);
      at += symbolBytes;
      from += step;
    }
  }
}
