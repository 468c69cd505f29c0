import { metadataIsBound } from "../blob-id.ts";
import type { BlobCode } from "../code.ts";
import type { CodecEngine } from "../codec-engine.ts";
import { isBlobLength } from "../sizes.ts";
import { decodeBlob } from "./decode.ts";
import { encodeBlob } from "./encode.ts";
import { oneSliver } from "./one-sliver.ts";
import { redStuff } from "./red-stuff.ts";
import { redStuffLayout } from "./shape.ts";
import { sliverRoot, verifySliver } from "./sliver-hash.ts";

/** Red Stuff RS2, byte for byte as Walrus encodes. */
export function redStuffCode(shardCount: number, engine: CodecEngine): BlobCode {
  const code = redStuff(shardCount, engine);
  const { shape } = code;
  return {
    scheme: "red-stuff",
    shardCount,
    primaryNeeded: shape.rows,
    secondaryNeeded: shape.columns,
    blobBytesMax: shape.blobBytesMax,
    layout: (blobBytes) => redStuffLayout(shape, blobBytes),
    encode: (blob, memory) => encodeBlob(code, blob, memory),
    sliver: (blob, place) => oneSliver(code, blob, place),
    sliverHash: (sliver) => sliverRoot(code, sliver),
    decode: (slivers, blobBytes) => decodeBlob(code, slivers, blobBytes),
    verify: (sliver, metadata) => verifySliver(code, sliver, metadata),
    verifyMetadata: (metadata) =>
      metadata.hashes.length === shardCount &&
      isBlobLength(metadata.blobBytes, shape.blobBytesMax) &&
      metadataIsBound("red-stuff", metadata, engine),
  };
}
