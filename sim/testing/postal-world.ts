import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { World } from "../engine/world.ts";
import { type Host, Network, type NetworkOptions } from "../network/network.ts";

interface Letter {
  readonly kind: "letter";
  readonly name: string;
  readonly answer?: true;
}

/** Tells an actor to send a letter. */
interface Order {
  readonly kind: "order";
  readonly letter: Letter;
  readonly to: ActorId;
  readonly bytes: number;
}

/** What became of a letter, as somebody was told it. */
export interface PostalEvent {
  readonly letter: string;
  readonly outcome: "delivered" | "lost";
  readonly at: SimTime;
  /** Who was told. */
  readonly told: ActorId;
}

/** Hosts on a network that send letters when told to, and keep a diary. */
export interface PostalWorld {
  readonly world: World<Order | Letter>;
  readonly network: Network;
  /** Lets an actor send a letter at a time, in µs. */
  send(at: SimTime, letter: string, from: ActorId, to: ActorId, bytes: number): void;
  /** The same for an answer: if it is lost, its receiver is told. */
  answer(at: SimTime, letter: string, from: ActorId, to: ActorId, bytes: number): void;
  /** In order of time. */
  diary(): readonly PostalEvent[];
  fork(salt?: string): PostalWorld;
}

/** An undefined host is an actor off the network. */
export function postalWorld(
  options: NetworkOptions,
  hosts: readonly (Host | undefined)[],
  seed = "post",
): PostalWorld {
  let built: Built | undefined;
  const build = (world: World<Order | Letter>) => {
    built = buildPost(world, options, hosts);
  };
  const wrap = (world: World<Order | Letter>): PostalWorld => {
    const { network, people } = built!;
    const order = (at: SimTime, letter: Letter, from: ActorId, to: ActorId, bytes: number) =>
      world.inject(from, { kind: "order", letter, to, bytes }, at);
    return {
      world,
      network,
      send: (at, name, from, to, bytes) => order(at, { kind: "letter", name }, from, to, bytes),
      answer: (at, name, from, to, bytes) =>
        order(at, { kind: "letter", name, answer: true }, from, to, bytes),
      diary: () => people.flatMap(({ state }) => state).sort((a, b) => a.at - b.at),
      fork: (salt) => wrap(world.fork(salt)),
    };
  };
  return wrap(new World<Order | Letter>({ seed, build }));
}

interface Built {
  readonly network: Network;
  readonly people: readonly Person[];
}

function buildPost(
  world: World<Order | Letter>,
  options: NetworkOptions,
  hosts: readonly (Host | undefined)[],
): Built {
  const people = hosts.map((_, index) => new Person(`person-${index}`));
  for (const person of people) world.add(person);
  let network: Network | undefined;
  world.useTransport((port) => {
    network = new Network(port, options);
    return network;
  });
  hosts.forEach((host, actor) => {
    if (host !== undefined) network!.attach(actor, host);
  });
  return { network: network!, people };
}

class Person implements Actor<Order | Letter, PostalEvent[]> {
  readonly name: string;
  state: PostalEvent[] = [];

  constructor(name: string) {
    this.name = name;
  }

  receive(message: Order | Letter, _from: ActorId, context: Context<Order | Letter>): void {
    if (message.kind === "order") context.send(message.to, message.letter, message.bytes);
    else this.#note(message, "delivered", context);
  }

  lost(message: Order | Letter, _peer: ActorId, context: Context<Order | Letter>): void {
    if (message.kind === "letter") this.#note(message, "lost", context);
  }

  #note({ name }: Letter, outcome: PostalEvent["outcome"], context: Context<Order | Letter>): void {
    this.state.push({ letter: name, outcome, at: context.now, told: context.self });
  }
}
