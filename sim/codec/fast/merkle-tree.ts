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
