import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Actor, ActorId, Context } from "../engine/actor.ts";
import { type Distribution, meanOf, sample } from "../engine/distribution.ts";
import { seconds } from "../engine/sim-time.ts";
import { World } from "../engine/world.ts";
import { parseLatency } from "./latency-csv.ts";
import { fixedLatency, type LatencyTable } from "./latency-table.ts";
import { Network } from "./network.ts";

interface Job {
  readonly kind: "job";
  readonly index: number;
}

interface Served {
  /** By job: in µs alone on the link; when it joined the link and when it left. */
  readonly alone: Float64Array;
  readonly joined: Float64Array;
  readonly left: Float64Array;
}

const linkRate = 100; // Bytes per µs.
const jobCount = 300_000;
const batchCount = 30;

/** Sends jobs of random sizes at random times to a host whose downlink is the only narrow place. */
class Source implements Actor<Job, { next: number }> {
  readonly name = "source";
  state = { next: 0 };
  readonly #sizes: Distribution;
  readonly #gap: Distribution;
  readonly #served: Served;

  constructor(sizes: Distribution, load: number, served: Served) {
    this.#sizes = sizes;
    this.#gap = { kind: "exponential", mean: meanOf(sizes) / linkRate / load };
    this.#served = served;
  }

  start(context: Context<Job>): void {
    context.wake(0, { kind: "job", index: -1 });
  }

  receive(_wake: Job, _from: ActorId, context: Context<Job>): void {
    const index = this.state.next++;
    if (index === jobCount) return;
    const bytes = Math.round(sample(this.#sizes, context.random("size")));
    this.#served.alone[index] = bytes / linkRate;
    this.#served.joined[index] = context.now;
    context.send(1, { kind: "job", index }, bytes);
    const gap = Math.round(sample(this.#gap, context.random("gap")));
    context.wake(gap, { kind: "job", index: -1 });
  }
}

class Sink implements Actor<Job, null> {
  readonly name = "sink";
  state = null;
  readonly #served: Served;

  constructor(served: Served) {
    this.#served = served;
  }

  receive({ index }: Job, _from: ActorId, context: Context<Job>): void {
    this.#served.left[index] = context.now;
  }
}

function serve(sizes: Distribution, load: number): Served {
  const column = () => new Float64Array(jobCount);
  const served = { alone: column(), joined: column(), left: column() };
  const world = new World<Job>({
    seed: "processor sharing",
    build: (built) => {
      built.add(new Source(sizes, load, served));
      built.add(new Sink(served));
      built.useTransport((port) => {
        const network = new Network(port, { latency: fixedLatency(0) });
        network.attach(0, { place: "anywhere", up: 1e9, down: 1e9 });
        network.attach(1, { place: "anywhere", up: 1e9, down: linkRate });
        return network;
      });
    },
  });
  world.runUntil(seconds(1e9));
  return served;
}

/** Mean of a series and its standard error, by batch means: batches far longer than it remembers. */
function batchMeans(series: Float64Array): { readonly mean: number; readonly error: number } {
  const length = series.length / batchCount;
  const means = Array.from({ length: batchCount }, (_, batch) => {
    const values = series.subarray(batch * length, (batch + 1) * length);
    return values.reduce((sum, value) => sum + value, 0) / length;
  });
  const mean = means.reduce((sum, value) => sum + value, 0) / batchCount;
  const squares = means.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, error: Math.sqrt(squares / (batchCount - 1) / batchCount) };
}

/** How many jobs each one finds on the link as it joins. */
function foundOnJoining({ joined, left }: Served): Float64Array {
  const ends = left.toSorted();
  let ended = 0;
  return joined.map((now, index) => {
    while (ends[ended]! <= now) ended++;
    return index - ended;
  });
}

// Megabytes, so that rounding to bytes and microseconds is lost; above the 1,500 bytes that go past
// the queue.
const sizes: readonly (readonly [string, Distribution])[] = [
  ["constant", { kind: "constant", value: 1e6 }],
  ["uniform", { kind: "uniform", from: 1e4, to: 2e6 }],
  ["exponential", { kind: "shifted", by: 2e3, of: { kind: "exponential", mean: 1e6 } }],
  [
    "one in ten nineteen times as long",
    { kind: "empirical", values: [...Array(9).fill(4e5), 76e5] },
  ],
  ["log-normal", { kind: "shifted", by: 2e3, of: { kind: "log-normal", median: 6e5, sigma: 1 } }],
  ["pareto of shape 2.5", { kind: "pareto", shape: 2.5, minimum: 6e5 }],
];

// A link fed by a Poisson process is an M/G/1 queue with processor sharing (Kleinrock, Queueing Systems
// II, 4.4): a job of x µs stays x / (1 - load) on average, and finds k or more others with probability
// load^k, whatever the distribution of sizes. Tolerance: four standard errors, as batch means give them
// (30 batches of 10,000 jobs, t with 29 degrees of freedom: one miss in 2,500).
describe.each([0.5, 0.8])("a downlink at a load of %d", (load) => {
  it.each(sizes)("holds transfers of %s size for size / (1 - load)", (_, distribution) => {
    const served = serve(distribution, load);
    // 1 µs for rounding up, of thousands.
    const stretch = served.left.map(
      (left, job) => (left - served.joined[job]!) / served.alone[job]!,
    );
    const { mean, error } = batchMeans(stretch);
    expect(Math.abs(mean - 1 / (1 - load))).toBeLessThan(4 * error + 1e-3);
    expect(error).toBeLessThan(0.03 / (1 - load)); // Or the test would say nothing.

    const found = foundOnJoining(served);
    for (const others of [1, 2, 5]) {
      const share = batchMeans(found.map((count) => (count >= others ? 1 : 0)));
      expect(Math.abs(share.mean - load ** others)).toBeLessThan(4 * share.error);
    }
  });

  // Of exponential size the queue is an M/M/1: mean stay 1 / (service rate - arrival rate).
  it("holds transfers of exponential size as long as an M/M/1 queue does", () => {
    const exponential: Distribution = { kind: "exponential", mean: 1e8 };
    const served = serve(exponential, load);
    const { mean, error } = batchMeans(served.left.map((left, job) => left - served.joined[job]!));
    const serviceRate = linkRate / 1e8;
    expect(Math.abs(mean - 1 / (serviceRate * (1 - load)))).toBeLessThan(4 * error + 1);
  });
});

interface Ping {
  readonly kind: "ping" | "pong";
  readonly sentAt: number;
}

const data = (file: string) =>
  readFileSync(new URL(`../../scenarios/data/${file}`, import.meta.url), "utf8");

function wonderNetwork(): LatencyTable {
  const parsed = parseLatency({
    places: data("wonder-network-cities.csv"),
    roundTrip: data("wonder-network-rtt-ms.csv"),
    deviation: data("wonder-network-rtt-deviation-ms.csv"),
  });
  if (!parsed.ok) throw new Error("the tables of WonderNetwork do not parse");
  return parsed.table;
}

/** Round trips in ms that a host in each city measures to each other city: `[from * cities + to]`. */
function pingAll(latency: LatencyTable): Float64Array {
  const cities = latency.places.length;
  const trips = new Float64Array(cities * cities);
  class City implements Actor<Ping, null> {
    readonly name: string;
    state = null;
    constructor(name: string) {
      this.name = name;
    }
    start(context: Context<Ping>): void {
      for (let to = 0; to < cities; to++) {
        if (to !== context.self) context.send(to, { kind: "ping", sentAt: context.now }, 64);
      }
    }
    receive(message: Ping, from: ActorId, context: Context<Ping>): void {
      const { kind, sentAt } = message;
      if (kind === "ping") context.send(from, { kind: "pong", sentAt }, 64);
      else trips[context.self * cities + from] = (context.now - sentAt) / 1_000;
    }
  }
  const world = new World<Ping>({
    seed: "pings",
    build: (built) => {
      const actors = latency.places.map(({ name }) => built.add(new City(name)));
      built.useTransport((port) => {
        const network = new Network(port, { latency });
        for (const actor of actors) {
          network.attach(actor, { place: latency.places[actor]!.name, up: 125, down: 125 });
        }
        return network;
      });
    },
  });
  world.runUntil(seconds(60));
  return trips;
}

describe("simulated pings between WonderNetwork's cities", () => {
  const latency = wonderNetwork();
  const trips = pingAll(latency);
  const [, ...rows] = data("wonder-network-regions-rtt-ms.csv").trimEnd().split("\n");

  // The published quantiles are over pairs of cities, one mean each; ours have a jitter of about a
  // millisecond on top, so a median must lie well inside of the 10th and the 90th percentile.
  it.each(rows.map((row) => row.split(",")))(
    "%s to %s have a median like the measured one",
    (...row) => {
      const [fromRegion, toRegion, , , p10, , p90] = row;
      const measured: number[] = [];
      latency.places.forEach((from, a) => {
        latency.places.forEach((to, b) => {
          if (a !== b && from.region === fromRegion && to.region === toRegion) {
            measured.push(trips[a * latency.places.length + b]!);
          }
        });
      });
      measured.sort((a, b) => a - b);
      const median = measured[measured.length >> 1]!;
      expect(median).toBeGreaterThan(Number(p10));
      expect(median).toBeLessThan(Number(p90));
    },
  );
});
