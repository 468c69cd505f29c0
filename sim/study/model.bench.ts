import { HeapEngine } from "../engine/object-heap.bench.ts";
import { buildWorld } from "../scenario/build-world.ts";
import { type Bench, cpuSeconds, print, printTable, takeTurns } from "../testing/measure.ts";
import { loadScenario } from "./load-scenario.ts";

const ROUNDS = 5;
/** Operations and messages a second of real time: the target of messages is that of the design. */
const TARGET = 1e6;
const EVENTS = 1_000_000;

// Mainnet shape: 105 nodes, 1,000 shards, measured latency, counted payload; steady reads and writes.
const settings = [
  "replications=1",
  "horizon=1h",
  'workload={"clients":{"us-east":"60%","eu-west":"40%"},"preload":{"blobs":1000,"size":"1MiB"},"reads":{"rate":"20/s"},"writes":{"rate":"2/s","size":"1MiB"}}',
];

const bench: Bench = {
  async run() {
    const { scenario, tables } = await loadScenario("baseline", { set: settings });
    const simulated = buildWorld(scenario, 0, tables);
    let operations = 0;
    simulated.world.observeFacts(({ fact }) => {
      if (fact === "read-finished" || fact === "write-finished") operations++;
    });
    const heap = new HeapEngine();
    const hop = heap.handler("hop", (argument) =>
      heap.schedule(1000 + (argument % 997), hop, argument),
    );
    for (let argument = 0; argument < 1000; argument++) heap.schedule(argument, hop, argument);
    const started = { messages: simulated.messageCount(), events: 0, operations };
    let horizon = 0;
    const costs = takeTurns(ROUNDS, {
      model: () => {
        const before = simulated.messageCount();
        horizon += 20e6;
        const used = cpuSeconds(() => simulated.world.runUntil(horizon));
        return used / (simulated.messageCount() - before);
      },
      heap: () => cpuSeconds(() => heap.run(EVENTS)) / EVENTS,
    });
    const messages = simulated.messageCount() - started.messages;
    const { eventCount } = simulated.world.engine;
    const rate = 1 / costs.model;
    printTable(
      "The whole model: 105 nodes, 1,000 shards, counted payload, 10 reads to a write of 1 MiB",
      ["", "per CPU second", "target"],
      [
        ["protocol messages", `${(rate / 1e6).toFixed(2)} M`, `${TARGET / 1e6} M`],
        ["events", `${((rate * eventCount) / messages / 1e6).toFixed(2)} M`, ""],
        ["operations", `${((rate * operations) / messages).toFixed(0)}`, ""],
        ["binary heap of event objects, 1,000 pending", `${(1e-6 / costs.heap).toFixed(2)} M`, ""],
      ],
    );
    print(`messages an operation: ${(messages / operations).toFixed(0)}`);
  },
};

export default bench;
