import {
  expandPanel,
  expandRows,
  type MatrixShape,
  type RowGroup,
  type SliverPlaces,
} from "../codec/fast/expand.ts";
import type { Kernels } from "../codec/fast/kernels.ts";
import { copyShared } from "../codec/fast/shared-memory.ts";
import type { ColumnPanel, PanelNodes } from "../codec/fast/sliver-roots.ts";
import { type BlobSource, readBlob, withBlob } from "./blob-source.ts";
import { Room } from "./room.ts";
import { readSliverBack, type SliverFiles, writeSliverPiece } from "./sliver-files.ts";

/** A blob that is encoded piece by piece. */
export interface EncodeJob {
  readonly source: BlobSource;
  readonly shape: MatrixShape;
  /** Without files to write to, the secondary slivers that are no part of the blob: hashing takes them. */
  readonly slivers: SliverFiles | { readonly repairs: Uint8Array };
}

/** The first step, for some rows of the message. @throws UserMistake */
export function encodeRows(
  kernels: Kernels,
  { job, group }: { readonly job: EncodeJob; readonly group: RowGroup },
): void {
  withBlob(job.source, (file) => {
    const places = placesOf(job, file);
    expandRows(kernels, job.shape, places, group);
  });
}

const messageRoom = new Room();
const madeRoom = new Room();

/**
 * The second step, for some panels side by side. What they have of the message is read first, and what
 * they make of primary slivers is written last, so that no file is opened for every panel.
 *
 * @throws UserMistake
 */
export function encodeColumns(
  kernels: Kernels,
  { job, panels }: { readonly job: EncodeJob; readonly panels: readonly ColumnPanel[] },
): PanelNodes[] {
  const { shardCount, rows, columns, symbolBytes } = job.shape;
  const from = panels[0]!.from;
  const left = Math.max(0, Math.min(panels.at(-1)!.to, columns) - from);
  const partBytes = left * symbolBytes;
  const start = from * symbolBytes;
  const rowBytes = columns * symbolBytes;
  return withBlob(job.source, (file) => {
    const places = placesOf(job, file);
    const message = messageRoom.take(rows * partBytes);
    const made = madeRoom.take("folder" in job.slivers ? (shardCount - rows) * partBytes : 0);
    for (let row = 0; row < rows && left > 0; row++) {
      const part = message.subarray(row * partBytes, (row + 1) * partBytes);
      places.readMessage(row * rowBytes + start, part);
    }
    const staged: SliverPlaces = {
      pieceBytesMin: places.pieceBytesMin,
      readMessage(at, target) {
        const place = Math.floor(at / rowBytes) * partBytes + (at % rowBytes) - start;
        target.set(message.subarray(place, place + target.length));
      },
      write(axis, index, at, bytes) {
        if (axis === "secondary") places.write(axis, index, at, bytes);
        else if (made.length > 0) made.set(bytes, (index - rows) * partBytes + at - start);
      },
      readSecondary: places.readSecondary,
    };
    const nodes = panels.map((panel) => expandPanel(kernels, job.shape, staged, panel));
    for (let at = 0, row = rows; at < made.length; at += partBytes, row++) {
      places.write("primary", row, start, made.subarray(at, at + partBytes));
    }
    return nodes;
  });
}

function placesOf({ source, shape, slivers }: EncodeJob, file: number): SliverPlaces {
  const readMessage = (at: number, target: Uint8Array) => readBlob(source, file, at, target);
  if ("folder" in slivers) {
    return {
      pieceBytesMin: Number.POSITIVE_INFINITY,
      readMessage,
      write: (axis, index, at, bytes) => writeSliverPiece(slivers, axis, index, at, bytes),
      readSecondary: (index, target) => readSliverBack(slivers, "secondary", index, target),
    };
  }
  const { repairs } = slivers;
  const place = (index: number) => (index - shape.columns) * shape.rows * shape.symbolBytes;
  return {
    pieceBytesMin: 0,
    readMessage,
    write(axis, index, at, bytes) {
      if (axis !== "secondary" || index < shape.columns) return;
      const from = place(index) + at;
      copyShared(repairs.subarray(from, from + bytes.length), bytes);
    },
    readSecondary: (index, target) =>
      copyShared(target, repairs.subarray(place(index), place(index) + target.length)),
  };
}
