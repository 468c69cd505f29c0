import type { ActorId } from "../engine/actor.ts";
import { cloneState } from "../engine/clone-state.ts";
import type { Engine, HandlerId } from "../engine/engine.ts";
import { type Duration, minutes, type SimTime } from "../engine/sim-time.ts";
import type { ParcelId } from "../engine/transport.ts";

/** An answer that has not come by then is not expected any more: the numbers it goes by are forgotten. */
const FORGOTTEN_AFTER: Duration = minutes(30);

/** What is known of one asker's requests, by their numbers. */
interface Requests {
  /** Those of which a message is in transfer: twice its parcel, and one more if it is the answer. */
  readonly transfers: Map<number, number>;
  /** Those that the asker waits for no more: from when that is known to whoever answers. */
  readonly abandoned: Map<number, SimTime>;
  /** The highest number ever among those: of higher ones, most of all, there is nothing to look up. */
  abandonedMax: number;
}

const noState = () => ({
  /** By asker; only those that have asked. */
  requests: [] as (Requests | undefined)[],
  /** Words of askers that are on their way to a sender in mid-transfer; slots are used again. */
  resets: [] as { asker: ActorId; call: number }[],
  free: [] as number[],
});

/**
 * Requests and their answers as streams that their asker can reset: once it waits no more, what is in
 * transfer is stopped, and what was still to be sent never is. Small messages are on the wire at once and
 * cannot be stopped.
 */
export class Streams {
  readonly #engine: Engine;
  readonly #onReset: (parcel: ParcelId) => void;
  readonly #reset: HandlerId;
  #state = noState();

  /** @param onReset this transfer is to stop, now */
  constructor(engine: Engine, onReset: (parcel: ParcelId) => void) {
    this.#engine = engine;
    this.#onReset = onReset;
    this.#reset = engine.handler("stream reset", (slot) => this.#stop(slot));
  }

  /** A message of the request has begun to take up bandwidth. */
  begin(asker: ActorId, call: number, parcel: ParcelId, isAnswer: boolean): void {
    const { transfers, abandoned } = this.#of(asker);
    transfers.set(call, 2 * parcel + Number(isAnswer));
    const knownAt = abandoned.get(call);
    if (knownAt !== undefined) this.#resetIn(asker, call, knownAt - this.#engine.now);
  }

  /** That message of the request is no longer in transfer. */
  end(asker: ActorId, call: number, parcel: ParcelId): void {
    const { transfers } = this.#of(asker);
    const transfer = transfers.get(call);
    // A later try of the request may be in transfer by now.
    if (transfer !== undefined && transfer >> 1 === parcel) transfers.delete(call);
  }

  /** The answer has come, or never will; or the asker asks again under the same number. */
  forget(asker: ActorId, call: number): void {
    const requests = this.#state.requests[asker];
    if (requests !== undefined && call <= requests.abandonedMax) requests.abandoned.delete(call);
  }

  /** The asker waits no more, which takes so long to be known at the other end. */
  abandon(asker: ActorId, call: number, delay: Duration): void {
    const { now } = this.#engine;
    const requests = this.#of(asker);
    const { transfers, abandoned } = requests;
    requests.abandonedMax = Math.max(requests.abandonedMax, call);
    for (const [old, knownAt] of abandoned) {
      if (knownAt > now - FORGOTTEN_AFTER) break;
      abandoned.delete(old);
    }
    abandoned.set(call, now + delay);
    const transfer = transfers.get(call);
    if (transfer !== undefined) this.#resetIn(asker, call, (transfer & 1) === 1 ? delay : 0);
  }

  /** From when it is known to whoever answers that nobody waits; Infinity while somebody does. */
  abandonedAt(asker: ActorId, call: number): SimTime {
    const requests = this.#state.requests[asker];
    if (requests === undefined || call > requests.abandonedMax) return Number.POSITIVE_INFINITY;
    return requests.abandoned.get(call) ?? Number.POSITIVE_INFINITY;
  }

  snapshot(): unknown {
    return cloneState(this.#state);
  }

  restore(snapshot: unknown): void {
    this.#state = cloneState(snapshot) as ReturnType<typeof noState>;
  }

  #resetIn(asker: ActorId, call: number, delay: Duration): void {
    const { resets, free } = this.#state;
    const slot = free.pop() ?? resets.length;
    resets[slot] = { asker, call };
    this.#engine.schedule(delay, this.#reset, slot);
  }

  #stop(slot: number): void {
    const { resets, free, requests } = this.#state;
    const { asker, call } = resets[slot]!;
    free.push(slot);
    const known = requests[asker]!;
    // Arrived, lost or asked for again in the meantime.
    if (!known.abandoned.has(call)) return;
    const transfer = known.transfers.get(call);
    if (transfer !== undefined) this.#onReset(transfer >> 1);
  }

  #of(asker: ActorId): Requests {
    const { requests } = this.#state;
    while (requests.length < asker) requests.push(undefined);
    requests[asker] ??= { transfers: new Map(), abandoned: new Map(), abandonedMax: -1 };
    return requests[asker];
  }
}
