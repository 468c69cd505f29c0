import { describe, expect, it } from "vitest";
import type { Actor, ActorId, Context, Fact, Message } from "./actor.ts";
import { milliseconds } from "./sim-time.ts";
import type { TransportPort } from "./transport.ts";
import { World } from "./world.ts";

type Note = Message & { readonly text: string };

const note = (text: string): Note => ({ kind: "note", text });
const answer = (text: string): Note => ({ kind: "note", text, answer: true });

/** Writes down all it meets, and does what `act` says. */
class Scribe implements Actor<Note, string[]> {
  readonly name: string;
  state: string[] = [];
  readonly #act: (message: Note, from: ActorId, context: Context<Note>) => void;

  constructor(name: string, act: Scribe["receive"] = () => {}) {
    this.name = name;
    this.#act = act;
  }

  start(context: Context<Note>): void {
    this.state.push(`${context.now}: started`);
  }

  receive(message: Note, from: ActorId, context: Context<Note>): void {
    this.state.push(`${context.now}: ${message.text} from ${from}`);
    this.#act(message, from, context);
  }

  lost(message: Note, peer: ActorId, context: Context<Note>): void {
    this.state.push(`${context.now}: ${message.text} lost, of ${peer}`);
  }
}

/** A transport that takes one millisecond, and then delivers or loses. */
const slow = (loses: (answer: boolean) => boolean) => (port: TransportPort) => {
  const deliver = port.engine.handler("deliver", (parcel) => port.deliver(parcel));
  const lose = port.engine.handler("lose", (parcel) => port.lose(parcel));
  return {
    carry: (parcel: number, _from: ActorId, _to: ActorId, _bytes: number, answer: boolean) =>
      port.engine.schedule(milliseconds(1), loses(answer) ? lose : deliver, parcel),
  };
};

function worldOf(scribes: Scribe[], transport?: ReturnType<typeof slow>): World<Note> {
  return new World<Note>({
    seed: "scribes",
    build: (world) => {
      for (const scribe of scribes) world.add(scribe);
      if (transport !== undefined) world.useTransport(transport);
    },
  });
}

describe("a world", () => {
  it("starts its actors at time 0 in order of adding, before what is injected then", () => {
    const order: string[] = [];
    class Early extends Scribe {
      override start(): void {
        order.push(`${this.name} started`);
      }
      override receive(): void {
        order.push(`${this.name} received`);
      }
    }
    const world = worldOf([new Early("first"), new Early("second")]);
    world.inject(0, note("hello"));
    world.runUntil(0);
    expect(order).toEqual(["first started", "second started", "first received"]);
  });

  it("delivers after 0 µs without a transport, still in an event of its own", () => {
    const sender = new Scribe("sender", (message, _from, context) => {
      if (message.text !== "go") return;
      context.send(1, note("one"), 10);
      sender.state.push("sent");
    });
    const receiver = new Scribe("receiver");
    const world = worldOf([sender, receiver]);
    world.inject(0, note("go"), milliseconds(5));
    world.runUntil(milliseconds(5));

    expect(sender.state).toEqual(["0: started", "5000: go from 0", "sent"]);
    expect(receiver.state).toEqual(["0: started", "5000: one from 0"]);
  });

  it("tells the sender of a lost request", () => {
    const sender = new Scribe("sender", (_message, _from, context) =>
      context.send(1, note("request"), 10),
    );
    const world = worldOf(
      [sender, new Scribe("receiver")],
      slow(() => true),
    );
    world.inject(0, note("go"));
    world.runUntil(milliseconds(1));

    expect(sender.state.at(-1)).toBe("1000: request lost, of 1");
  });

  it("tells the receiver of a lost answer, who waits for it", () => {
    const asker = new Scribe("asker");
    const answerer = new Scribe("answerer", (_message, _from, context) =>
      context.send(0, answer("reply"), 10),
    );
    const world = worldOf(
      [asker, answerer],
      slow((isAnswer) => isAnswer),
    );
    world.inject(1, note("go"));
    world.runUntil(milliseconds(1));

    expect(asker.state.at(-1)).toBe("1000: reply lost, of 1");
    expect(answerer.state.at(-1)).toBe("0: go from 1");
  });

  it("wakes an actor past the transport, unless it cancels in time", () => {
    const sleeper = new Scribe("sleeper", (message, _from, context) => {
      if (message.text !== "go") return;
      const first = context.wake(milliseconds(1), note("first"));
      context.wake(milliseconds(2), note("second"));
      sleeper.state.push(`cancelled: ${context.cancel(first)}, again: ${context.cancel(first)}`);
    });
    const world = worldOf(
      [sleeper],
      slow(() => true),
    );
    world.inject(0, note("go"));
    world.runUntil(milliseconds(10));

    expect(sleeper.state.slice(2)).toEqual([
      "cancelled: true, again: false",
      "2000: second from 0",
    ]);
  });

  it("gives facts to observers and to the digest of facts", () => {
    const recorder = new Scribe("recorder", (message, _from, context) =>
      context.record("noted", { text: message.text, length: message.text.length }),
    );
    const world = worldOf([recorder]);
    const facts: Fact[] = [];
    world.observeFacts((fact) => facts.push(fact));
    const before = world.factDigest;
    world.inject(0, note("hello"), milliseconds(3));
    world.runUntil(milliseconds(3));

    expect(facts).toEqual([
      { time: milliseconds(3), actor: 0, fact: "noted", details: { text: "hello", length: 5 } },
    ]);
    expect(world.factDigest).not.toBe(before);
  });

  it.each<[string, (world: World<Note>) => unknown]>([
    ["two actors of one name", (world) => [1, 2].map(() => world.add(new Scribe("twin")))],
    ["two transports", (world) => [1, 2].map(() => world.useTransport(slow(() => false)))],
  ])("refuses %s", (_what, build) => {
    expect(() => new World<Note>({ seed: "", build })).toThrow(/two actors|one transport/);
  });

  it("refuses an actor after it has been built", () => {
    expect(() => worldOf([]).add(new Scribe("late"))).toThrow("after the world had been built");
  });

  it("refuses a message to nobody", () => {
    const confused = new Scribe("confused", (_message, _from, context) =>
      context.send(7, note("anybody?"), 10),
    );
    const world = worldOf([confused]);
    world.inject(0, note("go"));
    expect(() => world.runUntil(0)).toThrow("no actor 7");
  });

  it("refuses a transport that delivers a parcel twice", () => {
    const twice = (port: TransportPort) => {
      const deliver = port.engine.handler("deliver", (parcel) => {
        port.deliver(parcel);
        port.deliver(parcel);
      });
      return { carry: (parcel: number) => port.engine.schedule(1, deliver, parcel) };
    };
    const sender = new Scribe("sender", (message, _from, context) => {
      if (message.text === "go") context.send(0, note("once"), 10);
    });
    const world = worldOf([sender], twice);
    world.inject(0, note("go"));
    expect(() => world.runUntil(1)).toThrow("delivered or lost twice");
  });
});
