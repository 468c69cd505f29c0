import { meanOf, sample } from "../engine/distribution.ts";
import type { RandomStream } from "../engine/random-streams.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import type { Arrivals, ReadArrivals } from "./demand.ts";

/** Arrivals that heed no answer: whatever becomes of the operations, the next ones come. */
export type OpenArrivals = Exclude<Arrivals, { readonly kind: "closed" }>;

/** Where a sequence of arrivals stands. Plain data. */
export interface ArrivalClock {
  /** Of the last Poisson arrival, with its fraction of a microsecond, so that rounding adds no bias. */
  at: number;
  /** Arrivals so far. */
  count: number;
}

export const newArrivalClock = (from: SimTime): ArrivalClock => ({ at: from, count: 0 });

/** Moves the clock to the next arrival and returns its time without jitter: infinite if there is none. */
export function advance(
  arrivals: OpenArrivals,
  clock: ArrivalClock,
  random: RandomStream,
): SimTime {
  clock.count++;
  switch (arrivals.kind) {
    case "poisson":
    case "bursts":
      clock.at += sample({ kind: "exponential", mean: 1 / arrivals.rate }, random);
      return Math.round(clock.at);
    case "periodic":
      return clock.count * arrivals.every;
    case "recorded":
      return arrivals.times[clock.count - 1] ?? Number.POSITIVE_INFINITY;
  }
}

/** By how much an arrival is late; drawn when it is due. */
export function lateness(arrivals: OpenArrivals, random: RandomStream): Duration {
  const jitter = arrivals.kind === "periodic" ? (arrivals.jitter ?? 0) : 0;
  return jitter === 0 ? 0 : Math.round(random() * jitter);
}

/** Operations that begin at each arrival. */
export function operationsAt(arrivals: OpenArrivals): number {
  return arrivals.kind === "bursts" ? arrivals.size : 1;
}

/**
 * Operations a microsecond in the long run, for a flash crowd to multiply. Closed users count as if their
 * operations took no time, so this is an upper bound; reads that follow writes count for nothing.
 */
export function meanRate(arrivals: ReadArrivals): number {
  switch (arrivals.kind) {
    case "poisson":
      return arrivals.rate;
    case "bursts":
      return arrivals.rate * arrivals.size;
    case "periodic":
      return 1 / arrivals.every;
    case "recorded": {
      const last = arrivals.times.at(-1) ?? 0;
      return last > 0 ? arrivals.times.length / last : 0;
    }
    case "closed": {
      const think = meanOf(arrivals.think);
      return think > 0 ? arrivals.clients / think : 0;
    }
    case "on-write":
      return 0;
  }
}
