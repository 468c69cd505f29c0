import { type Bench, cpuSeconds, printTable, takeTurns } from "../testing/measure.ts";
import type { Actor, ActorId, Context, Message } from "./actor.ts";
import { HeapEngine } from "./object-heap.bench.ts";
import { milliseconds, seconds } from "./sim-time.ts";
import { World } from "./world.ts";

const ACTORS = 1000;
const ROUNDS = 5;
const EVENTS = 1_000_000;
/** Entries of each actor's state: what a fork has to copy. */
const ENTRIES = 100;
const FORKS = 5;

interface Ball extends Message {
  readonly kind: "ball";
  readonly bounces: number;
}

interface PlayerState {
  readonly seen: Map<number, { bounces: number }>;
}

/** Passes each ball on, through the transport and after a pause: three events a pass. */
class Player implements Actor<Ball, PlayerState> {
  readonly name: string;
  state: PlayerState = { seen: new Map() };

  constructor(name: string) {
    this.name = name;
    for (let entry = 0; entry < ENTRIES; entry++) this.state.seen.set(entry, { bounces: 0 });
  }

  receive(message: Ball, from: ActorId, context: Context<Ball>): void {
    const { bounces } = message;
    this.state.seen.get(bounces % ENTRIES)!.bounces++;
    const next = { kind: "ball", bounces: bounces + 1 } as const;
    if (from === context.self) context.send((context.self * 7 + bounces) % ACTORS, next, 100);
    else context.wake(milliseconds(10), next);
  }
}

const bench: Bench = {
  run() {
    const build = (world: World<Ball>) => {
      for (let index = 0; index < ACTORS; index++) world.add(new Player(`player-${index}`));
    };
    const world = new World<Ball>({ seed: "world", build });
    for (let index = 0; index < ACTORS; index++) {
      world.inject(index, { kind: "ball", bounces: index }, index);
    }
    const heap = new HeapEngine();
    const hop = heap.handler("hop", (argument) => heap.schedule(5000 + argument, hop, argument));
    for (let argument = 0; argument < ACTORS; argument++) heap.schedule(argument, hop, argument);

    const states = () => Array.from({ length: ACTORS }, (_, index) => new Player(`${index}`).state);
    const original = states();
    const cost = takeTurns(ROUNDS, {
      message: () => {
        const before = world.engine.eventCount;
        const used = cpuSeconds(() => world.runUntil(world.engine.now + seconds(5)));
        return used / (world.engine.eventCount - before);
      },
      heap: () => cpuSeconds(() => heap.run(EVENTS)) / EVENTS,
      fork: () => cpuSeconds(() => repeat(FORKS, () => world.fork())) / FORKS,
      clone: () => cpuSeconds(() => repeat(FORKS, () => structuredClone(original))) / FORKS,
    });
    printTable(
      `A world of ${ACTORS} actors, each with ${ENTRIES} entries of state`,
      ["", "", "reference", ""],
      [
        [
          "messages received a second; events of a heap of objects",
          `${(1e-6 / cost.message).toFixed(2)} M`,
          `${(1e-6 / cost.heap).toFixed(2)} M`,
          `${(cost.heap / cost.message).toFixed(2)}x`,
        ],
        [
          "a fork; structuredClone of the states alone",
          `${(cost.fork * 1e3).toFixed(0)} ms`,
          `${(cost.clone * 1e3).toFixed(0)} ms`,
          `${(cost.clone / cost.fork).toFixed(2)}x`,
        ],
      ],
    );
  },
};

function repeat(times: number, work: () => void): void {
  for (let done = 0; done < times; done++) work();
}

export default bench;
