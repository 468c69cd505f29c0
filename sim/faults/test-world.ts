import type { Actor, ActorId, Context, Fact } from "../engine/actor.ts";
import { milliseconds, type SimTime, seconds } from "../engine/sim-time.ts";
import { World } from "../engine/world.ts";
import { fixedLatency } from "../network/latency-table.ts";
import { Network } from "../network/network.ts";
import type { Mishap } from "../protocol/messages.ts";
import { addFaults } from "./add-faults.ts";
import type { Fault, FaultNode } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";

/** A client asks a node for something small; the node answers. */
type Ping =
  | { readonly kind: "ask"; readonly of: ActorId; readonly every: number; readonly until: SimTime }
  | { readonly kind: "ping" }
  | { readonly kind: "pong"; readonly answer: true };

type TestMessage = FaultMessage | Ping;

type PlainMishap = Exclude<Mishap, { kind: "behave" }>;

const mishaps: readonly string[] = ["crash", "restart", "lose-disk", "slow-service"];
const isMishap = (message: TestMessage): message is PlainMishap => mishaps.includes(message.kind);

/** Records what befalls it, and answers. */
class TestNode implements Actor<TestMessage, null> {
  readonly name: string;
  state = null;

  constructor(name: string) {
    this.name = name;
  }

  receive(message: TestMessage, from: ActorId, context: Context<TestMessage>): void {
    if (message.kind === "ping") context.send(from, { kind: "pong", answer: true }, 100);
    else if (message.kind === "behave") {
      const lies = message.lies.map(({ kind }) => kind).join(" ");
      context.record("told", { ...message, lies, actor: context.self });
    } else if (isMishap(message)) {
      context.record("told", { ...message, actor: context.self });
    }
  }
}

/** Asks nodes on and on, and records each answer and each loss. */
class TestClient implements Actor<TestMessage, null> {
  readonly name = "client";
  state = null;

  receive(message: TestMessage, from: ActorId, context: Context<TestMessage>): void {
    if (message.kind === "ask") {
      context.send(message.of, { kind: "ping" }, 100);
      if (context.now + message.every < message.until) context.wake(message.every, message);
    } else if (message.kind === "pong") {
      context.record("pong", { from });
    }
  }

  lost(message: TestMessage, peer: ActorId, context: Context<TestMessage>): void {
    context.record("lost", { kind: message.kind, peer });
  }
}

/** Nodes 0, 1 ... with so many shards each, at places, regions and providers in turn. */
export function testNodes(shards: readonly number[]): FaultNode[] {
  return shards.map((count, node) => ({
    actor: node,
    name: `node-${node}`,
    shards: count,
    place: `place-${node % 4}`,
    region: node % 2 === 0 ? "europe" : "asia",
    provider: node % 3 === 0 ? "hetzner" : "ovh",
  }));
}

/** Nodes, a client, the network between them, and faults. */
export class TestWorld {
  readonly world: World<TestMessage>;
  readonly facts: Fact[] = [];
  readonly nodes: readonly FaultNode[];
  readonly held: readonly number[];
  readonly client: ActorId;
  readonly oneWay = milliseconds(20);

  constructor(options: {
    readonly faults: readonly Fault[];
    readonly shards?: readonly number[];
    /** The same when faults strike, if shards have moved by then. */
    readonly held?: readonly number[];
    readonly horizon?: SimTime;
    readonly seed?: string;
  }) {
    const { faults, shards = [4, 3, 2, 1], horizon = Number.MAX_SAFE_INTEGER } = options;
    this.nodes = testNodes(shards);
    this.held = options.held ?? shards;
    this.client = shards.length;
    this.world = new World<TestMessage>({
      seed: options.seed ?? "faults",
      build: (world) => this.#build(world, faults, horizon),
    });
    this.world.observeFacts((fact) => this.facts.push(fact));
  }

  /** From now on the client asks a node at every so many µs. */
  ask(node: number, every: number, until: SimTime): this {
    this.world.inject(this.client, { kind: "ask", of: node, every, until });
    return this;
  }

  run(until: SimTime): this {
    this.world.runUntil(until);
    return this;
  }

  /** Facts of these names, as [time, name, details]. */
  told(...names: readonly string[]): [SimTime, string, Fact["details"]][] {
    return this.facts
      .filter(({ fact }) => names.includes(fact))
      .map(({ time, fact, details }) => [time, fact, details]);
  }

  /** When which node went down, came up or was lost. */
  history(): string[] {
    return this.told("node-down", "node-up", "node-lost").map(
      ([time, fact, { node }]) => `${time} ${fact} ${node}`,
    );
  }

  /** How much a fault has bitten. */
  bites(fault: number): number {
    const bitten = this.told("fault-bit").filter(([, , details]) => details.fault === fault);
    return bitten.reduce((sum, [, , { count }]) => sum + (count as number), 0);
  }

  #build(world: World<TestMessage>, faults: readonly Fault[], horizon: SimTime): void {
    for (const { name } of this.nodes) world.add(new TestNode(name));
    world.add(new TestClient());
    let network: Network | undefined;
    world.useTransport((port) => {
      network = new Network(port, { latency: fixedLatency(this.oneWay) });
      return network;
    });
    const place = fixedLatency(this.oneWay).places[0]!.name;
    const joined = network as unknown as Network;
    for (const { actor } of this.nodes) joined.attach(actor, { place, up: 100, down: 100 });
    joined.attach(this.client, { place, up: 100, down: 100 });
    const clients = [{ actor: this.client, place: "place-0", region: "america", share: 1 }];
    addFaults(world, faults, {
      nodes: this.nodes,
      clients,
      network: joined,
      latency: fixedLatency(this.oneWay),
      horizon,
      needed: { reads: 4, recovery: 7, metadata: 3 },
      patience: { clients: seconds(300), metadata: seconds(5), symbols: seconds(45) },
      ledger: this.client,
      attackers: new Map([["place-0", this.client]]),
      newBlob: () => 0,
      view: { shards: () => this.held, backlog: () => 0, weakestBlob: () => [] },
    });
  }
}
