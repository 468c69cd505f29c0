import type { Axis, DecodeResult, Sliver } from "../code.ts";
import { acceptSlivers } from "../slivers.ts";
import type { RedStuff } from "./red-stuff.ts";
import { redStuffLayout, sliverBytes, sliverCode } from "./shape.ts";

/** Reconstructs a blob from primary slivers, or from secondary ones if only they suffice. */
export function decodeBlob(
  redStuff: RedStuff,
  slivers: readonly Sliver[],
  blobBytes: number,
): DecodeResult {
  const primary = decodeFrom(redStuff, "primary", slivers, blobBytes);
  if (primary.ok) return primary;
  const secondary = decodeFrom(redStuff, "secondary", slivers, blobBytes);
  if (secondary.ok) return secondary;
  const primaryLacks = primary.needed - primary.usable;
  return secondary.needed - secondary.usable < primaryLacks ? secondary : primary;
}

function decodeFrom(
  { shape, engine }: RedStuff,
  axis: Axis,
  slivers: readonly Sliver[],
  blobBytes: number,
): DecodeResult {
  const layout = redStuffLayout(shape, blobBytes);
  const code = sliverCode(shape, axis);
  const needed = code.originals;
  const accepted = acceptSlivers(slivers, {
    axis,
    shardCount: shape.shardCount,
    sliverBytes: sliverBytes(layout, axis),
    needed,
  });
  if (accepted.length < needed) {
    return { ok: false, reason: "not-enough-slivers", needed, usable: accepted.length };
  }
  const { symbolBytes } = layout;
  const lines = engine.decode(code, accepted, symbolBytes);
  if (axis === "primary") return { ok: true, blob: lines.subarray(0, blobBytes) };
  const message = new Uint8Array(lines.length);
  engine.transpose(message, lines, shape.rows, symbolBytes);
  return { ok: true, blob: message.subarray(0, blobBytes) };
}
