import { join, littleEndian, sameBytes } from "./bytes.ts";
import type { BlobMetadata, PairHashes } from "./code.ts";
import type { CodecEngine } from "./codec-engine.ts";
import { blake2b256 } from "./hash/blake2b.ts";
import { HASH_BYTES, rootOf } from "./hash/merkle.ts";

/**
 * The byte that stands for a code in a blob ID. Walrus gives Red Stuff 1; the others are not known
 * there and take numbers of our own.
 */
export const ENCODING_TYPE = { "red-stuff": 1, "reed-solomon": 0xf1, replication: 0xf0 } as const;

/** Metadata bound together by its root hash and blob ID. */
export function bindMetadata(
  scheme: keyof typeof ENCODING_TYPE,
  blobBytes: number,
  hashes: readonly PairHashes[],
  engine: CodecEngine,
): BlobMetadata {
  const rootHash = rootOfHashes(hashes, engine);
  return { blobId: blobIdOf(scheme, blobBytes, rootHash), blobBytes, rootHash, hashes };
}

/** The Merkle root over the hashes of each pair, side by side. */
export function rootOfHashes(hashes: readonly PairHashes[], engine: CodecEngine): Uint8Array {
  const leaves = hashes.map(({ primary, secondary }) =>
    secondary === undefined ? primary : join([primary, secondary]),
  );
  return rootOf(engine.merkleTree(join(leaves), leaves[0]?.length ?? HASH_BYTES));
}

export function blobIdOf(
  scheme: keyof typeof ENCODING_TYPE,
  blobBytes: number,
  rootHash: Uint8Array,
): Uint8Array {
  return blake2b256(Uint8Array.of(ENCODING_TYPE[scheme]), littleEndian(blobBytes, 8), rootHash);
}

/** Whether root hash and blob ID follow from the rest, in which each hash has its size. */
export function metadataIsBound(
  scheme: keyof typeof ENCODING_TYPE,
  { blobId, blobBytes, rootHash, hashes }: BlobMetadata,
  engine: CodecEngine,
): boolean {
  // Bytes may not move from one hash to the next: the root is over both of a pair side by side.
  const isHash = (hash: Uint8Array | undefined) => hash?.length === HASH_BYTES;
  const hasSecondary = scheme === "red-stuff";
  const areHashes = hashes.every(
    ({ primary, secondary }) => isHash(primary) && (!hasSecondary || isHash(secondary)),
  );
  if (!areHashes) return false;
  const bound = bindMetadata(scheme, blobBytes, hashes, engine);
  return sameBytes(bound.rootHash, rootHash) && sameBytes(bound.blobId, blobId);
}
