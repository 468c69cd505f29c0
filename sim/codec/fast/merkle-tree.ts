import { HASH_BYTES, type MerkleTree, nodeCount } from "../hash/merkle.ts";
import type { Kernels } from "./kernels.ts";

/** Leaves that are handed to the kernels at a time, at most, unless a single one is longer. */
const BATCH_BYTES = 2 ** 24;

/** The tree over leaves of one size. */
export function merkleTree(kernels: Kernels, leaves: Uint8Array, leafBytes: number): MerkleTree {
  const leafCount = leaves.length / leafBytes;
  const batch = Math.min(leafCount, 3 * Math.ceil(BATCH_BYTES / leafBytes / 3));
  const nodeBytes = nodeCount(leafCount) * HASH_BYTES;
  const [nodes, input] = kernels.reserve(nodeBytes, batch * leafBytes);
  for (let first = 0; first < leafCount; first += batch) {
    const count = Math.min(batch, leafCount - first);
    kernels.write(input, leaves.subarray(first * leafBytes, (first + count) * leafBytes));
    kernels.hashLeaves(input, leafBytes, count, 1, nodes + first * HASH_BYTES, 0);
  }
  kernels.run.hashTree(nodes, leafCount);
  return { leafCount, nodes: kernels.read(nodes, nodeBytes) };
}

/** Where leaves of one place lead along their paths, level after level for all of them at once. */
export function rootsAlong(
  kernels: Kernels,
  leaves: Uint8Array,
  leafBytes: number,
  index: number,
  siblings: Uint8Array,
): Uint8Array {
  const count = leaves.length / leafBytes;
  const levelBytes = count * HASH_BYTES;
  const [input, beside, even, odd] = kernels.reserve(
    leaves.length,
    siblings.length,
    levelBytes,
    levelBytes,
  );
  kernels.write(input, leaves);
  kernels.write(beside, siblings);
  let from = even;
  let to = odd;
  kernels.hashLeaves(input, leafBytes, count, 1, from, 0);
  let place = index;
  for (let sibling = beside; sibling < beside + siblings.length; sibling += levelBytes) {
    const [left, right] = place % 2 === 0 ? [from, sibling] : [sibling, from];
    kernels.run.hashPairs(left, right, HASH_BYTES, count, 0, 1, to, 0);
    [from, to] = [to, from];
    place = Math.floor(place / 2);
  }
  return kernels.read(from, levelBytes);
}
