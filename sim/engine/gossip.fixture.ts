import type { Actor, ActorId, Context, Message } from "./actor.ts";
import { sample } from "./distribution.ts";
import type { Part } from "./engine.ts";
import { milliseconds, seconds } from "./sim-time.ts";
import type { ParcelId, Transport, TransportPort } from "./transport.ts";
import type { WorldOptions } from "./world.ts";

interface Gossip extends Message {
  readonly kind: "rumour" | "echo" | "impatience" | "idea";
  readonly number: number;
}

interface GossipState {
  heard: Map<number, number>;
  /** Timers of rumours that have not been echoed. */
  waiting: Map<number, number>;
  told: number;
}

/**
 * A small model that uses all the engine has: it tells rumours at random, waits for echoes with
 * timers it cancels, hears of losses, and records facts.
 */
class Gossiper implements Actor<Gossip, GossipState> {
  readonly name: string;
  state: GossipState = { heard: new Map(), waiting: new Map(), told: 0 };
  readonly #peers: number;

  constructor(name: string, peers: number) {
    this.name = name;
    this.#peers = peers;
  }

  start(context: Context<Gossip>): void {
    this.#ponder(context);
  }

  receive(message: Gossip, from: ActorId, context: Context<Gossip>): void {
    const { heard, waiting } = this.state;
    const { number } = message;
    switch (message.kind) {
      case "idea": {
        const rumour = context.self * 1e6 + this.state.told++;
        const peer = Math.floor(context.random("peer")() * this.#peers);
        context.send(peer, { kind: "rumour", number: rumour }, 100);
        const timer = context.wake(milliseconds(8), { kind: "impatience", number: rumour });
        waiting.set(rumour, timer);
        this.#ponder(context);
        break;
      }
      case "rumour":
        heard.set(number, (heard.get(number) ?? 0) + 1);
        context.record("heard", { number, from });
        context.send(from, { kind: "echo", number, answer: true }, 10);
        break;
      case "echo":
        context.record("echoed", { number, inTime: String(context.cancel(waiting.get(number)!)) });
        waiting.delete(number);
        break;
      case "impatience":
        context.record("not-echoed", { number });
        break;
    }
  }

  lost(message: Gossip, peer: ActorId, context: Context<Gossip>): void {
    context.record("lost", { kind: message.kind, number: message.number, peer });
  }

  #ponder(context: Context<Gossip>): void {
    const delay = sample({ kind: "exponential", mean: milliseconds(2) }, context.random("idea"));
    context.wake(Math.round(delay), { kind: "idea", number: 0 });
  }
}

/** Delays are log-normal, every tenth message is lost; it counts what it carries. */
class LossyTransport implements Transport, Part {
  #carried = 0;
  readonly #port: TransportPort;
  readonly #deliver: number;
  readonly #lose: number;

  constructor(port: TransportPort) {
    this.#port = port;
    this.#deliver = port.engine.handler("deliver", (parcel) => port.deliver(parcel));
    this.#lose = port.engine.handler("lose", (parcel) => port.lose(parcel));
    port.engine.addPart("transport", this);
  }

  carry(parcel: ParcelId): void {
    this.#carried++;
    const { engine } = this.#port;
    const delay = sample(
      { kind: "log-normal", median: milliseconds(3), sigma: 0.5 },
      engine.streams.stream("transport/delay"),
    );
    const handler = this.#carried % 10 === 0 ? this.#lose : this.#deliver;
    engine.schedule(Math.round(delay), handler, parcel);
  }

  snapshot(): unknown {
    return this.#carried;
  }

  restore(snapshot: unknown): void {
    this.#carried = snapshot as number;
  }
}

/** A world of five gossips that talk for as long as it runs: about 5,000 events a second. */
export function gossipWorld(seed: string): WorldOptions<Gossip> {
  const names = ["ada", "bertrand", "carl", "doris", "edsger"];
  return {
    seed,
    build: (world) => {
      for (const name of names) world.add(new Gossiper(name, names.length));
      world.useTransport((port) => new LossyTransport(port));
    },
  };
}

/** Long enough for some thousands of events. */
export const AN_EVENING = seconds(0.4);
