import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import type { BlobNumber } from "./content.ts";
import type { Ledger } from "./ledger.ts";
import type { WalrusMessage } from "./messages.ts";
import type { Placement } from "./placement.ts";
import type { StorageNode } from "./storage-node.ts";

/**
 * Looks at what the disks of all nodes hold, as nobody in the network could. At the horizon: which
 * certified blobs no reader could ever reconstruct again, which not from the nodes that are up, and
 * which some honest node does not hold in full. What liars hold counts as if they had not. Whenever a
 * node has recovered a blob: whether that has made the blob whole.
 */
export class Auditor implements Actor<WalrusMessage, null> {
  readonly name = "auditor";
  state = null;
  readonly #nodes: readonly StorageNode[];
  readonly #ledger: Ledger;
  readonly #placement: Placement;
  readonly #preloaded: number;
  readonly #at: SimTime;

  constructor(options: {
    readonly nodes: readonly StorageNode[];
    readonly ledger: Ledger;
    readonly placement: Placement;
    /** Number of blobs that were there when the world began. */
    readonly preloaded: number;
    readonly at: SimTime;
  }) {
    this.#nodes = options.nodes;
    this.#ledger = options.ledger;
    this.#placement = options.placement;
    this.#preloaded = options.preloaded;
    this.#at = options.at;
  }

  start(context: Context<WalrusMessage>): void {
    context.wake(this.#at, { kind: "audit" });
  }

  receive(message: WalrusMessage, _from: ActorId, context: Context<WalrusMessage>): void {
    if (message.kind === "audit") {
      context.record("audit", this.#auditAll());
    } else if (message.kind === "blob-recovered" && this.#isWhole(message.blob)) {
      context.record("blob-healed", { blob: message.blob });
    }
  }

  #auditAll() {
    const found = { blobs: 0, lost: 0, unavailable: 0, incomplete: 0 };
    const count = (blob: BlobNumber, times: number) => {
      const { onDisk, primaryUp } = this.#slivers(blob);
      found.blobs += times;
      if (!this.#isEnough(onDisk)) found.lost += times;
      if (primaryUp < this.#placement.primaryNeeded) found.unavailable += times;
      if (!this.#isWhole(blob)) found.incomplete += times;
    };
    // Blobs that came with the world have lost alike where they lie alike, but for those that some
    // node has recovered since: one speaks for all others.
    const single = new Set<BlobNumber>();
    for (const node of this.#nodes) node.addRecovered(single);
    let alike = 0;
    for (let blob = this.#preloaded - 1; blob >= 0; blob--) {
      if (!this.#placement.isUniform || single.has(blob)) count(blob, 1);
      else if (++alike === this.#preloaded - single.size) count(blob, alike);
    }
    for (const blob of this.#ledger.state.certified) count(blob, 1);
    return found;
  }

  // Readers take primary slivers; what is left of secondary ones still counts for nodes.
  #slivers(blob: BlobNumber) {
    const onDisk = { primary: 0, secondary: 0 };
    let primaryUp = 0;
    for (const node of this.#nodes) {
      const held = node.honestlyHeld(blob);
      onDisk.primary += held.primary;
      onDisk.secondary += held.secondary;
      if (node.state.up) primaryUp += held.primary;
    }
    return { onDisk, primaryUp };
  }

  // With too few of both kinds nothing helps: each symbol that is lost then lies on a row and on a
  // column of which too little is known.
  #isEnough({ primary, secondary }: { readonly primary: number; readonly secondary: number }) {
    const { primaryNeeded, secondaryNeeded } = this.#placement;
    return primary >= primaryNeeded || secondary >= secondaryNeeded;
  }

  #isWhole(blob: BlobNumber): boolean {
    return this.#nodes.every((node) => !node.state.up || !node.lacks(blob));
  }
}
