import { describe, expect, it } from "vitest";
import type { Actor, ActorId } from "../engine/actor.ts";
import { milliseconds, seconds } from "../engine/sim-time.ts";
import { World } from "../engine/world.ts";
import { Ledger } from "./ledger.ts";
import type { WalrusMessage } from "./messages.ts";

/** Two listeners to a chain whose events take up to 400 ms to each, and who else calls it. */
function chain() {
  const heard: { readonly listener: ActorId; readonly message: WalrusMessage }[] = [];
  const listener = (name: string): Actor<WalrusMessage> => ({
    name,
    state: null,
    receive: (message, _from, context) => heard.push({ listener: context.self, message }),
  });
  const wait = (from: number, to: number) => ({ kind: "uniform", from, to }) as const;
  const world = new World<WalrusMessage>({
    seed: "chain",
    build: (built) => {
      built.add(listener("a"));
      built.add(listener("b"));
      const parameters = {
        register: wait(0, seconds(1)),
        certify: wait(0, seconds(1)),
        propagation: wait(0, milliseconds(400)),
      };
      built.add(new Ledger({ parameters, nodes: [0, 1], quorum: 7, validity: 4 }));
    },
  });
  const tell = (message: WalrusMessage, at: number) => world.inject(2, message, at);
  const eventsOf = (node: ActorId) =>
    heard.flatMap(({ listener: ear, message }) =>
      ear === node && "index" in message ? [message] : [],
    );
  return { world, tell, eventsOf };
}

describe("the chain", () => {
  it("tells every node all events in one order, though each takes a time of its own", () => {
    const { world, tell, eventsOf } = chain();
    for (let blob = 0; blob < 40; blob++) {
      tell({ kind: "register", call: blob, blob }, milliseconds(10 * blob));
      const weight = blob % 2 === 0 ? 7 : 6;
      tell({ kind: "certify", call: blob, blob, bytes: 1, weight, epoch: 1 }, seconds(3));
    }
    world.runUntil(seconds(10));
    const order = eventsOf(0).map(({ index }) => index);
    // Forty registrations, and certificates with enough weight alone.
    expect(order).toEqual(Array.from({ length: 60 }, (_, index) => index));
    expect(eventsOf(1)).toEqual(eventsOf(0));
    const certified = eventsOf(0).filter(({ kind }) => kind === "blob-certified");
    expect(certified.every((event) => "blob" in event && event.blob % 2 === 0)).toBe(true);
  });

  it("certifies nothing that was never registered", () => {
    const { world, tell, eventsOf } = chain();
    tell({ kind: "certify", call: 0, blob: 0, bytes: 1, weight: 10, epoch: 1 }, 0);
    world.runUntil(seconds(10));
    expect(eventsOf(0)).toEqual([]);
  });
});
