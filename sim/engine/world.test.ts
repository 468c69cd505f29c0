import { expect, it } from "vitest";
import type { Actor, ActorId, Context } from "./actor.ts";
import { milliseconds } from "./sim-time.ts";
import { World } from "./world.ts";

interface Gossip {
  readonly kind: "gossip";
  readonly hops: number;
}

class Gossiper implements Actor<Gossip, { heard: number }> {
  readonly name: string;
  state = { heard: 0 };
  readonly #peers: number;

  constructor(index: number, peers: number) {
    this.name = `gossiper-${index}`;
    this.#peers = peers;
  }

  start(context: Context<Gossip>): void {
    context.wake(milliseconds(context.random("delay")() * 10), { kind: "gossip", hops: 0 });
  }

  receive(message: Gossip, from: ActorId, context: Context<Gossip>): void {
    this.state.heard++;
    const peer = Math.floor(context.random("peer")() * this.#peers);
    context.record("heard", { from, hops: message.hops, total: this.state.heard });
    context.send(peer, { kind: "gossip", hops: message.hops + 1 }, 100);
    context.wake(milliseconds(context.random("delay")() * 10), { kind: "gossip", hops: 0 });
    if (message.hops > 0) return;
  }
}

it("forks bit-identically", () => {
  const build = (w: World<Gossip>) => {
    for (let i = 0; i < 5; i++) w.add(new Gossiper(i, 5));
    w.useTransport((port) => {
      const random = port.engine.streams.stream("net");
      const lose = port.engine.handler("lose", (parcel) => port.lose(parcel));
      return {
        carry: (parcel) => port.engine.schedule(1 + Math.floor(random() * 1000), lose, parcel),
      };
    });
  };
  const world = new World<Gossip>({ seed: "a", build });
  world.runUntil(milliseconds(50));
  const fork = world.fork();
  const salted = world.fork("x");
  for (const w of [world, fork, salted]) w.runUntil(milliseconds(100));
  expect(fork.eventDigest).toBe(world.eventDigest);
  expect(fork.factDigest).toBe(world.factDigest);
  expect(salted.factDigest).not.toBe(world.factDigest);
});
