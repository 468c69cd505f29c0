import type { ActorId, Context } from "../engine/actor.ts";
import type { Part } from "../engine/engine.ts";
import { type ClientShare, pickClient } from "../workload/client-shares.ts";
import type { ReadDemand, WriteDemand } from "../workload/demand.ts";
import type { DemandMessage } from "../workload/demand-message.ts";
import type { Luck, Operation } from "../workload/operation.ts";
import { type BlobChoice, blobChoice } from "../workload/popularity.ts";
import { blobSize } from "../workload/sizes.ts";
import { blobCount } from "./population.ts";
import type { StorageSystem } from "./storage-system.ts";

/** Serial numbers over all demands. A part of the engine, so that forks copy it. */
export class Serials implements Part {
  #next = 0;

  take(): number {
    return this.#next++;
  }

  snapshot(): unknown {
    return this.#next;
  }

  restore(snapshot: unknown): void {
    this.#next = snapshot as number;
  }
}

/** Reads of blobs out of the population, chosen by popularity. */
export class SampledReads implements Operation {
  readonly #choose: BlobChoice;
  readonly #clients: readonly ClientShare[];
  readonly #system: StorageSystem;
  readonly #serials: Serials;

  constructor(
    { popularity }: ReadDemand,
    clients: readonly ClientShare[],
    system: StorageSystem,
    serials: Serials,
  ) {
    this.#choose = blobChoice(popularity);
    this.#clients = clients;
    this.#system = system;
    this.#serials = serials;
  }

  begin(
    context: Context<DemandMessage>,
    luck: Luck,
    client: ActorId = pickClient(this.#clients, luck("client")),
  ): number | undefined {
    const count = blobCount(this.#system.populationAt(context.now));
    const blob = this.#choose(Math.max(1, count), luck("popularity"));
    if (count === 0) return undefined;
    const read = this.#serials.take();
    context.send(client, { kind: "start-read", read, blob, replyTo: context.self }, 0);
    return read;
  }
}

/** Writes that stand for many others: they change no population, which grows on its own. */
export class SampledWrites implements Operation {
  readonly #demand: WriteDemand;
  readonly #clients: readonly ClientShare[];
  readonly #blobBytesMax: number;
  readonly #serials: Serials;

  constructor(
    demand: WriteDemand,
    clients: readonly ClientShare[],
    blobBytesMax: number,
    serials: Serials,
  ) {
    this.#demand = demand;
    this.#clients = clients;
    this.#blobBytesMax = blobBytesMax;
    this.#serials = serials;
  }

  begin(
    context: Context<DemandMessage>,
    luck: Luck,
    client: ActorId = pickClient(this.#clients, luck("client")),
  ): number {
    const bytes = blobSize(this.#demand.size, this.#blobBytesMax, luck("size"));
    const write = this.#serials.take();
    const order = {
      kind: "start-write",
      write,
      blob: write,
      bytes,
      replyTo: context.self,
    } as const;
    context.send(client, order, 0);
    return write;
  }
}
