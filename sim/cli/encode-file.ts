import { readFileSync } from "node:fs";
import { blobCode } from "../codec/blob-code.ts";
import type { BlobCode, EncodedBlob } from "../codec/code.ts";
import { fileMistake } from "../study/file-mistake.ts";
import { UserMistake } from "./user-mistake.ts";

/** A file as an encoded blob. */
export interface EncodedFile {
  readonly encoded: EncodedBlob;
  readonly blobBytes: number;
}

/**
 * Encodes a file as Red Stuff does. Memory holds the file and all its slivers, which is five and a
 * half times the file, and 80 MiB.
 *
 * @throws UserMistake with all mistakes, those found before included
 */
export function encodeFile(path: string, shards: number, mistakes: string[]): EncodedFile {
  const { code, blob } = prepare(path, shards, mistakes);
  return { encoded: code.encode(blob), blobBytes: blob.length };
}

/** The same on several threads, of which each takes some 100 MiB more. */
export async function encodeFileOnThreads(
  path: string,
  { shards, workers }: { readonly shards: number; readonly workers: number },
  mistakes: string[],
): Promise<EncodedFile> {
  const { blob } = prepare(path, shards, mistakes);
  const { CodecThreads } = await import("../study/codec-threads.ts");
  const threads = new CodecThreads(workers);
  try {
    return { encoded: await threads.encode(blob, shards), blobBytes: blob.length };
  } finally {
    await threads.end();
  }
}

function prepare(path: string, shards: number, mistakes: string[]) {
  const code = codeFor(shards, mistakes);
  const blob = readBlob(path, mistakes);
  const blobBytesMax = code?.blobBytesMax ?? Number.POSITIVE_INFINITY;
  if (blob.length > blobBytesMax) {
    mistakes.push(
      `${path}: expected at most ${blobBytesMax} bytes on ${shards} shards, found ${blob.length}`,
    );
  }
  if (code === undefined || mistakes.length > 0) throw new UserMistake(mistakes);
  return { code, blob };
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

function readBlob(path: string, mistakes: string[]): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const mistake = fileMistake(error, path, "a file to encode");
    if (!(mistake instanceof UserMistake)) throw mistake;
    mistakes.push(...mistake.mistakes);
    return new Uint8Array();
  }
}
