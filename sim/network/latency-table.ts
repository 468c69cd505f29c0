import type { Duration } from "../engine/sim-time.ts";

/** Somewhere a host can stand. */
export interface Place {
  /** A city, or a cloud's region such as `us-east-1`. */
  readonly name: string;
  /** Macro region, such as `us-east`. */
  readonly region: string;
}

/** Delays in µs, fractions allowed, in rows: `[from * places.length + to]`. */
interface Delays {
  readonly mean: Float64Array;
  /** Standard deviation from one message to the next. */
  readonly deviation: Float64Array;
}

/**
 * How long a message takes from one place to another, one way. Does not change: all forks share it.
 *
 * A drawn delay is log-normal with the mean and the deviation of its pair: it is
 * `median * exp(sigma * z)` for a standard normal z.
 */
export class LatencyTable {
  readonly places: readonly Place[];
  readonly #delays: Delays;
  /** In rows, like the delays: the median in µs, and the standard deviation of the logarithm. */
  readonly medians: Float64Array;
  readonly sigmas: Float64Array;
  readonly #indexes: ReadonlyMap<string, number>;

  constructor(places: readonly Place[], delays: Delays) {
    this.places = places;
    this.#delays = delays;
    this.#indexes = new Map(places.map(({ name }, index) => [name, index]));
    this.medians = delays.mean.map((mean, pair) => mean / Math.sqrt(1 + this.#spread(pair)));
    this.sigmas = delays.mean.map((_, pair) => Math.sqrt(Math.log(1 + this.#spread(pair))));
  }

  /** Place number of a name, or undefined. */
  indexOf(name: string): number | undefined {
    return this.#indexes.get(name);
  }

  /** The places of a macro region, in the table's order; none if there is no such region. */
  placesIn(region: string): readonly Place[] {
    return this.places.filter((place) => place.region === region);
  }

  /** Mean delay in µs between two places, by number. */
  meanMicroseconds(from: number, to: number): number {
    return this.#delays.mean[from * this.places.length + to]!;
  }

  /** Standard deviation of that delay in µs. */
  deviationMicroseconds(from: number, to: number): number {
    return this.#delays.deviation[from * this.places.length + to]!;
  }

  /** Square of the coefficient of variation. */
  #spread(pair: number): number {
    const mean = this.#delays.mean[pair]!;
    const variation = mean === 0 ? 0 : this.#delays.deviation[pair]! / mean;
    return variation * variation;
  }
}

/** A table in which every message takes the same time, between whatever places, or within one. */
export function fixedLatency(
  oneWay: Duration,
  places: readonly Place[] = [{ name: "anywhere", region: "anywhere" }],
): LatencyTable {
  const pairs = places.length ** 2;
  return new LatencyTable(places, {
    mean: new Float64Array(pairs).fill(oneWay),
    deviation: new Float64Array(pairs),
  });
}
