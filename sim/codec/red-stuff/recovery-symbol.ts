import { join, sameBytes } from "../bytes.ts";
import type { BlobMetadata, Sliver, SliverPlace } from "../code.ts";
import { HASH_BYTES, type MerkleProof, proofOf, proves, treeHeight } from "../hash/merkle.ts";
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

/** Whether a symbol is given for the recovery of this sliver. */
export const isAimedAt = ({ target }: RecoverySymbol, { axis, index }: SliverPlace): boolean =>
  target.axis === axis && target.index === index;

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

/**
 * The same for many symbols at once, which is many times faster where they are all for one target, as in
 * every recovery: their paths are followed level by level together.
 */
export function verifyRecoverySymbols(
  redStuff: RedStuff,
  symbols: readonly RecoverySymbol[],
  metadata: BlobMetadata,
): boolean[] {
  const { shape, engine } = redStuff;
  const { target } = symbols[0] ?? { target: undefined };
  const height = treeHeight(shape.shardCount);
  const isUsual = ({ proof, ...symbol }: RecoverySymbol) =>
    symbol.target.axis === target?.axis &&
    symbol.target.index === target.index &&
    hasPlaceAndSize(redStuff, symbol, metadata) &&
    proof.length === height &&
    proof.every((sibling) => sibling.length === HASH_BYTES);
  const usual = symbols.filter(isUsual);
  if (target === undefined || usual.length === 0) {
    return symbols.map((symbol) => verifyRecoverySymbol(redStuff, symbol, metadata));
  }
  const { symbolBytes } = redStuffLayout(shape, metadata.blobBytes);
  const siblings = new Uint8Array(height * usual.length * HASH_BYTES);
  usual.forEach(({ proof }, i) => {
    for (let level = 0; level < height; level++) {
      siblings.set(proof[level]!, (level * usual.length + i) * HASH_BYTES);
    }
  });
  const leaves = join(usual.map(({ data }) => data));
  const roots = engine.rootsAlong(leaves, symbolBytes, target.index, siblings);
  let next = 0;
  return symbols.map((symbol) => {
    if (symbol !== usual[next]) return verifyRecoverySymbol(redStuff, symbol, metadata);
    const root = roots.subarray(next * HASH_BYTES, (next + 1) * HASH_BYTES);
    next++;
    return sameBytes(root, expectedHash(metadata, shape, sourceOf(symbol))!);
  });
}

const sourceOf = ({ target, sourceIndex }: Pick<RecoverySymbol, "target" | "sourceIndex">) => ({
  axis: otherAxis(target.axis),
  index: sourceIndex,
});

/** Whether source and target are places of the matrix, and the data is as long as a symbol. */
function hasPlaceAndSize(
  { shape }: RedStuff,
  symbol: Omit<RecoverySymbol, "proof">,
  metadata: BlobMetadata,
): boolean {
  const { axis, index } = symbol.target;
  return (
    expectedHash(metadata, shape, sourceOf(symbol)) !== undefined &&
    expectedHash(metadata, shape, { axis, index }) !== undefined &&
    isBlobLength(metadata.blobBytes, shape.blobBytesMax) &&
    symbol.data.length === redStuffLayout(shape, metadata.blobBytes).symbolBytes
  );
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
