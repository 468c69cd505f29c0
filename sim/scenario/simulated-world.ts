import type { ActorId, Message } from "../engine/actor.ts";
import type { World } from "../engine/world.ts";

/** A storage node as reports name it. */
export interface NodeIdentity {
  readonly actor: ActorId;
  readonly name: string;
  /** How many it holds. */
  readonly shards: number;
  readonly place: string;
  readonly region: string;
  readonly provider: string;
}

export interface NodeTraffic {
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly lostMessages: number;
}

/** What can be done with a world from outside, whatever it is made of. */
type OpenWorld = Pick<
  World<Message>,
  | "engine"
  | "eventDigest"
  | "factDigest"
  | "nameOf"
  | "observeFacts"
  | "runUntil"
  | "snapshot"
  | "restore"
>;

/** One replication of a scenario, ready to run. */
export interface SimulatedWorld {
  readonly world: OpenWorld;
  readonly nodes: readonly NodeIdentity[];
  /** Runs to the horizon, and on until every operation has ended. */
  run(): void;
  /** What each node has sent and received, by node. */
  traffic(): readonly NodeTraffic[];
  /** Messages that have crossed the network, or been lost on it, so far. */
  messageCount(): number;
  /** A second world that goes on alike or, given a salt, with fresh luck from here. */
  fork(salt?: string): SimulatedWorld;
}
