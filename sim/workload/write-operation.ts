import type { ActorId, Context } from "../engine/actor.ts";
import type { LifeChange } from "../protocol/chain-messages.ts";
import type { BlobNumber } from "../protocol/content.ts";
import type { Done } from "../protocol/messages.ts";
import type { Catalogue } from "./catalogue.ts";
import { type ClientShare, pickClient } from "./client-shares.ts";
import type { WriteDemand } from "./demand.ts";
import type { DemandMessage } from "./demand-message.ts";
import type { Luck, Operation } from "./operation.ts";
import { blobSize } from "./sizes.ts";

/** Writes of new blobs, which can be read once they are certified. */
export class WriteOperation implements Operation {
  readonly #demand: WriteDemand;
  readonly #clients: readonly ClientShare[];
  readonly #catalogue: Catalogue;
  readonly #blobBytesMax: number;
  readonly #followers: readonly ActorId[];
  readonly #ledger: ActorId | undefined;

  constructor(
    demand: WriteDemand,
    options: {
      readonly clients: readonly ClientShare[];
      readonly catalogue: Catalogue;
      readonly blobBytesMax: number;
      /** Demands whose reads follow writes. */
      readonly followers: readonly ActorId[];
      /** Who is told of the ends of blobs, if anybody is. */
      readonly ledger?: ActorId | undefined;
    },
  ) {
    this.#demand = demand;
    this.#clients = options.clients;
    this.#catalogue = options.catalogue;
    this.#blobBytesMax = options.blobBytesMax;
    this.#followers = options.followers;
    this.#ledger = options.ledger;
  }

  begin(
    context: Context<DemandMessage>,
    luck: Luck,
    client: ActorId = pickClient(this.#clients, luck("client")),
  ): number {
    const bytes = blobSize(this.#demand.size, this.#blobBytesMax, luck("size"));
    const { write, blob } = this.#catalogue.beginWrite();
    const { misEncoding, lifetime } = this.#demand;
    const isCheat = misEncoding !== undefined && luck("mis-encoding")() < misEncoding.share;
    const replyTo = context.self;
    const order = { kind: "start-write", write, blob, bytes, lifetime, replyTo } as const;
    context.send(client, isCheat ? { ...order, misEncoding } : order, 0);
    return write;
  }

  end(done: Done, context: Context<DemandMessage>): void {
    if (done.kind !== "write-done" || done.outcome !== "ok") return;
    const { blob, bytes } = done;
    this.#catalogue.add({ blob, bytes });
    this.#planLife(blob, context);
    for (const follower of this.#followers) {
      context.send(follower, { kind: "blob-written", blob, bytes }, 0);
    }
  }

  follow(change: LifeChange, context: Context<DemandMessage>): void {
    if (this.#ledger !== undefined) context.send(this.#ledger, change, 0);
  }

  #planLife(blob: BlobNumber, context: Context<DemandMessage>): void {
    const { deleted, extended } = this.#demand;
    if (deleted !== undefined && context.random("deletion")() < deleted.share) {
      context.wake(deleted.after, { kind: "life-due", change: { kind: "delete-blob", blob } });
    }
    if (extended !== undefined && context.random("extension")() < extended.share) {
      const { after, epochs } = extended;
      context.wake(after, { kind: "life-due", change: { kind: "extend-blob", blob, epochs } });
    }
  }
}
