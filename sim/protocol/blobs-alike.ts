import type { BlobNumber } from "./content.ts";
import type { Ledger } from "./ledger.ts";
import type { Placement } from "./placement.ts";
import type { StorageNode } from "./storage-node.ts";

/** All that is there to be looked at, as nobody in the network could. */
export interface WholeNetwork {
  readonly nodes: readonly StorageNode[];
  readonly ledger: Ledger;
  readonly placement: Placement;
  /** Number of blobs that were there when the world began. */
  readonly preloaded: number;
}

/**
 * Every certified blob, and how many others fare exactly alike, it included. Blobs that came with the world
 * have lost alike where they lie alike and nobody picks among them, but for those that some node has recovered
 * since: one speaks for all others.
 */
export function* blobsAlike({
  nodes,
  ledger,
  placement,
  preloaded,
}: WholeNetwork): Generator<readonly [blob: BlobNumber, times: number]> {
  const areAlike = placement.isUniform && !nodes.some(withholdsSome);
  const single = new Set<BlobNumber>();
  for (const node of nodes) node.addRecovered(single);
  let alike = 0;
  const { over } = ledger.state.lives;
  for (let blob = preloaded - 1; blob >= 0; blob--) {
    if (over.has(blob)) continue; // All of them are, if one is.
    if (!areAlike || single.has(blob)) yield [blob, 1];
    else if (++alike === preloaded - single.size) yield [blob, alike];
  }
  for (const blob of ledger.state.certified) yield [blob, 1];
}

const withholdsSome = ({ state }: StorageNode): boolean =>
  state.lies.some(({ lies }) =>
    lies.some((lie) => lie.kind === "withhold" && lie.blobs !== undefined),
  );
