import { bindMetadata } from "../blob-id.ts";
import { join, padded, split } from "../bytes.ts";
import type { BlobMetadata, EncodedBlob } from "../code.ts";
import { HASH_BYTES } from "../hash/merkle.ts";
import { once } from "../once.ts";
import { sliverAt } from "../slivers.ts";
import type { RedStuff } from "./red-stuff.ts";
import { redStuffLayout, sliverCode } from "./shape.ts";

/** Encodes a blob, as far as it is asked for: either kind of sliver alone, or the metadata. */
export function encodeBlob({ shape, engine }: RedStuff, blob: Uint8Array): EncodedBlob {
  const layout = redStuffLayout(shape, blob.length);
  const { symbolBytes } = layout;
  const message = padded(blob, shape.rows * layout.primaryBytes);
  const primary = once(() =>
    join([message, engine.encode(sliverCode(shape, "primary"), message, symbolBytes)]),
  );
  const secondary = once(() => {
    const columns = engine.transpose(message, shape.columns, symbolBytes);
    return join([columns, engine.encode(sliverCode(shape, "secondary"), columns, symbolBytes)]);
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
  const primarySlivers = once(() => split(primary(), layout.primaryBytes));
  const secondarySlivers = once(() => split(secondary(), layout.secondaryBytes));
  return {
    layout,
    get metadata() {
      return metadata();
    },
    primary: (index) => sliverAt(primarySlivers(), index),
    secondary: (index) => sliverAt(secondarySlivers(), index),
  };
}
