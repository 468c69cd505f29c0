import type { BlobMetadata, Sliver, SliverPlace } from "../code.ts";
import { type MerkleProof, proofOf, proves } from "../hash/merkle.ts";
import { checkSliverIndex, isBlobLength } from "../sizes.ts";
import type { RedStuff } from "./red-stuff.ts";
import { expansionCode, otherAxis, redStuffLayout } from "./shape.ts";
import { expandSliver, expectedHash } from "./sliver-hash.ts";

/**
 * The one symbol that two slivers of different axes share, given by the holder of one (the source)
 * for the recovery of the other (the target), with the proof that the source's hash covers it.
 */
export interface RecoverySymbol {
  readonly target: SliverPlace;
  /** Sliver index on the axis that is not the target's. */
  readonly sourceIndex: number;
  readonly data: Uint8Array;
  readonly proof: MerkleProof;
}

/**
 * What the holder of a sliver gives for the recovery of one of the other axis, and how one symbol of a
 * blob is had with its proof: of the blob, it takes that sliver alone. Throws a RangeError for a target
 * that is not there and a source of another shape.
 */
export function recoverySymbol(
  redStuff: RedStuff,
  source: Sliver,
  targetIndex: number,
): RecoverySymbol {
  checkSliverIndex(targetIndex, redStuff.shape.shardCount);
  const { symbols, tree } = expandSliver(redStuff, source);
  const symbolBytes = symbols.length / redStuff.shape.shardCount;
  return {
    target: { axis: otherAxis(source.axis), index: targetIndex },
    sourceIndex: source.index,
    data: symbols.slice(targetIndex * symbolBytes, (targetIndex + 1) * symbolBytes),
    proof: proofOf(tree, targetIndex),
  };
}

/** Whether the symbol is covered by the hash that the metadata holds of its source. Never throws. */
export function verifyRecoverySymbol(
  { shape }: RedStuff,
  { target, sourceIndex, data, proof }: RecoverySymbol,
  metadata: BlobMetadata,
): boolean {
  const source = { axis: otherAxis(target.axis), index: sourceIndex };
  const root = expectedHash(metadata, shape, source);
  if (root === undefined || !isBlobLength(metadata.blobBytes, shape.blobBytesMax)) return false;
  if (data.length !== redStuffLayout(shape, metadata.blobBytes).symbolBytes) return false;
  return proves(proof, { data, index: target.index, count: shape.shardCount }, root);
}

/** The sliver that exactly enough symbols of distinct sources lead to, right or wrong. */
export function sliverFrom(
  { shape, engine }: RedStuff,
  { axis, index }: SliverPlace,
  symbols: readonly RecoverySymbol[],
): Sliver {
  const rows = symbols.map(({ sourceIndex, data }) => ({ index: sourceIndex, data }));
  const symbolBytes = symbols[0]?.data.length ?? 0;
  return { axis, index, data: engine.decode(expansionCode(shape, axis), rows, symbolBytes) };
}
