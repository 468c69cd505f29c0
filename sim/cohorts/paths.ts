import { type Distribution, sample } from "../engine/distribution.ts";
import type { RandomStream } from "../engine/random-streams.ts";
import type { Duration } from "../engine/sim-time.ts";
import type { LatencyTable } from "../network/latency-table.ts";
import { sampleNormal } from "../network/normal-strata.ts";
import type { ClientParameters, NodeParameters } from "../protocol/parameters.ts";
import type { NodeState } from "./cohort-state.ts";

/** What one client is set to and where everybody is. Does not change. */
export interface Ground {
  readonly latency: LatencyTable;
  readonly jitter: boolean;
  /** Places by number. */
  readonly client: number;
  readonly nodes: readonly number[];
  readonly parameters: ClientParameters;
  readonly node: NodeParameters;
  readonly connectTimeout: Duration;
  /** Bytes a microsecond. */
  readonly uplink: number;
  readonly downlink: number;
  readonly nodeUplink: number;
  readonly nodeDownlink: number;
}

/** Draws how long a client's requests to nodes take: the same parts as message by message. */
export class Paths {
  readonly #ground: Ground;
  readonly #random: RandomStream;

  constructor(ground: Ground, random: RandomStream) {
    this.#ground = ground;
    this.#random = random;
  }

  /** There and back, so many times. */
  roundTrips(node: number, its: NodeState, count: number): number {
    const { client, nodes } = this.#ground;
    const there = nodes[node]!;
    let sum = 0;
    for (let trip = 0; trip < count; trip++) {
      sum += this.#oneWay(client, there) + this.#oneWay(there, client);
    }
    return sum * its.delay;
  }

  /** Cores for so many slivers, and the answer's own time. */
  service(its: NodeState, slivers: number, answer: Distribution, bytes: number): number {
    const { node } = this.#ground;
    const rounds = Math.ceil(slivers / node.cores);
    const core = rounds * sample(node.coreTime, this.#random);
    const forBytes = (node.responseTime.perMiB * bytes) / 1_048_576;
    return (core + sample(answer, this.#random) + forBytes) * its.slowness;
  }

  #oneWay(from: number, to: number): number {
    const { latency, jitter } = this.#ground;
    if (!jitter) return latency.meanMicroseconds(from, to);
    const pair = from * latency.places.length + to;
    return latency.medians[pair]! * Math.exp(latency.sigmas[pair]! * sampleNormal(this.#random));
  }
}

/** Members in an order drawn anew. */
export function shuffled(members: readonly number[], random: RandomStream): number[] {
  const order = [...members];
  for (let left = order.length - 1; left > 0; left--) {
    const pick = Math.floor(random() * (left + 1));
    [order[left], order[pick]] = [order[pick]!, order[left]!];
  }
  return order;
}
