import type { SliverMatrix } from "../codec/codec-engine.ts";
import type { Kernels } from "../codec/fast/kernels.ts";
import { doShare, type Share } from "../codec/fast/shares.ts";
import { encodeColumns, encodeRows } from "./encode-parts.ts";
import { checkRows, restorePart, verifyFiles } from "./restore-parts.ts";

/** All that a thread can be asked to do: what is given and returned is plain data. */
export const codecWork = {
  /** A share of a blob whose slivers lie in memory that all threads share. */
  share: (kernels: Kernels, { matrix, ...share }: Share & { readonly matrix: SliverMatrix }) =>
    doShare(kernels, matrix, share),
  encodeRows,
  encodeColumns,
  verifyFiles,
  restorePart,
  checkRows,
};

export type CodecWorkName = keyof typeof codecWork;
export type CodecInput<Name extends CodecWorkName> = Parameters<(typeof codecWork)[Name]>[1];
export type CodecResult<Name extends CodecWorkName> = ReturnType<(typeof codecWork)[Name]>;
export type CodecWork<Name extends CodecWorkName> = (
  kernels: Kernels,
  input: CodecInput<Name>,
) => CodecResult<Name>;
