import { readFileSync, statSync } from "node:fs";
import { UserMistake } from "../scenario/mistake.ts";
import { readAt, withFile } from "./file-bytes.ts";
import { fileMistake } from "./file-mistake.ts";

/** A blob to be encoded: a file that is read piece by piece, or bytes of one that can be read only once. */
export interface BlobSource {
  readonly path: string;
  readonly blobBytes: number;
  /** In memory that threads share. */
  readonly content?: Uint8Array;
  /** What tells whether a file is still the same. */
  readonly stamp: string;
}

/** @throws UserMistake if it cannot be read */
export function blobSource(path: string): BlobSource {
  try {
    const stats = statSync(path);
    if (stats.isFile()) return { path, blobBytes: stats.size, stamp: stampOf(path) };
    const read = readFileSync(path);
    const content = new Uint8Array(new SharedArrayBuffer(read.length));
    content.set(read);
    return { path, blobBytes: content.length, content, stamp: "" };
  } catch (error) {
    throw fileMistake(error, path, "a file to encode");
  }
}

/** Fills `target` with the blob from a byte on, and zeros behind it. @throws UserMistake */
export function readBlob(source: BlobSource, file: number, at: number, target: Uint8Array): void {
  const { content, blobBytes } = source;
  const count = Math.max(0, Math.min(target.length, blobBytes - at));
  if (content !== undefined) target.set(content.subarray(at, at + count));
  else if (readAt(file, target.subarray(0, count), at) < count) throw changed(source);
  target.fill(0, count);
}

/** Opens a blob for as long as the work takes; the number of its file goes to `readBlob`. */
export function withBlob<Result>(source: BlobSource, work: (file: number) => Result): Result {
  if (source.content !== undefined) return work(-1);
  try {
    return withFile(source.path, "r", work);
  } catch (error) {
    throw fileMistake(error, source.path, "a file to encode");
  }
}

/** Slivers of a file that changed while it was read would fit no blob. @throws UserMistake */
export function checkUnchanged(source: BlobSource): void {
  if (source.content === undefined && stampOf(source.path) !== source.stamp) throw changed(source);
}

const changed = ({ path }: BlobSource) =>
  new UserMistake([
    `${path}: expected a file that stays as it is while it is read, found it changed`,
  ]);

/** Size and time of the last change of a file, if there is one. */
export function stampOf(path: string): string {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? "" : `${stats.size} ${stats.mtimeNs}`;
}
