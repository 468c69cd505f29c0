import { bindMetadata } from "../blob-id.ts";
import { split } from "../bytes.ts";
import type { BlobMetadata, EncodedBlob } from "../code.ts";
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
  { shape, engine }: RedStuff,
  blob: Uint8Array,
  memory = new SliverMemory(),
): EncodedBlob {
  const layout = redStuffLayout(shape, blob.length);
  const { symbolBytes } = layout;
  const rows = memory.take("primary", shape.shardCount * layout.primaryBytes);
  const message = rows.subarray(0, shape.rows * layout.primaryBytes);
  message.set(blob);
  message.fill(0, blob.length);
  const primary = once(() => {
    engine.encode(sliverCode(shape, "primary"), rows, symbolBytes);
    return rows;
  });
  const secondary = once(() => {
    const columns = memory.take("secondary", shape.shardCount * layout.secondaryBytes);
    engine.transpose(columns, message, shape.columns, symbolBytes);
    engine.encode(sliverCode(shape, "secondary"), columns, symbolBytes);
    return columns;
  });
  const metadata = once((): BlobMetadata => {
    const roots = engine.sliverRoots({
      ...shape,
      symbolBytes,
      primary: primary(),
      secondary: secondary(),
    });
    const secondaryHashes = split(roots.secondary, HASH_BYTES).reverse();
    const hashes = split(roots.primary, HASH_BYTES).map((primary, pair) => ({
      primary,
      secondary: secondaryHashes[pair],
    }));
    return bindMetadata("red-stuff", blob.length, hashes, engine);
  });
  return {
    layout,
    get metadata() {
      return metadata();
    },
    primary: (index) => sliverAt(index < shape.rows ? rows : primary(), layout.primaryBytes, index),
    secondary: (index) => sliverAt(secondary(), layout.secondaryBytes, index),
  };
}
