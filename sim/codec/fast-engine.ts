import type { CodecEngine } from "./codec-engine.ts";
import { merkleTree, sliverRoots } from "./fast/hashes.ts";
import { Kernels } from "./fast/kernels.ts";
import { decode, encode } from "./fast/reed-solomon.ts";
import { repair } from "./fast/repair.ts";
import { transpose } from "./fast/transpose.ts";
import { once } from "./once.ts";

const kernels = once(() => new Kernels());

/** What the kernels hold of memory: it grows with the largest work so far, and is used again. */
export const kernelMemoryBytes = (): number => kernels().run.memory.buffer.byteLength;

/** The codec's arithmetic in WebAssembly with vectors of 128 bits, compiled when first needed. */
export const fastEngine: CodecEngine = {
  encode: (code, rows, symbolBytes) => encode(kernels(), code, rows, symbolBytes),
  repair: (code, originals, repairIndex, symbolBytes) =>
    repair(kernels(), code, originals, repairIndex, symbolBytes),
  decode: (code, received, symbolBytes) => decode(kernels(), code, received, symbolBytes),
  transpose: (target, matrix, columns, symbolBytes) =>
    transpose(kernels(), target, matrix, columns, symbolBytes),
  merkleTree: (leaves, leafBytes) => merkleTree(kernels(), leaves, leafBytes),
  sliverRoots(matrix) {
    const { shardCount, rows, columns, symbolBytes, secondary } = matrix;
    // As in plain-engine.ts: the last columns, as secondary slivers above and what follows below.
    const right = new Uint8Array(shardCount * (shardCount - columns) * symbolBytes);
    this.transpose(right, secondary.subarray(columns * rows * symbolBytes), rows, symbolBytes);
    this.encode({ originals: rows, repairs: shardCount - rows }, right, symbolBytes);
    return sliverRoots(kernels(), matrix, right);
  },
};
