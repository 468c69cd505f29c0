import { blobCode } from "../codec/blob-code.ts";
import type { BlobCode, BlobMetadata, SliverLayout } from "../codec/code.ts";
import { type BlobSource, blobSource } from "../study/blob-source.ts";
import { CodecCrew } from "../study/codec-crew.ts";
import { encodeBlobFile } from "../study/encode-blob-file.ts";
import { OutputFolder } from "../study/output-folder.ts";
import { writeMetadata } from "./sliver-folder.ts";
import { UserMistake } from "./user-mistake.ts";

/** What became of a file that was encoded. */
export interface EncodedFile {
  readonly metadata: BlobMetadata;
  readonly layout: SliverLayout;
}

export interface EncodeOptions {
  readonly shards: number;
  readonly workers: number;
  /** A new folder for the slivers and their metadata. */
  readonly out?: string | undefined;
  /** What is worked on at once. */
  readonly partBytes?: number | undefined;
}

/**
 * Encodes a file as Red Stuff does, piece by piece: memory grows with neither the file nor its slivers,
 * or, if the slivers are not wanted, by half of the file. The folder appears whole or not at all.
 *
 * @throws UserMistake with all mistakes, those found before included
 */
export async function encodeFile(
  path: string,
  { shards, workers, out, partBytes }: EncodeOptions,
  mistakes: string[],
): Promise<EncodedFile> {
  const { code, source } = prepare(path, shards, mistakes);
  const folder = out === undefined ? undefined : new OutputFolder(out, () => false);
  const crew = new CodecCrew(workers);
  try {
    const place = folder && { path: folder.temporaryPath, shownAs: folder.path };
    const job = { source, shards, folder: place, partBytes };
    const metadata = await encodeBlobFile(crew, job);
    if (folder !== undefined) {
      writeMetadata(folder, metadata);
      folder.commit();
    }
    return { metadata, layout: code.layout(source.blobBytes) };
  } finally {
    await crew.end();
    folder?.discard();
  }
}

function prepare(
  path: string,
  shards: number,
  mistakes: string[],
): { readonly code: BlobCode; readonly source: BlobSource } {
  const code = codeFor(shards, mistakes);
  const source = sourceAt(path, mistakes);
  const blobBytesMax = code?.blobBytesMax ?? Number.POSITIVE_INFINITY;
  if (source !== undefined && source.blobBytes > blobBytesMax) {
    mistakes.push(
      `${path}: expected at most ${blobBytesMax} bytes on ${shards} shards, found ${source.blobBytes}`,
    );
  }
  if (code === undefined || source === undefined || mistakes.length > 0) {
    throw new UserMistake(mistakes);
  }
  return { code, source };
}

function codeFor(shards: number, mistakes: string[]): BlobCode | undefined {
  try {
    return blobCode({ scheme: "red-stuff", shards });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    mistakes.push(`--${error.message}`);
    return undefined;
  }
}

function sourceAt(path: string, mistakes: string[]): BlobSource | undefined {
  try {
    return blobSource(path);
  } catch (error) {
    if (!(error instanceof UserMistake)) throw error;
    mistakes.push(...error.mistakes);
    return undefined;
  }
}
