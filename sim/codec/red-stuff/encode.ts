import { bindMetadata } from "../blob-id.ts";
import { split } from "../bytes.ts";
import type { BlobMetadata, EncodedBlob } from "../code.ts";
import type { SliverRoots } from "../codec-engine.ts";
import { HASH_BYTES } from "../hash/merkle.ts";
import { once } from "../once.ts";
import { SliverMemory } from "../sliver-memory.ts";
import { sliverAt } from "../slivers.ts";
import type { RedStuff } from "./red-stuff.ts";
import { redStuffLayout, sliverCode } from "./shape.ts";

/**
 * Encodes a blob, as far as it is asked for: primary slivers that are the blob itself, either kind of
 * sliver alone, or the metadata. What was encoded into the same memory before is overwritten.
 */
export function encodeBlob(
  redStuff: RedStuff,
  blob: Uint8Array,
  memory = new SliverMemory(),
): EncodedBlob {
  const { shape, engine } = redStuff;
  const layout = redStuffLayout(shape, blob.length);
  const { symbolBytes } = layout;
  const rows = memory.take("primary", shape.shardCount * layout.primaryBytes);
  const message = rows.subarray(0, shape.rows * layout.primaryBytes);
  message.set(blob);
  message.fill(0, blob.length);
  const columns = once(() => memory.take("secondary", shape.shardCount * layout.secondaryBytes));
  // Metadata takes all slivers and makes them on its way, even if some were asked for before.
  let isExpanded = false;
  const primary = once(() => {
    if (!isExpanded) engine.encode(sliverCode(shape, "primary"), rows, symbolBytes);
    return rows;
  });
  const secondary = once(() => {
    if (!isExpanded) {
      engine.transpose(columns(), message, shape.columns, symbolBytes);
      engine.encode(sliverCode(shape, "secondary"), columns(), symbolBytes);
    }
    return columns();
  });
  const roots = () => {
    isExpanded = true;
    return engine.expand({ ...shape, symbolBytes, primary: rows, secondary: columns() });
  };
  return encodedBlob(redStuff, blob.length, { message, primary, secondary, roots });
}

/** A blob whose slivers and roots are computed elsewhere, each kind when it is first asked for. */
export function encodedBlob(
  redStuff: RedStuff,
  blobBytes: number,
  parts: {
    /** The primary slivers that are the blob itself. */
    readonly message: Uint8Array;
    readonly primary: () => Uint8Array;
    readonly secondary: () => Uint8Array;
    readonly roots: () => SliverRoots;
  },
): EncodedBlob {
  const { shape } = redStuff;
  const layout = redStuffLayout(shape, blobBytes);
  const metadata = once(() => metadataOf(redStuff, blobBytes, parts.roots()));
  return {
    layout,
    get metadata() {
      return metadata();
    },
    primary: (index) =>
      sliverAt(index < shape.rows ? parts.message : parts.primary(), layout.primaryBytes, index),
    secondary: (index) => sliverAt(parts.secondary(), layout.secondaryBytes, index),
  };
}

/** Metadata from the roots of all slivers. */
export function metadataOf(
  { engine }: RedStuff,
  blobBytes: number,
  roots: SliverRoots,
): BlobMetadata {
  const secondaryHashes = split(roots.secondary, HASH_BYTES).reverse();
  const hashes = split(roots.primary, HASH_BYTES).map((primary, pair) => ({
    primary,
    secondary: secondaryHashes[pair],
  }));
  return bindMetadata("red-stuff", blobBytes, hashes, engine);
}
