import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { type ArrivalClock, advance, meanRate, newArrivalClock } from "./arrivals.ts";
import type { BlobEntry, Catalogue } from "./catalogue.ts";
import type { ClientShare } from "./client-shares.ts";
import type { ReadDemand, Surge } from "./demand.ts";
import type { DemandMessage } from "./demand-message.ts";
import { distinctPositions } from "./popularity.ts";
import { ReadOperation } from "./read-operation.ts";

interface CrowdState {
  readonly clock: ArrivalClock;
  /** What the crowd has come for; empty until it comes. */
  readonly blobs: BlobEntry[];
}

/**
 * A flash crowd beside the usual reads: `factor` - 1 times their mean rate, at Poisson times, of blobs that are
 * drawn when it begins, evenly among those that exist then, or else of any. Each of its reads is of the kind (whole blob or
 * range) of one of the usual demands, in proportion to their rates.
 */
export class FlashCrowd implements Actor<DemandMessage, CrowdState> {
  readonly name: string;
  state: CrowdState;
  readonly #surge: Surge;
  readonly #reads: readonly { readonly rate: number; readonly operation: ReadOperation }[];
  readonly #catalogue: Catalogue;
  readonly #until: SimTime;

  constructor(
    name: string,
    surge: Surge,
    options: {
      readonly reads: readonly ReadDemand[];
      readonly clients: readonly ClientShare[];
      readonly catalogue: Catalogue;
      readonly horizon: SimTime;
    },
  ) {
    const { reads, clients, catalogue, horizon } = options;
    this.name = name;
    this.state = { clock: newArrivalClock(surge.at), blobs: [] };
    this.#surge = surge;
    this.#reads = reads.map((demand) => ({
      rate: meanRate(demand.arrivals),
      operation: new ReadOperation(demand, clients, catalogue),
    }));
    this.#catalogue = catalogue;
    this.#until = Math.min(horizon, surge.at + surge.lasts);
  }

  start(context: Context<DemandMessage>): void {
    context.wake(this.#surge.at, { kind: "surge-begins" });
  }

  receive(message: DemandMessage, _from: ActorId, context: Context<DemandMessage>): void {
    switch (message.kind) {
      case "surge-begins":
        this.#chooseBlobs(context);
        this.#awaitNext(context);
        break;
      case "arrival":
        this.#read(context);
        this.#awaitNext(context);
        break;
    }
  }

  #chooseBlobs(context: Context<DemandMessage>): void {
    const count = this.#catalogue.blobCount;
    const wanted = this.#surge.blobs ?? 0;
    const positions = distinctPositions(wanted, count, context.random("blobs"));
    for (const position of positions) this.state.blobs.push(this.#catalogue.at(position));
  }

  #awaitNext(context: Context<DemandMessage>): void {
    const usual = this.#reads.reduce((sum, { rate }) => sum + rate, 0);
    const added = usual * (this.#surge.factor - 1);
    if (!(added > 0)) return;
    const arrivals = { kind: "poisson", rate: added } as const;
    const time = advance(arrivals, this.state.clock, context.random("arrivals"));
    if (time < this.#until) context.wake(time - context.now, { kind: "arrival" });
  }

  #read(context: Context<DemandMessage>): void {
    const luck = (decision: string) => context.random(decision);
    const operation = this.#kindOfRead(context);
    if (this.#surge.blobs === undefined) {
      operation.begin(context, luck);
      return;
    }
    const { blobs } = this.state;
    const entry = blobs[Math.floor(luck("popularity")() * blobs.length)];
    operation.beginOf(entry, context, luck);
  }

  #kindOfRead(context: Context<DemandMessage>): ReadOperation {
    const usual = this.#reads.reduce((sum, { rate }) => sum + rate, 0);
    let target = context.random("kind")() * usual;
    for (const { rate, operation } of this.#reads) {
      target -= rate;
      if (target < 0) return operation;
    }
    return this.#reads[0]!.operation;
  }
}
