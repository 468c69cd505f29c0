import type { Actor, ActorId, Context, Message } from "./actor.ts";
import type { Engine, HandlerId, TimerId } from "./engine.ts";
import { invariant } from "./invariant.ts";
import { ParcelSlab } from "./parcel-slab.ts";
import type { Duration, SimTime } from "./sim-time.ts";
import { NO_CALL, type ParcelId, type Transport, type TransportPort } from "./transport.ts";

/** Who receives: an actor and what it sees of the world. */
export interface Receiver<M extends Message> {
  readonly actor: Actor<M>;
  readonly context: Context<M>;
}

/** Messages between actors: over the transport, or to oneself past it. */
export class Mail<M extends Message> {
  readonly #engine: Engine;
  readonly #receivers: readonly Receiver<M>[];
  readonly #wake: HandlerId;
  #parcels = new ParcelSlab<M>();
  #transport: Transport | undefined;

  constructor(engine: Engine, receivers: readonly Receiver<M>[]) {
    this.#engine = engine;
    this.#receivers = receivers;
    this.#wake = engine.handler("wake", (parcel) => this.#deliver(parcel));
  }

  get hasTransport(): boolean {
    return this.#transport !== undefined;
  }

  useTransport(make: (port: TransportPort) => Transport): void {
    invariant(this.#transport === undefined, () => "a world has one transport");
    this.#transport = make({
      engine: this.#engine,
      deliver: (parcel) => this.#deliver(parcel),
      lose: (parcel) => this.#lose(parcel),
      drop: (parcel) => {
        this.#take(parcel);
      },
    });
  }

  send(from: ActorId, to: ActorId, message: M, bytes: number): void {
    invariant(this.#receivers[to] !== undefined, () => `no actor ${to} to send to`);
    const parcel = this.#parcels.add(from, to, message);
    const { answer, call = NO_CALL } = message;
    this.#transport!.carry(parcel, from, to, bytes, answer === true, call);
  }

  abandon(asker: ActorId, peer: ActorId, call: number): void {
    this.#transport!.abandon?.(asker, peer, call);
  }

  /** From outside, past the transport. */
  inject(to: ActorId, message: M, at: SimTime): void {
    invariant(this.#receivers[to] !== undefined, () => `no actor ${to} to send to`);
    this.#engine.scheduleAt(at, this.#wake, this.#parcels.add(to, to, message));
  }

  wake(self: ActorId, delay: Duration, message: M): TimerId {
    return this.#engine.setTimer(delay, this.#wake, this.#parcels.add(self, self, message));
  }

  cancelWake(timer: TimerId): boolean {
    const parcel = this.#engine.timerArgument(timer);
    if (parcel === undefined) return false;
    this.#parcels.take(parcel);
    return this.#engine.cancelTimer(timer);
  }

  snapshot(): ParcelSlab<M> {
    return this.#parcels.clone();
  }

  restore(parcels: ParcelSlab<M>): void {
    this.#parcels = parcels.clone();
  }

  #deliver(parcel: ParcelId): void {
    const from = this.#parcels.fromOf(parcel);
    const { actor, context } = this.#receivers[this.#parcels.toOf(parcel)]!;
    actor.receive(this.#take(parcel), from, context);
  }

  #lose(parcel: ParcelId): void {
    const from = this.#parcels.fromOf(parcel);
    const to = this.#parcels.toOf(parcel);
    const message = this.#take(parcel);
    const [told, peer] = message.answer === true ? [to, from] : [from, to];
    const { actor, context } = this.#receivers[told]!;
    actor.lost?.(message, peer, context);
  }

  #take(parcel: ParcelId): M {
    const message = this.#parcels.take(parcel);
    invariant(message !== undefined, () => `parcel ${parcel} was delivered or lost twice`);
    return message;
  }
}
