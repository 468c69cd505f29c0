import type { ActorId, Context, FactDetails, Message } from "./actor.ts";
import type { Engine, TimerId } from "./engine.ts";
import type { FactLog } from "./fact-log.ts";
import type { Mail } from "./mail.ts";
import type { RandomStream } from "./random-streams.ts";
import type { Duration, SimTime } from "./sim-time.ts";

/** What all actors of a world share. */
export interface Services<M extends Message> {
  readonly engine: Engine;
  readonly mail: Mail<M>;
  readonly facts: FactLog;
}

/** A class, not an object with a getter: each of those would have a hidden class of its own. */
export class ActorContext<M extends Message> implements Context<M> {
  readonly self: ActorId;
  readonly #name: string;
  readonly #services: Services<M>;
  /** By decision, for a stream's full name costs a concatenation. */
  readonly #streams = new Map<string, RandomStream>();
  /** The one asked for last, which most actors ask for again. */
  #decision = "";
  #stream: RandomStream | undefined;

  constructor(self: ActorId, name: string, services: Services<M>) {
    this.self = self;
    this.#name = name;
    this.#services = services;
  }

  get now(): SimTime {
    return this.#services.engine.now;
  }

  send(to: ActorId, message: M, bytes: number): void {
    this.#services.mail.send(this.self, to, message, bytes);
  }

  abandon(peer: ActorId, call: number): void {
    this.#services.mail.abandon(this.self, peer, call);
  }

  wake(delay: Duration, message: M): TimerId {
    return this.#services.mail.wake(this.self, delay, message);
  }

  cancel(timer: TimerId): boolean {
    return this.#services.mail.cancelWake(timer);
  }

  random(decision: string): RandomStream {
    if (decision === this.#decision && this.#stream !== undefined) return this.#stream;
    let stream = this.#streams.get(decision);
    if (stream === undefined) {
      stream = this.#services.engine.streams.stream(`${this.#name}/${decision}`);
      this.#streams.set(decision, stream);
    }
    this.#decision = decision;
    this.#stream = stream;
    return stream;
  }

  record(fact: string, details: FactDetails): void {
    const { engine, facts } = this.#services;
    facts.add({ time: engine.now, actor: this.self, fact, details });
  }
}
