import { CodecCrew } from "../study/codec-crew.ts";
import { OutputFile } from "../study/output-file.ts";
import { type Restored, restoreBlobFile } from "../study/restore-blob-file.ts";
import type { BlobTarget } from "../study/restore-parts.ts";
import type { SliverFolder } from "./sliver-folder.ts";

export interface RestoreOptions {
  readonly workers: number;
  /** The file to restore; without it, the blob is restored in memory. */
  readonly out?: string | undefined;
  /** What is decoded at once. */
  readonly partBytes?: number | undefined;
}

/**
 * Restores the blob of a folder of slivers, to a file that appears whole or not at all.
 *
 * @throws UserMistake
 */
export async function restoreBlob(
  { path, shardCount, metadata, files }: SliverFolder,
  { workers, out, partBytes }: RestoreOptions,
): Promise<Restored & { readonly blob: Uint8Array | undefined }> {
  let file: OutputFile | undefined;
  let blob: Uint8Array | undefined;
  const target = (): BlobTarget => {
    if (out === undefined) {
      blob = new Uint8Array(new SharedArrayBuffer(metadata.blobBytes));
      return { content: blob };
    }
    file = new OutputFile(out);
    return { path: file.temporaryPath, shownAs: out };
  };
  const crew = new CodecCrew(workers);
  try {
    const restored = await restoreBlobFile(crew, {
      ...{ folder: path, shardCount, metadata, files },
      target,
      partBytes,
    });
    if (restored.outcome.ok) file?.commit();
    return { ...restored, blob: restored.outcome.ok ? blob : undefined };
  } finally {
    await crew.end();
    file?.discard();
  }
}
