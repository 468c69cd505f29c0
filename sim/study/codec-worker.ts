// What a thread that helps to encode a blob runs: one share after another. Built as a file of its own.
import type { SliverMatrix } from "../codec/codec-engine.ts";
import { Kernels } from "../codec/fast/kernels.ts";
import { doShare, type Share } from "../codec/fast/shares.ts";
import type { PanelNodes } from "../codec/fast/sliver-roots.ts";

/** A share, and the matrix whose slivers lie in shared memory. */
export interface CodecTask extends Share {
  readonly matrix: SliverMatrix;
}

const kernels = new Kernels();

export default function runShare({ matrix, ...share }: CodecTask): readonly PanelNodes[] {
  return doShare(kernels, matrix, share);
}
