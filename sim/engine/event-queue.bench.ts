import { type Bench, cpuSeconds, print, printTable, takeTurns } from "../testing/measure.ts";
import { LadderQueue } from "./ladder-queue.ts";
import { ObjectHeap } from "./object-heap.bench.ts";
import { Xoshiro } from "./xoshiro.bench.ts";

const DELAYS = 65_536;
const ROUNDS = 5;
const BURST = 10_000;
const BURSTS = 20;
const DAYS = 30;
const DAY = 86_400e6;
const SIZES = [
  { pending: 1e3, holds: 5e5, heapHolds: 2e5 },
  { pending: 1e5, holds: 5e5, heapHolds: 1e5 },
  { pending: 1e6, holds: 1e6, heapHolds: 5e4 },
];

/** Delays in seconds, of mean 1 unless said otherwise. */
const distributions: Readonly<Record<string, (random: Xoshiro) => number>> = {
  exponential: (random) => -Math.log(random.uniform()),
  uniform: (random) => 2 * random.uniform(),
  biased: (random) => 0.9 + 0.2 * random.uniform(),
  bimodal: (random) => 0.095 * random.uniform() + (random.uniform() < 0.1 ? 9.5 : 0),
  triangular: (random) => 1.5 * Math.sqrt(random.uniform()),
  // This project's shape: messages of 20 to 200 ms, time-outs of 5 s, hours, and a two-week epoch.
  multiscale: (random) => {
    const scale = random.uniform();
    if (scale < 0.9) return 0.02 - 0.05 * Math.log(random.uniform());
    if (scale < 0.99) return 5;
    if (scale < 0.999) return 3600 * (0.5 + random.uniform());
    return 1_209_600 * random.uniform();
  },
  constant: () => 1,
  ticks: (random) => 1 + random.below(10),
};

/** The delays come from a table, so that the queue alone is measured. */
function delayTable(name: string): Float64Array {
  const random = new Xoshiro();
  return Float64Array.from({ length: DELAYS }, () =>
    Math.round(distributions[name]!(random) * 1e6),
  );
}

/** Pops and pushes on a queue of constant size; a call returns CPU seconds a hold. */
function holdLadder(delays: Float64Array, pending: number, holds: number): () => number {
  const queue = new LadderQueue();
  for (let index = 0; index < pending; index++) queue.push(delays[index % DELAYS]!, index % DELAYS);
  let at = 0;
  const hold = (count: number) => {
    for (let done = 0; done < count; done++) {
      queue.pop();
      const { payload } = queue;
      queue.push(queue.time + delays[(at++ * 7 + payload) % DELAYS]!, payload);
    }
  };
  hold(pending);
  return () => cpuSeconds(() => hold(holds)) / holds;
}

function holdHeap(delays: Float64Array, pending: number, holds: number): () => number {
  const heap = new ObjectHeap();
  for (let index = 0; index < pending; index++) {
    heap.push(delays[index % DELAYS]!, 1, index % DELAYS);
  }
  let at = 0;
  const hold = () => {
    for (let done = 0; done < holds; done++) {
      const { time, argument } = heap.pop()!;
      heap.push(time + delays[(at++ * 7 + argument) % DELAYS]!, 1, argument);
    }
  };
  return () => cpuSeconds(hold) / holds;
}

/** Bursts that fall before all that was next, as when one client asks a whole committee. */
function bursts(
  queue: { push(time: number, payload: number): void },
  pop: () => number,
  delays: Float64Array,
): () => number {
  for (let day = 1; day <= DAYS; day++) queue.push(day * DAY, 1);
  let today = 0;
  const burst = () => {
    let time = pop();
    for (let index = 0; index < BURST; index++) queue.push(time + delays[index]!, index);
    for (let index = 0; index < BURST; index++) time = pop();
    today++;
    queue.push((today + DAYS) * DAY, 1);
  };
  return () =>
    cpuSeconds(() => {
      for (let repeat = 0; repeat < BURSTS; repeat++) burst();
    }) /
    (BURST * BURSTS);
}

function printBursts(): void {
  const random = new Xoshiro();
  const delays = Float64Array.from({ length: BURST }, () => random.below(200_000));
  const queue = new LadderQueue();
  const heap = new ObjectHeap();
  const cost = takeTurns(ROUNDS, {
    ladder: bursts(queue, () => (queue.pop() ? queue.time : 0), delays),
    heap: bursts(
      { push: (time, payload) => heap.push(time, 1, payload) },
      () => heap.pop()!.time,
      delays,
    ),
  });
  print(
    `bursts of ${BURST} events within 200 ms, next to ${DAYS} a day apart: ` +
      `${(cost.ladder * 1e9).toFixed(0)} ns an event, heap ${(cost.heap * 1e9).toFixed(0)} ns`,
  );
}

const bench: Bench = {
  run() {
    for (const { pending, holds, heapHolds } of SIZES) {
      // Beside each distribution in the same rounds, as the measure of its cost.
      const exponential = holdLadder(delayTable("exponential"), pending, holds);
      const rows = Object.keys(distributions).map((name) => {
        const delays = delayTable(name);
        const cost = takeTurns(ROUNDS, {
          ladder: holdLadder(delays, pending, holds),
          exponential,
          heap: holdHeap(delays, pending, heapHolds),
        });
        return [
          name,
          (cost.ladder * 1e9).toFixed(0),
          (cost.heap * 1e9).toFixed(0),
          `${(cost.heap / cost.ladder).toFixed(1)}x`,
          `${(cost.ladder / cost.exponential).toFixed(2)}x`,
        ];
      });
      printTable(
        `Hold model, ${pending} pending: nanoseconds for a pop and a push`,
        ["delays", "ladder", "heap", "ratio", "of exponential"],
        rows,
      );
    }
    printBursts();
  },
};

export default bench;
