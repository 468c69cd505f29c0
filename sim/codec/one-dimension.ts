import { bindMetadata, metadataIsBound } from "./blob-id.ts";
import { sameBytes } from "./bytes.ts";
import type { BlobCode, EncodedBlob, Sliver, SliverLayout } from "./code.ts";
import type { CodecEngine } from "./codec-engine.ts";
import { leafHash, rootOf } from "./hash/merkle.ts";
import { once } from "./once.ts";
import { checkSliverIndex, isBlobLength } from "./sizes.ts";
import { acceptSlivers, noSecondary } from "./slivers.ts";

/** What a 32-bit length can say, rounded down to even. */
export const SLIVER_BYTES_MAX = 2 ** 32 - 2;

/** A code whose slivers are all of one kind, each a single symbol with a hash of its own. */
interface OneDimension {
  readonly scheme: "reed-solomon" | "replication";
  readonly shardCount: number;
  readonly needed: number;
  readonly blobBytesMax: number;
  readonly engine: CodecEngine;
  layout(blobBytes: number): SliverLayout;
  /** One sliver of a blob. */
  sliver(blob: Uint8Array, index: number): Uint8Array;
  /** All slivers of a blob, by index. */
  slivers(blob: Uint8Array): readonly Uint8Array[];
  /** The blob, with or without padding, from as many distinct slivers as are needed. */
  reconstruct(slivers: readonly Sliver[]): Uint8Array;
}

export function oneDimensionCode(code: OneDimension): BlobCode {
  const { scheme, shardCount, needed, blobBytesMax, engine } = code;
  const hashOf = (sliver: Uint8Array) =>
    sliver.length === 0 ? leafHash() : rootOf(engine.merkleTree(sliver, sliver.length));
  return {
    scheme,
    shardCount,
    primaryNeeded: needed,
    secondaryNeeded: Number.POSITIVE_INFINITY,
    blobBytesMax,
    layout: code.layout,

    encode(blob): EncodedBlob {
      const layout = code.layout(blob.length);
      const copy = blob.slice();
      const slivers = once(() => code.slivers(copy));
      const metadata = once(() => {
        const hashes = slivers().map((data) => ({ primary: hashOf(data), secondary: undefined }));
        return bindMetadata(scheme, blob.length, hashes, engine);
      });
      return {
        layout,
        get metadata() {
          return metadata();
        },
        primary(index) {
          checkSliverIndex(index, shardCount);
          return slivers()[index]!;
        },
        secondary: noSecondary,
      };
    },

    sliver(blob, { axis, index }) {
      if (axis !== "primary") noSecondary();
      checkSliverIndex(index, shardCount);
      return code.sliver(blob, index);
    },

    sliverHash({ axis, index, data }) {
      if (axis !== "primary") noSecondary();
      checkSliverIndex(index, shardCount);
      return hashOf(data);
    },

    decode(slivers, blobBytes) {
      const sliverBytes = code.layout(blobBytes).primaryBytes;
      const accepted = acceptSlivers(slivers, { axis: "primary", shardCount, sliverBytes, needed });
      if (accepted.length < needed) {
        return { ok: false, reason: "not-enough-slivers", needed, usable: accepted.length };
      }
      return { ok: true, blob: code.reconstruct(accepted).slice(0, blobBytes) };
    },

    verify({ axis, index, data }, { hashes, blobBytes }) {
      const expected = axis === "primary" ? hashes[index]?.primary : undefined;
      if (expected === undefined || !isBlobLength(blobBytes, blobBytesMax)) return false;
      if (data.length !== code.layout(blobBytes).primaryBytes) return false;
      return sameBytes(hashOf(data), expected);
    },

    verifyMetadata: (metadata) =>
      metadata.hashes.length === shardCount &&
      isBlobLength(metadata.blobBytes, blobBytesMax) &&
      metadataIsBound(scheme, metadata, engine),
  };
}
