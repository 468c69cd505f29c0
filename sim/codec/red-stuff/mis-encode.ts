import { bindMetadata } from "../blob-id.ts";
import { split } from "../bytes.ts";
import type { Axis, BlobMetadata, EncodedBlob, Sliver } from "../code.ts";
import { rootOf } from "../hash/merkle.ts";
import { once } from "../once.ts";
import type { RedStuff } from "./red-stuff.ts";
import { pairOf, sliverBytes } from "./shape.ts";
import { expandSliver } from "./sliver-hash.ts";

/** Slivers that fit no others: those of one axis with sliver index `first` to `first + count - 1`. */
export interface ForeignSlivers {
  readonly axis: Axis;
  readonly first: number;
  readonly count: number;
}

export const isForeign = ({ first, count }: ForeignSlivers, sliverIndex: number): boolean =>
  sliverIndex >= first && sliverIndex < first + count;

/**
 * What a cheat publishes instead of a blob it has encoded: some slivers replaced by others, under
 * metadata that commits to those. Each sliver, and each symbol of its row or column, verifies by itself;
 * and every symbol of a foreign sliver differs from the one that the other axis has in its place.
 *
 * `noise` gives as many bytes as asked for, others for each number and each try.
 */
export function misEncode(
  redStuff: RedStuff,
  encoded: EncodedBlob,
  foreign: ForeignSlivers,
  noise: (sliverIndex: number, tries: number, bytes: number) => Uint8Array,
): EncodedBlob {
  const { shape, engine } = redStuff;
  const { axis, first, count } = foreign;
  const honest = (index: number) =>
    axis === "primary" ? encoded.primary(index) : encoded.secondary(index);
  const slivers = once(() =>
    Array.from({ length: count }, (_, i): Sliver => {
      const index = first + i;
      const data = honest(index).slice();
      const difference = nowhereZero(redStuff, axis, encoded.layout.symbolBytes, (tries) =>
        noise(index, tries, sliverBytes(encoded.layout, axis)),
      );
      for (let at = 0; at < data.length; at++) data[at] = data[at]! ^ difference[at]!;
      return { axis, index, data };
    }),
  );
  const metadata = once((): BlobMetadata => {
    const hashes = [...encoded.metadata.hashes];
    for (const sliver of slivers()) {
      const pair = pairOf(shape, axis, sliver.index);
      hashes[pair] = { ...hashes[pair]!, [axis]: rootOf(expandSliver(redStuff, sliver).tree) };
    }
    return bindMetadata("red-stuff", encoded.metadata.blobBytes, hashes, engine);
  });
  const sliver = (of: Axis, index: number): Uint8Array => {
    if (of === axis && isForeign(foreign, index)) return slivers()[index - first]!.data;
    return of === "primary" ? encoded.primary(index) : encoded.secondary(index);
  };
  return {
    layout: encoded.layout,
    get metadata() {
      return metadata();
    },
    primary: (index) => sliver("primary", index),
    secondary: (index) => sliver("secondary", index),
  };
}

// The code is linear: where the expanded difference has no symbol of zeros, the expanded slivers have
// no symbol in common. Of random differences most are such.
function nowhereZero(
  redStuff: RedStuff,
  axis: Axis,
  symbolBytes: number,
  draw: (tries: number) => Uint8Array,
): Uint8Array {
  for (let tries = 0; ; tries++) {
    const data = draw(tries);
    const { symbols } = expandSliver(redStuff, { axis, index: 0, data });
    const hasZero = split(symbols, symbolBytes).some((symbol) =>
      symbol.every((byte) => byte === 0),
    );
    if (!hasZero) return data;
  }
}
