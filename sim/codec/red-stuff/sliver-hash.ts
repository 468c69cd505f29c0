import { padded, sameBytes } from "../bytes.ts";
import type { BlobMetadata, Sliver } from "../code.ts";
import { type MerkleTree, rootOf } from "../hash/merkle.ts";
import type { RedStuff } from "./red-stuff.ts";
import { expansionCode, pairOf, type RedStuffShape, redStuffLayout, sliverBytes } from "./shape.ts";

/** All n symbols of a sliver's row or column, and the Merkle tree over them. */
export function expandSliver(
  { shape, engine }: RedStuff,
  { axis, data }: Sliver,
): { readonly symbols: Uint8Array; readonly tree: MerkleTree } {
  const code = expansionCode(shape, axis);
  const symbolBytes = data.length / code.originals;
  const symbols = padded(data, shape.shardCount * symbolBytes);
  engine.encode(code, symbols, symbolBytes);
  return { symbols, tree: engine.merkleTree(symbols, symbolBytes) };
}

/** The hash that the metadata holds for a place, if the place exists. */
export function expectedHash(
  metadata: BlobMetadata,
  shape: RedStuffShape,
  { axis, index }: Pick<Sliver, "axis" | "index">,
): Uint8Array | undefined {
  return metadata.hashes[pairOf(shape, axis, index)]?.[axis];
}

/** Whether this is the very sliver that the metadata speaks of. */
export function verifySliver(redStuff: RedStuff, sliver: Sliver, metadata: BlobMetadata): boolean {
  const { shape } = redStuff;
  const expected = expectedHash(metadata, shape, sliver);
  const layout = redStuffLayout(shape, metadata.blobBytes);
  if (expected === undefined || sliver.data.length !== sliverBytes(layout, sliver.axis)) {
    return false;
  }
  return sameBytes(rootOf(expandSliver(redStuff, sliver).tree), expected);
}
