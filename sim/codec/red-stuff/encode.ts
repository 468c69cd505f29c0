import { bindMetadata } from "../blob-id.ts";
import { padded, split } from "../bytes.ts";
import type { BlobMetadata, EncodedBlob } from "../code.ts";
import { HASH_BYTES } from "../hash/merkle.ts";
import { once } from "../once.ts";
import { sliverAt } from "../slivers.ts";
import type { RedStuff } from "./red-stuff.ts";
import { redStuffLayout, sliverCode } from "./shape.ts";

/**
 * Encodes a blob, as far as it is asked for: primary slivers that are the blob itself, either kind of
 * sliver alone, or the metadata.
 */
export function encodeBlob({ shape, engine }: RedStuff, blob: Uint8Array): EncodedBlob {
  const layout = redStuffLayout(shape, blob.length);
  const { symbolBytes } = layout;
  const rows = padded(blob, shape.shardCount * layout.primaryBytes);
  const message = rows.subarray(0, shape.rows * layout.primaryBytes);
  const primary = once(() => {
    engine.encode(sliverCode(shape, "primary"), rows, symbolBytes);
    return rows;
  });
  const secondary = once(() => {
    const columns = new Uint8Array(shape.shardCount * layout.secondaryBytes);
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
