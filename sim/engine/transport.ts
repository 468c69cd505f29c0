import type { ActorId } from "./actor.ts";
import type { Engine, HandlerId } from "./engine.ts";

/** Names a message under way; used again once it has been delivered or lost. */
export type ParcelId = number;

/** Stands for the number of a request where a message is neither a request nor an answer. */
export const NO_CALL = -1;

/** What the world lets a transport do. */
export interface TransportPort {
  readonly engine: Engine;
  /** The message arrives, now. */
  deliver(parcel: ParcelId): void;
  /** The message is given up, now: whoever waits for it is told through `Actor.lost`. */
  lose(parcel: ParcelId): void;
  /** Nobody waits for the message any more: it is gone, and nobody is told. */
  drop(parcel: ParcelId): void;
}

/** How messages travel. Its state is a part of the engine (`Engine.addPart`), so that forks copy it. */
export interface Transport {
  /** Must later, in an event, call exactly one of `port.deliver` and `port.lose`; or `port.drop`, at any time. */
  carry(
    parcel: ParcelId,
    from: ActorId,
    to: ActorId,
    bytes: number,
    answer: boolean,
    call: number,
  ): void;
  /** See `Context.abandon`. What is taken back is dropped (`port.drop`). */
  abandon?(asker: ActorId, peer: ActorId, call: number): void;
}

/** Every message arrives, after 0 µs: still as an event of its own. */
export class InstantTransport implements Transport {
  readonly #engine: Engine;
  readonly #arrive: HandlerId;

  constructor(port: TransportPort) {
    this.#engine = port.engine;
    this.#arrive = port.engine.handler("arrive", (parcel) => port.deliver(parcel));
  }

  carry(parcel: ParcelId): void {
    this.#engine.schedule(0, this.#arrive, parcel);
  }
}
