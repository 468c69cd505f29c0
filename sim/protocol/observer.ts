import type { BlobNumber } from "./content.ts";
import type { Ledger } from "./ledger.ts";
import type { Committees } from "./placement.ts";
import type { StorageNode } from "./storage-node.ts";

/**
 * Sees all nodes at once and changes nothing: what an adversary is given who is to know everything.
 * Left out: what it would cost to know so much.
 */
export class Observer {
  readonly #nodes: readonly StorageNode[];
  readonly #ledger: Ledger;
  readonly #committees: Committees;
  readonly #preloaded: number;

  constructor(options: {
    readonly nodes: readonly StorageNode[];
    readonly ledger: Ledger;
    readonly committees: Committees;
    /** Number of blobs that were there when the world began. */
    readonly preloaded: number;
  }) {
    this.#nodes = options.nodes;
    this.#ledger = options.ledger;
    this.#committees = options.committees;
    this.#preloaded = options.preloaded;
  }

  /** How many shards each node holds in the present epoch. */
  shards(): readonly number[] {
    return this.#committees.last.members.map(({ shards }) => shards.length);
  }

  /** Certified blobs that a node knows it has not in full; more than any are, while it goes over all. */
  backlog(node: number): number {
    const { recovery } = (this.#nodes[node] as StorageNode).state;
    const scan = recovery.scan === undefined ? 0 : this.#preloaded + recovery.scan.blobs.length;
    return recovery.unfinished.size + recovery.syncs.size + scan;
  }

  /**
   * Primary slivers that each node would serve, up and honest, of the certified blob of which fewest are
   * served; the youngest of several. Empty where there is no blob.
   */
  weakestBlob(): readonly number[] {
    let weakest: readonly number[] = [];
    let least = Number.POSITIVE_INFINITY;
    for (const blob of this.#blobs()) {
      const served = this.#nodes.map((node) =>
        node.state.up ? node.honestlyHeld(blob).primary : 0,
      );
      const sum = served.reduce((total, slivers) => total + slivers, 0);
      if (sum > least) continue;
      least = sum;
      weakest = served;
    }
    return weakest;
  }

  // Blobs that came with the world lie alike but for those that some node has recovered: one speaks for
  // all others.
  #blobs(): BlobNumber[] {
    const { certified, lives } = this.#ledger.state;
    const recovered = new Set<BlobNumber>();
    for (const node of this.#nodes) node.addRecovered(recovered);
    const blobs = [...recovered].filter((blob) => !lives.over.has(blob));
    for (let blob = 0; blob < this.#preloaded; blob++) {
      if (recovered.has(blob) || lives.over.has(blob)) continue;
      blobs.push(blob);
      break;
    }
    return [...blobs, ...certified];
  }
}
