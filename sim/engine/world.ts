import type { Actor, ActorId, Context, Fact, FactDetails, Message } from "./actor.ts";
import { cloneState } from "./clone-state.ts";
import { Digest } from "./digest.ts";
import { Engine, type EngineSnapshot, type HandlerId, type TimerId } from "./engine.ts";
import type { EventQueue } from "./event-queue.ts";
import { invariant } from "./invariant.ts";
import { ParcelSlab } from "./parcel-slab.ts";
import type { RandomStream } from "./random-streams.ts";
import type { Duration, SimTime } from "./sim-time.ts";
import {
  InstantTransport,
  type ParcelId,
  type Transport,
  type TransportPort,
} from "./transport.ts";

export interface WorldOptions<M extends Message> {
  readonly seed: string;
  /**
   * Adds actors, sets the transport, registers handlers: everything that does not change, in the same
   * order at each call, for a fork is built by it too.
   */
  readonly build: (world: World<M>) => void;
  readonly queue?: EventQueue;
}

interface WorldState<M> {
  readonly states: readonly unknown[];
  readonly parcels: ParcelSlab<M>;
  readonly factDigest: Digest;
}

/** Actors, the messages between them and the facts they record, on one engine. */
export class World<M extends Message> {
  readonly engine: Engine;
  readonly #options: WorldOptions<M>;
  readonly #actors: Actor<M>[] = [];
  readonly #contexts: Context<M>[] = [];
  readonly #listeners: ((fact: Fact) => void)[] = [];
  readonly #factDigest = new Digest();
  #parcels = new ParcelSlab<M>();
  #transport: Transport | undefined;
  #built = false;
  readonly #start: HandlerId;
  readonly #wake: HandlerId;

  constructor(options: WorldOptions<M>) {
    this.#options = options;
    this.engine = new Engine(options);
    this.#start = this.engine.handler("start", (actor) => {
      this.#actors[actor]!.start?.(this.#contexts[actor]!);
    });
    this.#wake = this.engine.handler("wake", (parcel) => this.#deliver(parcel));
    this.engine.addPart("world", {
      snapshot: () => this.#snapshotState(),
      restore: (snapshot) => this.#restoreState(snapshot as WorldState<M>),
    });
    options.build(this);
    if (this.#transport === undefined) this.useTransport((port) => new InstantTransport(port));
    this.#built = true;
  }

  /** The hash of all events so far: 16 hexadecimal digits. */
  get eventDigest(): string {
    return this.engine.digest.text();
  }

  /** The hash of all facts so far: 16 hexadecimal digits. */
  get factDigest(): string {
    return this.#factDigest.text();
  }

  /** Adds an actor; from `build` only. */
  add(actor: Actor<M>): ActorId {
    invariant(!this.#built, () => `actor ${actor.name} was added after the world had been built`);
    const { name } = actor;
    // Its random streams are known by its name.
    invariant(!this.#actors.some((other) => other.name === name), () => `two actors named ${name}`);
    const self = this.#actors.push(actor) - 1;
    this.#contexts.push(this.#contextOf(self, name));
    if (actor.start !== undefined) this.engine.scheduleAt(0, this.#start, self);
    return self;
  }

  /** Sets how messages travel; from `build`, once. Without it they arrive after 0 µs. */
  useTransport(make: (port: TransportPort) => Transport): void {
    invariant(this.#transport === undefined, () => "a world has one transport");
    this.#transport = make({
      engine: this.engine,
      deliver: (parcel) => this.#deliver(parcel),
      lose: (parcel) => this.#lose(parcel),
    });
  }

  /** A message from outside, past the network; its sender is its receiver. */
  inject(to: ActorId, message: M, at: SimTime = this.engine.now): void {
    this.engine.scheduleAt(at, this.#wake, this.#parcels.add(to, to, message));
  }

  /** Tells `listener` of every fact from now on. Observation changes nothing. */
  observeFacts(listener: (fact: Fact) => void): void {
    this.#listeners.push(listener);
  }

  /** Runs all events up to and including `time`; the first are the actors' starts. */
  runUntil(time: SimTime): void {
    this.engine.runUntil(time);
  }

  /** All that changes, at this moment between two events. */
  snapshot(): EngineSnapshot {
    return this.engine.snapshot();
  }

  /** Takes the world back to a snapshot of it or of its forks; with a salt, with fresh luck from there. */
  restore(snapshot: EngineSnapshot, salt?: string): void {
    this.engine.restore(snapshot, salt);
  }

  /**
   * A second world that continues bit-identically or, given a salt, with fresh luck. Observers stay
   * with the first.
   */
  fork(salt?: string): World<M> {
    const { seed, build } = this.#options;
    const fork = new World<M>({ seed, build });
    fork.restore(this.snapshot(), salt);
    return fork;
  }

  #contextOf(self: ActorId, name: string): Context<M> {
    const engine = this.engine;
    const streams = new Map<string, RandomStream>();
    return {
      self,
      get now() {
        return engine.now;
      },
      send: (to, message, bytes) => this.#send(self, to, message, bytes),
      wake: (delay, message) => this.#setWake(self, delay, message),
      cancel: (timer) => this.#cancel(timer),
      random: (decision) => {
        let stream = streams.get(decision);
        if (stream === undefined) {
          stream = engine.streams.stream(`${name}/${decision}`);
          streams.set(decision, stream);
        }
        return stream;
      },
      record: (fact, details) => this.#record(self, fact, details),
    };
  }

  #send(from: ActorId, to: ActorId, message: M, bytes: number): void {
    invariant(to >= 0 && to < this.#actors.length, () => `no actor ${to} to send to`);
    const parcel = this.#parcels.add(from, to, message);
    this.#transport!.carry(parcel, from, to, bytes, message.answer === true);
  }

  #setWake(self: ActorId, delay: Duration, message: M): TimerId {
    return this.engine.setTimer(delay, this.#wake, this.#parcels.add(self, self, message));
  }

  #cancel(timer: TimerId): boolean {
    const parcel = this.engine.timerArgument(timer);
    if (parcel === undefined) return false;
    this.#parcels.take(parcel);
    return this.engine.cancelTimer(timer);
  }

  #deliver(parcel: ParcelId): void {
    const from = this.#parcels.fromOf(parcel);
    const to = this.#parcels.toOf(parcel);
    this.#actors[to]!.receive(this.#take(parcel), from, this.#contexts[to]!);
  }

  #lose(parcel: ParcelId): void {
    const from = this.#parcels.fromOf(parcel);
    const to = this.#parcels.toOf(parcel);
    const message = this.#take(parcel);
    const [told, peer] = message.answer === true ? [to, from] : [from, to];
    this.#actors[told]!.lost?.(message, peer, this.#contexts[told]!);
  }

  #take(parcel: ParcelId): M {
    const message = this.#parcels.take(parcel);
    invariant(message !== undefined, () => `parcel ${parcel} was delivered or lost twice`);
    return message;
  }

  #record(actor: ActorId, fact: string, details: FactDetails): void {
    const time = this.engine.now;
    const digest = this.#factDigest;
    digest.number(time);
    digest.number(actor);
    digest.string(fact);
    for (const key in details) {
      const value = details[key]!;
      digest.string(key);
      if (typeof value === "number") digest.number(value);
      else digest.string(value);
    }
    for (const listener of this.#listeners) listener({ time, actor, fact, details });
  }

  #snapshotState(): WorldState<M> {
    return {
      states: cloneState(this.#actors.map((actor) => actor.state)),
      parcels: this.#parcels.clone(),
      factDigest: this.#factDigest.clone(),
    };
  }

  #restoreState(snapshot: WorldState<M>): void {
    // In one go: what two states share, the copies share.
    const states = cloneState(snapshot.states);
    this.#actors.forEach((actor, index) => {
      actor.state = states[index];
    });
    this.#parcels = snapshot.parcels.clone();
    this.#factDigest.copyFrom(snapshot.factDigest);
  }
}
