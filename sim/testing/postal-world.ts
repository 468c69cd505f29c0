import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { NO_CALL } from "../engine/transport.ts";
import { World } from "../engine/world.ts";
import { type Host, Network, type NetworkOptions } from "../network/network.ts";

interface Letter {
  readonly kind: "letter";
  readonly name: string;
  readonly answer?: true;
  readonly call?: number;
}

/** Tells an actor to send a letter. */
interface Order {
  readonly kind: "order";
  readonly letter: Letter;
  readonly to: ActorId;
  readonly bytes: number;
}

/** Tells an actor to wait no more for what comes of its letter of this number, or for the answer to it. */
interface Abandon {
  readonly kind: "abandon";
  readonly peer: ActorId;
  readonly call: number;
}

type Post = Order | Letter | Abandon;

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
  readonly world: World<Post>;
  readonly network: Network;
  /** Lets an actor send a letter at a time, in µs. */
  send(at: SimTime, letter: string, from: ActorId, to: ActorId, bytes: number, call?: number): void;
  /** The same for an answer: if it is lost, its receiver is told. */
  answer(
    at: SimTime,
    letter: string,
    from: ActorId,
    to: ActorId,
    bytes: number,
    call?: number,
  ): void;
  /** Lets `asker` wait no more for the letter or answer of this number, to or from `peer`. */
  abandon(at: SimTime, asker: ActorId, peer: ActorId, call: number): void;
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
  const build = (world: World<Post>) => {
    built = buildPost(world, options, hosts);
  };
  const wrap = (world: World<Post>): PostalWorld => {
    const { network, people } = built!;
    const order = (at: SimTime, letter: Letter, from: ActorId, to: ActorId, bytes: number) =>
      world.inject(from, { kind: "order", letter, to, bytes }, at);
    return {
      world,
      network,
      send: (at, name, from, to, bytes, call = NO_CALL) =>
        order(at, { kind: "letter", name, call }, from, to, bytes),
      answer: (at, name, from, to, bytes, call = NO_CALL) =>
        order(at, { kind: "letter", name, answer: true, call }, from, to, bytes),
      abandon: (at, asker, peer, call) => world.inject(asker, { kind: "abandon", peer, call }, at),
      diary: () => people.flatMap(({ state }) => state).sort((a, b) => a.at - b.at),
      fork: (salt) => wrap(world.fork(salt)),
    };
  };
  return wrap(new World<Post>({ seed, build }));
}

interface Built {
  readonly network: Network;
  readonly people: readonly Person[];
}

function buildPost(
  world: World<Post>,
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

class Person implements Actor<Post, PostalEvent[]> {
  readonly name: string;
  state: PostalEvent[] = [];

  constructor(name: string) {
    this.name = name;
  }

  receive(message: Post, _from: ActorId, context: Context<Post>): void {
    if (message.kind === "order") context.send(message.to, message.letter, message.bytes);
    else if (message.kind === "abandon") context.abandon(message.peer, message.call);
    else this.#note(message, "delivered", context);
  }

  lost(message: Post, _peer: ActorId, context: Context<Post>): void {
    if (message.kind === "letter") this.#note(message, "lost", context);
  }

  #note({ name }: Letter, outcome: PostalEvent["outcome"], context: Context<Post>): void {
    this.state.push({ letter: name, outcome, at: context.now, told: context.self });
  }
}
