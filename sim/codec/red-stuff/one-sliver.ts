import { padded } from "../bytes.ts";
import type { SliverPlace } from "../code.ts";
import { checkSliverIndex } from "../sizes.ts";
import type { RedStuff } from "./red-stuff.ts";
import { type RedStuffShape, redStuffLayout, sliverCode } from "./shape.ts";

/**
 * One sliver of a blob, without any other. One that is part of the blob costs its own bytes; one of
 * repair costs a pass over the blob, with a product and a sum for each symbol, and a copy of the blob
 * (two for a secondary one, which is turned first).
 */
export function oneSliver(
  { shape, engine }: RedStuff,
  blob: Uint8Array,
  { axis, index }: SliverPlace,
): Uint8Array {
  const { symbolBytes, primaryBytes } = redStuffLayout(shape, blob.length);
  checkSliverIndex(index, shape.shardCount);
  const code = sliverCode(shape, axis);
  if (index < code.originals) {
    return axis === "primary"
      ? padded(blob.subarray(index * primaryBytes, (index + 1) * primaryBytes), primaryBytes)
      : columnOf(shape, blob, index, symbolBytes);
  }
  const message = padded(blob, shape.rows * primaryBytes);
  let lines = message;
  if (axis === "secondary") {
    lines = new Uint8Array(message.length);
    engine.transpose(lines, message, shape.columns, symbolBytes);
  }
  return engine.repair(code, lines, index - code.originals, symbolBytes);
}

function columnOf(
  { rows, columns }: RedStuffShape,
  blob: Uint8Array,
  column: number,
  symbolBytes: number,
): Uint8Array {
  const symbols = new Uint8Array(rows * symbolBytes);
  for (let row = 0; row < rows; row++) {
    const from = (row * columns + column) * symbolBytes;
    symbols.set(blob.subarray(from, from + symbolBytes), row * symbolBytes);
  }
  return symbols;
}
