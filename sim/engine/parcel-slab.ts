import type { ActorId } from "./actor.ts";
import type { ParcelId } from "./transport.ts";

/** Messages under way, so that events can name them by number. Slots are used again. */
export class ParcelSlab<M> {
  #from: ActorId[] = [];
  #to: ActorId[] = [];
  /** Undefined where the slot is free. */
  #messages: (M | undefined)[] = [];
  #free: ParcelId[] = [];

  add(from: ActorId, to: ActorId, message: M): ParcelId {
    const parcel = this.#free.pop() ?? this.#messages.length;
    this.#from[parcel] = from;
    this.#to[parcel] = to;
    this.#messages[parcel] = message;
    return parcel;
  }

  fromOf(parcel: ParcelId): ActorId {
    return this.#from[parcel]!;
  }

  toOf(parcel: ParcelId): ActorId {
    return this.#to[parcel]!;
  }

  /** Frees the slot; its message, or undefined if it was free. */
  take(parcel: ParcelId): M | undefined {
    const message = this.#messages[parcel];
    if (message === undefined) return undefined;
    this.#messages[parcel] = undefined;
    this.#free.push(parcel);
    return message;
  }

  /** A copy that shares the messages, which never change, and nothing else. */
  clone(): ParcelSlab<M> {
    const copy = new ParcelSlab<M>();
    copy.#from = this.#from.slice();
    copy.#to = this.#to.slice();
    copy.#messages = this.#messages.slice();
    copy.#free = this.#free.slice();
    return copy;
  }
}
