import type { ActorId } from "../engine/actor.ts";
import type { RandomStream, RandomStreams } from "../engine/random-streams.ts";
import type { LatencyTable } from "./latency-table.ts";
import { sampleNormal } from "./normal-strata.ts";
import { retransmissionDelay } from "./retransmission.ts";

/** How long messages are under way, by the places of their two ends and the luck of their sender. */
export class MessageDelays {
  readonly #latency: LatencyTable;
  readonly #jitter: boolean;
  readonly #streams: RandomStreams;
  // By actor; all but the streams' own state stays as it was built.
  readonly #names: string[] = [];
  readonly #places: number[] = [];
  readonly #jitters: RandomStream[] = [];
  readonly #losses: RandomStream[] = [];

  constructor(latency: LatencyTable, jitter: boolean, streams: RandomStreams) {
    this.#latency = latency;
    this.#jitter = jitter;
    this.#streams = streams;
  }

  /** Puts an actor at a place, by number, with luck of its own by name. */
  addHost(actor: ActorId, place: number, name: string): void {
    this.#names[actor] = name;
    this.#places[actor] = place;
    this.#jitters[actor] = this.#streams.stream(`network/${name}/jitter`);
  }

  /** In µs, fractions too, for one message from one host to another. */
  draw(from: ActorId, to: ActorId): number {
    const latency = this.#latency;
    const here = this.#places[from]!;
    const there = this.#places[to]!;
    if (!this.#jitter) return latency.meanMicroseconds(here, there);
    const pair = here * latency.places.length + there;
    const z = sampleNormal(this.#jitters[from]!);
    return latency.medians[pair]! * Math.exp(latency.sigmas[pair]! * z);
  }

  /** How much later a message of that delay arrives if each try is lost with that probability. */
  heldUp(from: ActorId, probability: number, delay: number): number {
    // Made when first needed, for most networks lose nothing.
    this.#losses[from] ??= this.#streams.stream(`network/${this.#names[from]}/loss`);
    return retransmissionDelay(probability, delay, this.#losses[from]);
  }
}
