import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Axis, BlobMetadata, Sliver } from "../codec/code.ts";
import type { Kernels } from "../codec/fast/kernels.ts";
import { engineOn } from "../codec/fast-engine.ts";
import { type RedStuff, redStuff } from "../codec/red-stuff/red-stuff.ts";
import { readSliver, sliverFrame } from "../codec/red-stuff/serialization.ts";
import { redStuffLayout, sliverBytes, sliverCode } from "../codec/red-stuff/shape.ts";
import { verifySliver } from "../codec/red-stuff/sliver-hash.ts";
import { stampOf } from "./blob-source.ts";
import { readAt, withFile, writeAt } from "./file-bytes.ts";
import { fileMistake } from "./file-mistake.ts";

/** A file that by its name holds a sliver. */
export interface SliverFile {
  readonly name: string;
  readonly axis: Axis;
  readonly index: number;
}

/** Where a blob is restored to: a file, or memory that threads share. */
export type BlobTarget =
  | { readonly path: string; readonly shownAs: string }
  | { readonly content: Uint8Array };

const EXPECTED_SLIVER = "a sliver, as floe encode writes it";

const codeOn = (kernels: Kernels, metadata: BlobMetadata): RedStuff =>
  redStuff(
    metadata.hashes.length,
    engineOn(() => kernels),
  );

/**
 * Reads and verifies slivers one by one. Of each that holds, returns the stamp of its file; of any other,
 * nothing.
 *
 * @throws UserMistake if a file cannot be read
 */
export function verifyFiles(
  kernels: Kernels,
  {
    folder,
    metadata,
    files,
  }: {
    readonly folder: string;
    readonly metadata: BlobMetadata;
    readonly files: readonly SliverFile[];
  },
): (string | undefined)[] {
  const code = codeOn(kernels, metadata);
  return files.map(({ name, axis, index }) => {
    const path = join(folder, name);
    let bytes: Uint8Array;
    let stamp: string;
    try {
      stamp = stampOf(path);
      bytes = readFileSync(path);
    } catch (error) {
      throw fileMistake(error, path, EXPECTED_SLIVER);
    }
    const read = readSliver(bytes);
    if (read?.index !== index) return undefined;
    return verifySliver(code, { axis, index, data: read.data }, metadata) ? stamp : undefined;
  });
}

/**
 * Restores what some symbols of each sliver tell of the blob: columns of it from primary slivers, rows of
 * it from secondary ones. The files are of one axis, distinct, verified, and as many as it takes.
 *
 * @throws UserMistake
 */
export function restorePart(
  kernels: Kernels,
  {
    folder,
    metadata,
    files,
    from,
    to,
    target,
  }: {
    readonly folder: string;
    readonly metadata: BlobMetadata;
    readonly files: readonly SliverFile[];
    readonly from: number;
    readonly to: number;
    readonly target: BlobTarget;
  },
): void {
  const { shape, engine } = codeOn(kernels, metadata);
  const { axis } = files[0]!;
  const layout = redStuffLayout(shape, metadata.blobBytes);
  const { symbolBytes, primaryBytes } = layout;
  const { before } = sliverFrame(0, sliverBytes(layout, axis), symbolBytes);
  const partBytes = (to - from) * symbolBytes;
  const parts = files.map(({ name, index }): Sliver => {
    const data = new Uint8Array(partBytes);
    const path = join(folder, name);
    try {
      withFile(path, "r", (file) => readAt(file, data, before.length + from * symbolBytes));
    } catch (error) {
      throw fileMistake(error, path, EXPECTED_SLIVER);
    }
    return { axis, index, data };
  });
  const lines = engine.decode(sliverCode(shape, axis), parts, symbolBytes);
  writeBlob(target, metadata.blobBytes, (write) => {
    if (axis === "primary") {
      for (let row = 0; row < shape.rows; row++) {
        const part = lines.subarray(row * partBytes, (row + 1) * partBytes);
        write(row * primaryBytes + from * symbolBytes, part);
      }
    } else {
      const rows = new Uint8Array(lines.length);
      engine.transpose(rows, lines, to - from, symbolBytes);
      write(from * primaryBytes, rows);
    }
  });
}

/**
 * Whether rows of a restored blob, zeros behind it, have the hashes that the metadata holds.
 *
 * @throws UserMistake if the blob cannot be read back
 */
export function checkRows(
  kernels: Kernels,
  {
    metadata,
    rows,
    target,
  }: {
    readonly metadata: BlobMetadata;
    readonly rows: readonly number[];
    readonly target: BlobTarget;
  },
): boolean {
  const code = codeOn(kernels, metadata);
  const { blobBytes } = metadata;
  const { primaryBytes } = redStuffLayout(code.shape, blobBytes);
  return readBack(target, (read) =>
    rows.every((index) => {
      const data = new Uint8Array(primaryBytes);
      const at = index * primaryBytes;
      read(at, data.subarray(0, Math.max(0, Math.min(primaryBytes, blobBytes - at))));
      return verifySliver(code, { axis: "primary", index, data }, metadata);
    }),
  );
}

type Transfer = (at: number, bytes: Uint8Array) => void;

/** Lets the work write pieces of the blob; what lies behind its end is left away. */
function writeBlob(target: BlobTarget, blobBytes: number, work: (write: Transfer) => void): void {
  const cut =
    (write: Transfer): Transfer =>
    (at, bytes) => {
      if (at < blobBytes) write(at, bytes.subarray(0, blobBytes - at));
    };
  if ("content" in target) work(cut((at, bytes) => target.content.set(bytes, at)));
  else {
    withTarget(target, () =>
      withFile(target.path, "r+", (file) => work(cut((at, bytes) => writeAt(file, bytes, at)))),
    );
  }
}

function readBack(target: BlobTarget, work: (read: Transfer) => boolean): boolean {
  if ("content" in target) {
    return work((at, bytes) => bytes.set(target.content.subarray(at, at + bytes.length)));
  }
  return withTarget(target, () =>
    withFile(target.path, "r", (file) => work((at, bytes) => readAt(file, bytes, at))),
  );
}

function withTarget<Result>({ shownAs }: { readonly shownAs: string }, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw fileMistake(error, shownAs, "a file that can be written");
  }
}
