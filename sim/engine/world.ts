import type { Actor, ActorId, Fact, Message } from "./actor.ts";
import { ActorContext } from "./actor-context.ts";
import { cloneState } from "./clone-state.ts";
import type { Digest } from "./digest.ts";
import { Engine, type EngineSnapshot, type HandlerId } from "./engine.ts";
import type { EventQueue } from "./event-queue.ts";
import { FactLog } from "./fact-log.ts";
import { invariant } from "./invariant.ts";
import { Mail, type Receiver } from "./mail.ts";
import type { ParcelSlab } from "./parcel-slab.ts";
import type { SimTime } from "./sim-time.ts";
import { InstantTransport, type Transport, type TransportPort } from "./transport.ts";

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
  readonly #receivers: Receiver<M>[] = [];
  /** Unique, for an actor's random streams are known by its name. */
  readonly #names = new Set<string>();
  readonly #facts = new FactLog();
  readonly #start: HandlerId;
  readonly #mail: Mail<M>;
  #built = false;
  #adopting = false;

  constructor(options: WorldOptions<M>) {
    this.#options = options;
    this.engine = new Engine(options);
    this.#start = this.engine.handler("start", (index) => {
      const { actor, context } = this.#receivers[index]!;
      actor.start?.(context);
    });
    this.#mail = new Mail(this.engine, this.#receivers);
    this.engine.addPart("world", {
      snapshot: () => this.#snapshotState(),
      restore: (snapshot) => this.#restoreState(snapshot as WorldState<M>),
    });
    options.build(this);
    if (!this.#mail.hasTransport) this.useTransport((port) => new InstantTransport(port));
    this.#built = true;
  }

  /** The hash of all events so far: 16 hexadecimal digits. */
  get eventDigest(): string {
    return this.engine.digest.text();
  }

  /** The hash of all facts so far: 16 hexadecimal digits. */
  get factDigest(): string {
    return this.#facts.digest.text();
  }

  /** Adds an actor; from `build` only. */
  add(actor: Actor<M>): ActorId {
    const { name } = actor;
    invariant(!this.#built, () => `actor ${name} was added after the world had been built`);
    invariant(!this.#names.has(name), () => `two actors named ${name}`);
    this.#names.add(name);
    const self = this.#receivers.length;
    const services = { engine: this.engine, mail: this.#mail, facts: this.#facts };
    this.#receivers.push({ actor, context: new ActorContext(self, name, services) });
    if (actor.start !== undefined) this.engine.scheduleAt(0, this.#start, self);
    return self;
  }

  /** What an actor is called, for people: facts know it by its number. */
  nameOf(actor: ActorId): string {
    return this.#receivers[actor]!.actor.name;
  }

  /** Sets how messages travel; from `build`, once. Without it they arrive after 0 µs. */
  useTransport(make: (port: TransportPort) => Transport): void {
    this.#mail.useTransport(make);
  }

  /** A message from outside, past the network; its sender is its receiver. */
  inject(to: ActorId, message: M, at: SimTime = this.engine.now): void {
    this.#mail.inject(to, message, at);
  }

  /** Tells `listener` of every fact from now on. Observation changes nothing. */
  observeFacts(listener: (fact: Fact) => void): void {
    this.#facts.observe(listener);
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
    fork.#adopting = true; // Nobody else has this snapshot: a second copy of the states is spared.
    fork.restore(this.snapshot(), salt);
    fork.#adopting = false;
    return fork;
  }

  #snapshotState(): WorldState<M> {
    return {
      // In one go: what two states share, the copies share.
      states: cloneState(this.#receivers.map(({ actor }) => actor.state)),
      parcels: this.#mail.snapshot(),
      factDigest: this.#facts.digest.clone(),
    };
  }

  #restoreState(snapshot: WorldState<M>): void {
    const states = this.#adopting ? snapshot.states : cloneState(snapshot.states);
    this.#receivers.forEach(({ actor }, index) => {
      actor.state = states[index];
    });
    this.#mail.restore(snapshot.parcels);
    this.#facts.digest.copyFrom(snapshot.factDigest);
  }
}
