import { BlobEncoder } from "@mysten/walrus-wasm";
import type { BlobMetadata, Sliver } from "./code.ts";
import { writeSliver } from "./red-stuff/serialization.ts";
import { redStuffLayout, redStuffShape } from "./red-stuff/shape.ts";

interface Reference {
  readonly primary: readonly Uint8Array[];
  readonly secondary: readonly Uint8Array[];
  readonly metadata: BlobMetadata;
}

interface WalrusMetadata {
  readonly blob_id: Uint8Array;
  readonly metadata: {
    readonly V1: {
      readonly unencoded_length: bigint;
      readonly hashes: readonly Record<"primary_hash" | "secondary_hash", WalrusNode>[];
    };
  };
}

interface WalrusNode {
  readonly Digest: Uint8Array;
}

/** What Walrus's own code, compiled to WebAssembly, makes of a blob: bare slivers by sliver index. */
export function walrusEncode(shardCount: number, blob: Uint8Array): Reference {
  const layout = redStuffLayout(redStuffShape(shardCount), blob.length);
  const frames = (sliverBytes: number) => {
    const frame = writeSliver({ index: 0, data: new Uint8Array(sliverBytes) }, layout.symbolBytes);
    return Array.from({ length: shardCount }, () => frame.slice());
  };
  const primary = frames(layout.primaryBytes);
  const secondary = frames(layout.secondaryBytes);
  const encoder = new BlobEncoder(shardCount);
  const [{ blob_id, metadata }, root] = encoder.encode(blob, primary, secondary) as [
    WalrusMetadata,
    WalrusNode,
  ];
  encoder.free();
  return {
    primary: primary.map((frame) => frame.slice(-4 - layout.primaryBytes, -4)),
    // Walrus hands secondary slivers out by pair, which is in reverse.
    secondary: secondary.map((frame) => frame.slice(-4 - layout.secondaryBytes, -4)).reverse(),
    metadata: {
      blobId: Uint8Array.from(blob_id),
      blobBytes: Number(metadata.V1.unencoded_length),
      rootHash: Uint8Array.from(root.Digest),
      hashes: metadata.V1.hashes.map(({ primary_hash, secondary_hash }) => ({
        primary: Uint8Array.from(primary_hash.Digest),
        secondary: Uint8Array.from(secondary_hash.Digest),
      })),
    },
  };
}

/** The blob that Walrus's own code reads from primary slivers, or undefined if it cannot. */
export function walrusDecode(
  shardCount: number,
  slivers: readonly Sliver[],
  { blobId, blobBytes }: BlobMetadata,
): Uint8Array | undefined {
  const { symbolBytes } = redStuffLayout(redStuffShape(shardCount), blobBytes);
  const blob = new Uint8Array(blobBytes);
  const encoder = new BlobEncoder(shardCount);
  try {
    const frames = slivers.map((sliver) => writeSliver(sliver, symbolBytes));
    encoder.decode(Array.from(blobId), BigInt(blobBytes), frames, blob);
    return blob;
  } catch {
    return undefined;
  } finally {
    encoder.free();
  }
}
