// @ts-nocheck AssemblyScript: compiled by ../build-kernels.mjs
import { copyExactly } from "./planes";

/** Turns a matrix of symbols about its diagonal. There are 16 bytes to spare behind either. */
export function transpose(to: usize, matrix: usize, rows: i32, columns: i32, symbolBytes: i32): void {
  const step: usize = <usize>columns * symbolBytes;
  for (let column = 0; column < columns; column++) {
    let from = matrix + <usize>column * symbolBytes;
    for (let row = 0; row < rows; row++) {
      // What a copy of 16 bytes writes too much, the next ones overwrite.
      if (symbolBytes <= 16) v128.store(to, v128.load(from));
      else if (symbolBytes <= 32) copyExactly(to, from, symbolBytes);
      else memory.copy(to, from, symbolBytes);
      to += symbolBytes;
      from += step;
    }
  }
}
