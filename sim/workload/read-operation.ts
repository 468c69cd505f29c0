import type { ActorId, Context } from "../engine/actor.ts";
import type { RandomStream } from "../engine/random-streams.ts";
import type { BlobEntry, Catalogue } from "./catalogue.ts";
import { type ClientShare, pickClient } from "./client-shares.ts";
import type { ReadDemand } from "./demand.ts";
import type { DemandMessage } from "./demand-message.ts";
import type { Luck, Operation } from "./operation.ts";
import { type BlobChoice, blobChoice } from "./popularity.ts";

/** Reads of blobs that exist, chosen by popularity. */
export class ReadOperation implements Operation {
  readonly #choose: BlobChoice;
  readonly #range: ReadDemand["range"];
  readonly #clients: readonly ClientShare[];
  readonly #catalogue: Catalogue;

  constructor(demand: ReadDemand, clients: readonly ClientShare[], catalogue: Catalogue) {
    this.#choose = blobChoice(demand.popularity);
    this.#range = demand.range;
    this.#clients = clients;
    this.#catalogue = catalogue;
  }

  begin(context: Context<DemandMessage>, luck: Luck, client?: ActorId): number | undefined {
    const count = this.#catalogue.blobCount;
    const position = this.#choose(Math.max(1, count), luck("popularity"));
    const entry = count === 0 ? undefined : this.#catalogue.at(position);
    return this.beginOf(entry, context, luck, client);
  }

  /** Has a read of a certain blob begin. */
  beginOf(
    entry: BlobEntry | undefined,
    context: Context<DemandMessage>,
    luck: Luck,
    client = pickClient(this.#clients, luck("client")),
  ): number | undefined {
    const range = this.#range && stretch(this.#range.bytes, entry?.bytes ?? 0, luck("offset"));
    if (entry === undefined) return undefined;
    const read = this.#catalogue.beginRead();
    const order = {
      kind: "start-read",
      read,
      blob: entry.blob,
      range,
      replyTo: context.self,
    } as const;
    context.send(client, order, 0);
    return read;
  }
}

/** An evenly drawn stretch of a blob, which is all of it if the blob is shorter. */
function stretch(bytes: number, blobBytes: number, random: RandomStream) {
  const length = Math.min(bytes, blobBytes);
  return { offset: Math.floor(random() * (blobBytes - length + 1)), bytes: length };
}
