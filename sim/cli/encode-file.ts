import { readFileSync } from "node:fs";
import { blobCode } from "../codec/blob-code.ts";
import type { BlobCode, EncodedBlob } from "../codec/code.ts";
import { fileMistake } from "../study/file-mistake.ts";
import { UserMistake } from "./user-mistake.ts";

/**
 * Encodes a file as Red Stuff does.
 *
 * @throws UserMistake with all mistakes, those found before included
 */
export function encodeFile(
  path: string,
  shards: number,
  mistakes: string[],
): { readonly encoded: EncodedBlob; readonly blobBytes: number } {
  const code = codeFor(shards, mistakes);
  const blob = readBlob(path, mistakes);
  const blobBytesMax = code?.blobBytesMax ?? Number.POSITIVE_INFINITY;
  if (blob.length > blobBytesMax) {
    mistakes.push(
      `${path}: expected at most ${blobBytesMax} bytes on ${shards} shards, found ${blob.length}`,
    );
  }
  if (code === undefined || mistakes.length > 0) throw new UserMistake(mistakes);
  return { encoded: code.encode(blob), blobBytes: blob.length };
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
