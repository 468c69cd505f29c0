import type { Actor, ActorId, Context, Message } from "../engine/actor.ts";
import { HeapEngine } from "../engine/object-heap.bench.ts";
import { seconds } from "../engine/sim-time.ts";
import { World } from "../engine/world.ts";
import { type Bench, cpuSeconds, print, printTable, takeTurns } from "../testing/measure.ts";
import { LatencyTable } from "./latency-table.ts";
import { Network } from "./network.ts";

const NODES = 105;
const CLIENTS = 16;
const ROUNDS = 5;
const MESSAGES = 1_000_000;
/** What one node holds of a blob of some megabytes. */
const BATCH_BYTES = 60_000;
const CONTROL_BYTES = 100;
/** Messages per second of the whole model that design.md asks for, with actors that do real work. */
const TARGET = 1e6;

interface Hop extends Message {
  readonly kind: "request" | "answer";
  readonly answerBytes: number;
}

// One operation after the other: ask all nodes, store at all nodes, read from all nodes.
const requests = [
  { bytes: CONTROL_BYTES, hop: request(CONTROL_BYTES) },
  { bytes: BATCH_BYTES, hop: request(4 * CONTROL_BYTES) },
  { bytes: CONTROL_BYTES, hop: request(BATCH_BYTES) },
];
const answer: Hop = { kind: "answer", answer: true, answerBytes: 0 };

function request(answerBytes: number): Hop {
  return { kind: "request", answerBytes };
}

class Node implements Actor<Hop, { served: number }> {
  readonly name: string;
  state = { served: 0 };

  constructor(index: number) {
    this.name = `node-${index}`;
  }

  receive(hop: Hop, from: ActorId, context: Context<Hop>): void {
    this.state.served++;
    context.send(from, answer, hop.answerBytes);
  }
}

class Client implements Actor<Hop, { operations: number; waiting: number }> {
  readonly name: string;
  state = { operations: 0, waiting: 0 };

  constructor(index: number) {
    this.name = `client-${index}`;
  }

  start(context: Context<Hop>): void {
    this.#begin(context);
  }

  receive(_hop: Hop, _from: ActorId, context: Context<Hop>): void {
    if (--this.state.waiting === 0) this.#begin(context);
  }

  #begin(context: Context<Hop>): void {
    const { bytes, hop } = requests[this.state.operations++ % requests.length]!;
    this.state.waiting = NODES;
    for (let node = 0; node < NODES; node++) context.send(node, hop, bytes);
  }
}

/** Places up to 150 ms apart, with jitter of a millisecond: the shape of WonderNetwork's cities. */
function distances(): LatencyTable {
  const count = NODES + CLIENTS;
  const mean = Float64Array.from(
    { length: count * count },
    (_, pair) => 5_000 + ((pair * 7_919) % 145_000),
  );
  return new LatencyTable(
    Array.from({ length: count }, (_, index) => ({ name: `${index}`, region: "anywhere" })),
    { mean, deviation: mean.map(() => 1_000) },
  );
}

function networkWorld(latency: LatencyTable): {
  readonly messages: () => number;
  readonly world: World<Hop>;
} {
  let network: Network | undefined;
  const world = new World<Hop>({
    seed: "bench",
    build: (built) => {
      for (let index = 0; index < NODES; index++) built.add(new Node(index));
      for (let index = 0; index < CLIENTS; index++) built.add(new Client(index));
      built.useTransport((port) => {
        network = new Network(port, { latency });
        return network;
      });
      for (let actor = 0; actor < NODES + CLIENTS; actor++) {
        const rate = actor < NODES ? 125 : 1_250;
        network!.attach(actor, { place: `${actor}`, up: rate, down: rate });
      }
    },
  });
  const actors = Array.from({ length: NODES + CLIENTS }, (_, actor) => actor);
  const messages = () =>
    actors.reduce((sum, actor) => sum + network!.counters(actor).messagesDelivered, 0);
  return { messages, world };
}

/** The same requests and answers as events of a heap of objects: no links, no jitter, no digest. */
function heapOfHops(latency: LatencyTable): HeapEngine {
  const engine = new HeapEngine();
  const waiting = new Int32Array(CLIENTS);
  const delay = (from: number, to: number) => latency.meanMicroseconds(from, to);
  const begin = (client: number) => {
    waiting[client] = NODES;
    for (let node = 0; node < NODES; node++) {
      engine.schedule(delay(NODES + client, node), requested, client * NODES + node);
    }
  };
  const requested = engine.handler("requested", (pair) => {
    const client = Math.floor(pair / NODES);
    engine.schedule(delay(pair % NODES, NODES + client), answered, pair);
  });
  const answered = engine.handler("answered", (pair) => {
    const client = Math.floor(pair / NODES);
    if (--waiting[client]! === 0) begin(client);
  });
  for (let client = 0; client < CLIENTS; client++) begin(client);
  return engine;
}

const bench: Bench = {
  run() {
    const latency = distances();
    const { messages, world } = networkWorld(latency);
    const heap = heapOfHops(latency);
    const costs = takeTurns(ROUNDS, {
      network: () => {
        const before = messages();
        const used = cpuSeconds(() => {
          while (messages() - before < MESSAGES) world.runUntil(world.engine.now + seconds(5));
        });
        return used / (messages() - before);
      },
      heap: () => cpuSeconds(() => heap.run(MESSAGES)) / MESSAGES,
    });
    printTable(
      `Messages through world and network, ${NODES} nodes, ${CLIENTS} clients, one in three of ${BATCH_BYTES} bytes`,
      ["", "messages/s", "target"],
      [
        ["world and network", `${(1e-6 / costs.network).toFixed(2)} M`, `${TARGET / 1e6} M`],
        ["binary heap of event objects, no network", `${(1e-6 / costs.heap).toFixed(2)} M`, ""],
        ["ratio", `${(costs.heap / costs.network).toFixed(2)}x`, ""],
      ],
    );
    const perMessage = world.engine.eventCount / messages();
    print(`events a message: ${perMessage.toFixed(2)}`);
  },
};

export default bench;
