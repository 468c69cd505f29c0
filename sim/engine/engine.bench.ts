import {
  type Bench,
  bytesHeld,
  cpuSeconds,
  print,
  printTable,
  takeTurns,
} from "../testing/measure.ts";
import { Engine } from "./engine.ts";
import { HeapEngine } from "./object-heap.bench.ts";
import { Xoshiro } from "./xoshiro.bench.ts";

const HANDLERS = 8;
const ROUNDS = 5;
/** Pending events, and how many events a round executes on each side. */
const SIZES = [
  { pending: 1e3, events: 1e6, heapEvents: 1e6 },
  { pending: 1e5, events: 2e6, heapEvents: 5e5 },
  { pending: 1e6, events: 3e6, heapEvents: 3e5 },
];
/** Speed over the heap of event objects that design.md asks for. */
const TARGETS = [1.9, 8, 13];

const DELAYS = 4096;
/** 0.1 s + Exp(0.9 s): as quantiles in a table, for a logarithm would cost as much as the queue. */
const delays = Int32Array.from({ length: DELAYS }, (_, index) =>
  Math.round(100_000 - 900_000 * Math.log1p(-(index + 0.5) / DELAYS)),
);

/** What PHOLD needs of an engine. */
interface Scheduler {
  handler(name: string, run: (argument: number) => void): number;
  schedule(delay: number, handler: number, argument: number): void;
}

/**
 * PHOLD: each event visits a process and sends the next one to a process chosen uniformly, after
 * 0.1 s + Exp(0.9 s). Eight handlers, so that the dispatch is not a constant.
 */
function startPhold(engine: Scheduler, processes: number): void {
  const random = new Xoshiro();
  const visits = new Int32Array(processes);
  const delay = () => delays[random.next() & (DELAYS - 1)]!;
  const handlers: number[] = [];
  for (let index = 0; index < HANDLERS; index++) {
    // A function of its own for each, as different handlers have in a model.
    const visit = new Function(
      ...["visits", "random", "delay", "engine", "handlers", "processes"],
      `return function visit${index}(process) {
        visits[process]++;
        const next = random.below(processes);
        engine.schedule(delay(), handlers[next % ${HANDLERS}], next);
      }`,
    );
    const run = visit(visits, random, delay, engine, handlers, processes) as (to: number) => void;
    handlers.push(engine.handler(`visit-${index}`, run));
  }
  for (let process = 0; process < processes; process++) {
    engine.schedule(delay(), handlers[process % HANDLERS]!, process);
  }
}

function phold(pending: number, events: number, heapEvents: number) {
  const engine = new Engine();
  startPhold(engine, pending);
  const heap = new HeapEngine();
  startPhold(heap, pending);
  // Past the start, where objects still lie in memory as they were made.
  heap.run(pending);
  // A mean delay of one second: `pending` events are executed in each.
  const span = Math.round((events / pending) * 1e6);
  const run = (): number => {
    const before = engine.eventCount;
    const seconds = cpuSeconds(() => engine.runUntil(engine.now + span));
    return seconds / (engine.eventCount - before);
  };
  const runHeap = () => cpuSeconds(() => heap.run(heapEvents)) / heapEvents;
  return takeTurns(ROUNDS, { engine: run, heap: runHeap });
}

/** Bytes a pending event takes, all in, at the largest size. */
function bytesPerPending(make: () => Scheduler): number {
  const { pending } = SIZES.at(-1)!;
  return (
    bytesHeld(() => {
      const engine = make();
      const handler = engine.handler("any", () => {});
      const random = new Xoshiro();
      for (let index = 0; index < pending; index++) engine.schedule(random.next(), handler, index);
      return engine;
    }) / pending
  );
}

const bench: Bench = {
  run() {
    // First, while there is nothing else to collect.
    const bytes = [bytesPerPending(() => new Engine()), bytesPerPending(() => new HeapEngine())];
    const costs = SIZES.map((size) => phold(size.pending, size.events, size.heapEvents));
    printTable(
      "PHOLD through the public API, beside a binary heap of event objects",
      ["pending", "events/s", "heap, events/s", "ratio", "target", "cost of 1000"],
      SIZES.map(({ pending }, index) => {
        const cost = costs[index]!;
        return [
          String(pending),
          `${(1e-6 / cost.engine).toFixed(2)} M`,
          `${(1e-6 / cost.heap).toFixed(2)} M`,
          `${(cost.heap / cost.engine).toFixed(2)}x`,
          `${TARGETS[index]}x`,
          `${(cost.engine / costs[0]!.engine).toFixed(2)}x`,
        ];
      }),
    );
    print(
      `bytes a pending event: ${bytes[0]!.toFixed(0)}, in the heap of objects ${bytes[1]!.toFixed(0)}`,
    );
  },
};

export default bench;
