import { padded, sameBytes } from "../bytes.ts";
import type { BlobMetadata, Sliver } from "../code.ts";
import { encodeBlob } from "./encode.ts";
import type { RedStuff } from "./red-stuff.ts";
import { redStuffLayout } from "./shape.ts";
import { verifySliver } from "./sliver-hash.ts";

/**
 * The reader's usual check of a decoded blob: the primary slivers that are the blob itself, zeros
 * behind it, must have the hashes that the metadata holds. Those among `verified`, the slivers it
 * was decoded from, are known to be good. So padding that is not zero shows, unless it came in one
 * of those.
 */
export function isConsistent(
  redStuff: RedStuff,
  blob: Uint8Array,
  metadata: BlobMetadata,
  verified: readonly Sliver[] = [],
): boolean {
  const { shape } = redStuff;
  const { primaryBytes } = redStuffLayout(shape, blob.length);
  const message = padded(blob, shape.rows * primaryBytes);
  const known = new Set(
    verified.filter(({ axis }) => axis === "primary").map(({ index }) => index),
  );
  for (let index = 0; index < shape.rows; index++) {
    if (known.has(index)) continue;
    const data = message.subarray(index * primaryBytes, (index + 1) * primaryBytes);
    if (!verifySliver(redStuff, { axis: "primary", index, data }, metadata)) return false;
  }
  return true;
}

/** The strict check: the blob, encoded again, must get the very blob ID. */
export function isStrictlyConsistent(
  redStuff: RedStuff,
  blob: Uint8Array,
  metadata: BlobMetadata,
): boolean {
  return sameBytes(encodeBlob(redStuff, blob).metadata.blobId, metadata.blobId);
}
