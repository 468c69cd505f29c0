import { constants } from "node:fs";
import { join } from "node:path";
import type { Axis } from "../codec/code.ts";
import type { MatrixShape } from "../codec/fast/expand.ts";
import { sliverFrame } from "../codec/red-stuff/serialization.ts";
import { readAt, withFile, writeAt } from "./file-bytes.ts";
import { fileMistake } from "./file-mistake.ts";

/** Where slivers are written, one file each as Walrus sends them. */
export interface SliverFiles {
  readonly folder: string;
  /** What a mistake calls the folder, which gets its name only once it is whole. */
  readonly shownAs: string;
  readonly shape: MatrixShape;
}

/** The name of a sliver's file: names are in the order of slivers. */
export function sliverFileName(axis: Axis, index: number, shardCount: number): string {
  const digits = String(shardCount - 1).length;
  return `${axis}-${String(index).padStart(digits, "0")}.sliver`;
}

const sliverBytes = ({ rows, columns, symbolBytes }: MatrixShape, axis: Axis): number =>
  (axis === "primary" ? columns : rows) * symbolBytes;

/** Writes a piece of a sliver, from a byte of it on. @throws UserMistake */
export function writeSliverPiece(
  { folder, shownAs, shape }: SliverFiles,
  axis: Axis,
  index: number,
  at: number,
  bytes: Uint8Array,
): void {
  const name = sliverFileName(axis, index, shape.shardCount);
  const whole = sliverBytes(shape, axis);
  const { before, after } = sliverFrame(index, whole, shape.symbolBytes);
  try {
    withFile(join(folder, name), constants.O_WRONLY | constants.O_CREAT, (file) => {
      if (at === 0) writeAt(file, before, 0);
      writeAt(file, bytes, before.length + at);
      if (at + bytes.length === whole) writeAt(file, after, before.length + whole);
    });
  } catch (error) {
    throw fileMistake(error, join(shownAs, name), "a file that can be written");
  }
}

/** Fills `target` with a sliver that was written before, whole. @throws UserMistake */
export function readSliverBack(
  { folder, shownAs, shape }: SliverFiles,
  axis: Axis,
  index: number,
  target: Uint8Array,
): void {
  const name = sliverFileName(axis, index, shape.shardCount);
  const { before } = sliverFrame(index, target.length, shape.symbolBytes);
  try {
    withFile(join(folder, name), "r", (file) => readAt(file, target, before.length));
  } catch (error) {
    throw fileMistake(error, join(shownAs, name), "a file that was just written");
  }
}
