import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import type { BlobNumber } from "./content.ts";
import type { Ledger } from "./ledger.ts";
import type { WalrusMessage } from "./messages.ts";
import type { Placement } from "./placement.ts";
import type { StorageNode } from "./storage-node.ts";

/**
 * Looks, at the horizon, at what the disks of all nodes hold, as nobody in the network could: which
 * certified blobs no reader could ever reconstruct again, and which not from the nodes that are up.
 * What liars hold counts as if they had not.
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
    if (message.kind !== "audit") return;
    const found = { blobs: 0, lost: 0, unavailable: 0 };
    const count = (blob: BlobNumber, times: number) => {
      const { onDisk, up } = this.#sliversOf(blob);
      found.blobs += times;
      if (onDisk < this.#placement.primaryNeeded) found.lost += times;
      if (up < this.#placement.primaryNeeded) found.unavailable += times;
    };
    if (this.#placement.isUniform) {
      // Blobs that came with the world have lost alike: one speaks for all.
      if (this.#preloaded > 0) count(0, this.#preloaded);
    } else {
      for (let blob = 0; blob < this.#preloaded; blob++) count(blob, 1);
    }
    for (const blob of this.#ledger.state.certified) count(blob, 1);
    context.record("audit", found);
  }

  #sliversOf(blob: BlobNumber): { onDisk: number; up: number } {
    let onDisk = 0;
    let up = 0;
    for (const node of this.#nodes) {
      const held = node.honestlyHeld(blob);
      onDisk += held;
      if (node.state.up) up += held;
    }
    return { onDisk, up };
  }
}
