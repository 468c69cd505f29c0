import { padded, sameBytes } from "../bytes.ts";
import type { BlobMetadata, Sliver } from "../code.ts";
import { type MerkleTree, rootOf } from "../hash/merkle.ts";
import { checkSliverIndex, isBlobLength } from "../sizes.ts";
import type { RedStuff } from "./red-stuff.ts";
import {
  checkSymbolBytes,
  expansionCode,
  pairOf,
  type RedStuffShape,
  redStuffLayout,
  sliverBytes,
} from "./shape.ts";

/**
 * All n symbols of a sliver's row or column, and the Merkle tree over them: one row of a code to encode,
 * and 2n hashes. Throws a RangeError for a sliver of another shape.
 */
export function expandSliver(
  { shape, engine }: RedStuff,
  { axis, index, data }: Sliver,
): { readonly symbols: Uint8Array; readonly tree: MerkleTree } {
  checkSliverIndex(index, shape.shardCount);
  const code = expansionCode(shape, axis);
  const symbolBytes = data.length / code.originals;
  checkSymbolBytes(symbolBytes);
  const symbols = padded(data, shape.shardCount * symbolBytes);
  engine.encode(code, symbols, symbolBytes);
  return { symbols, tree: engine.merkleTree(symbols, symbolBytes) };
}

/** The Merkle root over all n symbols of a sliver's row or column. */
export function sliverRoot(redStuff: RedStuff, sliver: Sliver): Uint8Array {
  return rootOf(expandSliver(redStuff, sliver).tree);
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
  if (expected === undefined || !isBlobLength(metadata.blobBytes, shape.blobBytesMax)) return false;
  const layout = redStuffLayout(shape, metadata.blobBytes);
  if (sliver.data.length !== sliverBytes(layout, sliver.axis)) return false;
  return sameBytes(sliverRoot(redStuff, sliver), expected);
}
