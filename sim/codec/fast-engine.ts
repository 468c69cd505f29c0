import type { CodecEngine } from "./codec-engine.ts";
import { Kernels } from "./fast/kernels.ts";
import { merkleTree, rootsAlong } from "./fast/merkle-tree.ts";
import { decode, encode } from "./fast/reed-solomon.ts";
import { repair } from "./fast/repair.ts";
import { expandMatrix } from "./fast/shares.ts";
import { transpose } from "./fast/transpose.ts";
import { once } from "./once.ts";

const kernels = once(() => new Kernels());

/** What the kernels hold of memory: it grows with the largest work so far, and is used again. */
export const kernelMemoryBytes = (): number => kernels().run.memory.buffer.byteLength;

/**
 * The codec's arithmetic in WebAssembly with vectors of 128 bits, compiled when first needed.
 *
 * The kernels' memory grows to some 10 MiB for small blobs and 80 MiB for large ones, and stays: work
 * goes through it in parts. Only symbols of tens of KiB at 1,000 shards, gigabytes of a blob, take up
 * to 170 MiB, for a panel is at least one column.
 */
export const fastEngine: CodecEngine = engineOn(kernels);

/** The engine on kernels of one's own: of another thread, or metered. */
export function engineOn(kernels: () => Kernels): CodecEngine {
  return {
    encode: (code, rows, symbolBytes) => encode(kernels(), code, rows, symbolBytes),
    repair: (code, originals, repairIndex, symbolBytes) =>
      repair(kernels(), code, originals, repairIndex, symbolBytes),
    decode: (code, received, symbolBytes) => decode(kernels(), code, received, symbolBytes),
    transpose: (target, matrix, columns, symbolBytes) =>
      transpose(kernels(), target, matrix, columns, symbolBytes),
    merkleTree: (leaves, leafBytes) => merkleTree(kernels(), leaves, leafBytes),
    rootsAlong: (leaves, leafBytes, index, siblings) =>
      rootsAlong(kernels(), leaves, leafBytes, index, siblings),
    expand: (matrix) => expandMatrix(kernels(), matrix),
  };
}
