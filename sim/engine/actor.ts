import type { TimerId } from "./engine.ts";
import type { RandomStream } from "./random-streams.ts";
import type { Duration, SimTime } from "./sim-time.ts";

/** Index of an actor, in order of adding. */
export type ActorId = number;

/** What actors send one another: immutable plain data, for a snapshot shares it. */
export interface Message {
  readonly kind: string;
  /** An answer: if it is lost, its receiver (who waits) is told; otherwise its sender is. */
  readonly answer?: true;
  /** Number of a request among those of its asker; the answer to it repeats it. */
  readonly call?: number;
}

export type FactDetails = Readonly<Record<string, number | string>>;

/** One thing that happened in the model. Metrics are computed from facts, never by actors. */
export interface Fact {
  readonly time: SimTime;
  readonly actor: ActorId;
  readonly fact: string;
  readonly details: FactDetails;
}

/** A part of the model that acts on messages. */
export interface Actor<M extends Message, S = unknown> {
  readonly name: string;
  /** All that changes, as plain data: a fork copies it with `cloneState`. */
  state: S;
  /** Called once at time 0, in order of adding. */
  start?(context: Context<M>): void;
  receive(message: M, from: ActorId, context: Context<M>): void;
  /**
   * The transport gave up on a message this actor sent, or on an answer it waits for.
   * `peer` is the other end.
   */
  lost?(message: M, peer: ActorId, context: Context<M>): void;
}

/** All an actor can see of the world. What is not here, an actor cannot depend on. */
export interface Context<M extends Message> {
  readonly self: ActorId;
  readonly now: SimTime;
  /** Sends through the transport: it may arrive late, or never. */
  send(to: ActorId, message: M, bytes: number): void;
  /**
   * Waits no more for what comes of its request of this number to `peer`: what of it, or of the answer, is
   * not sent by the time that is known where it would be sent from, stays unsent.
   */
  abandon(peer: ActorId, call: number): void;
  /** Sends to oneself, past the network: it is received from `self`. */
  wake(delay: Duration, message: M): TimerId;
  /** True if the message of `wake` was still pending and now will not come. */
  cancel(timer: TimerId): boolean;
  /** The stream of luck kept for one decision of this actor, such as "crash". */
  random(decision: string): RandomStream;
  /** Adds a fact to the run's trace. */
  record(fact: string, details: FactDetails): void;
}
