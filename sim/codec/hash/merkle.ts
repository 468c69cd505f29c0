import { blake2b256 } from "./blake2b.ts";

export const HASH_BYTES = 32;

const LEAF = Uint8Array.of(0);
const INNER = Uint8Array.of(1);

/**
 * All nodes of a Merkle tree, level after level from the leaves up. A level of odd length, but for
 * the root, ends with an empty node of zeros.
 */
export interface MerkleTree {
  readonly leafCount: number;
  readonly nodes: Uint8Array;
}

/** The siblings of a leaf and its ancestors, from below. */
export type MerkleProof = readonly Uint8Array[];

export function leafHash(...data: readonly Uint8Array[]): Uint8Array {
  return blake2b256(LEAF, ...data);
}

/** The tree over leaf hashes that lie one after another; at least one. */
export function treeOver(leafHashes: Uint8Array): MerkleTree {
  const leafCount = leafHashes.length / HASH_BYTES;
  const nodes = new Uint8Array(nodeCount(leafCount) * HASH_BYTES);
  nodes.set(leafHashes);
  eachLevel(leafCount, (start, length) => {
    const next = start + paddedLength(length);
    for (let i = 0; i < paddedLength(length); i += 2) {
      const pair = nodes.subarray((start + i) * HASH_BYTES, (start + i + 2) * HASH_BYTES);
      nodes.set(blake2b256(INNER, pair), (next + i / 2) * HASH_BYTES);
    }
  });
  return { leafCount, nodes };
}

export function rootOf({ nodes }: MerkleTree): Uint8Array {
  return nodes.slice(-HASH_BYTES);
}

export function proofOf({ leafCount, nodes }: MerkleTree, leafIndex: number): MerkleProof {
  const siblings: Uint8Array[] = [];
  let index = leafIndex;
  eachLevel(leafCount, (start) => {
    const sibling = (start + (index ^ 1)) * HASH_BYTES;
    siblings.push(nodes.slice(sibling, sibling + HASH_BYTES));
    index >>= 1;
  });
  return siblings;
}

/** Whether a leaf of this data, at this place of a tree of so many leaves, leads to the root. */
export function proves(
  proof: MerkleProof,
  leaf: { readonly data: Uint8Array; readonly index: number; readonly count: number },
  root: Uint8Array,
): boolean {
  // A place between or before leaves would follow the path of one that is there.
  if (!Number.isInteger(leaf.index) || leaf.index < 0 || leaf.index >= leaf.count) return false;
  if (proof.length > treeHeight(leaf.count) || leaf.index >= 2 ** proof.length) return false;
  if (proof.some((sibling) => sibling.length !== HASH_BYTES)) return false;
  const hash = rootAlong(leafHash(leaf.data), leaf.index, proof);
  return hash.every((byte, i) => byte === root[i]);
}

/** Where the hash of a leaf leads along the siblings of it and its ancestors. */
export function rootAlong(leafHash: Uint8Array, leafIndex: number, path: MerkleProof): Uint8Array {
  let hash = leafHash;
  let index = leafIndex;
  for (const sibling of path) {
    hash = index % 2 === 0 ? blake2b256(INNER, hash, sibling) : blake2b256(INNER, sibling, hash);
    index = Math.floor(index / 2);
  }
  return hash;
}

/** Levels above the leaves. */
export function treeHeight(leafCount: number): number {
  let height = 0;
  eachLevel(leafCount, () => height++);
  return height;
}

/** Nodes of all levels, empty ones included. */
export function nodeCount(leafCount: number): number {
  let count = 1; // The root.
  eachLevel(leafCount, (_, length) => {
    count += paddedLength(length);
  });
  return count;
}

/** Visits each level below the root, with the index of its first node and its number of nodes. */
function eachLevel(leafCount: number, visit: (start: number, length: number) => void): void {
  let start = 0;
  for (let length = leafCount; length > 1; length = paddedLength(length) / 2) {
    visit(start, length);
    start += paddedLength(length);
  }
}

function paddedLength(length: number): number {
  return length + (length % 2);
}
