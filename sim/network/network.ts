import type { ActorId } from "../engine/actor.ts";
import type { Engine, HandlerId } from "../engine/engine.ts";
import { invariant } from "../engine/invariant.ts";
import { seconds } from "../engine/sim-time.ts";
import { NO_CALL, type ParcelId, type Transport, type TransportPort } from "../engine/transport.ts";
import { checkConservation } from "./conservation.ts";
import { HostTable, type TrafficCounters } from "./host-table.ts";
import type { LatencyTable } from "./latency-table.ts";
import { LostMessages, type Patience } from "./lost-messages.ts";
import { MessageDelays } from "./message-delays.ts";
import { ANSWER, ParcelTable, STREAM } from "./parcel-table.ts";
import { type Rule, type RuleId, Rules } from "./rules.ts";
import { Streams } from "./streams.ts";
import { Transfers } from "./transfers.ts";

/** A message of at most one packet's payload goes past the queue of a link. */
const SMALL_BYTES_MAX = 1500;

/** By default 5 s, and 35 s: a ping of every 30 s, and 5 s for its answer. */
export interface NetworkOptions extends Partial<Patience> {
  readonly latency: LatencyTable;
  /** Whether delays vary from message to message; default true. */
  readonly jitter?: boolean;
  /** Share of messages delayed by a retransmission; default 0. */
  readonly loss?: number;
}

export interface Host {
  /** A name of the latency table. */
  readonly place: string;
  /** Bytes per µs. */
  readonly up: number;
  readonly down: number;
  /** Whose luck its messages have; default `actor-` and its number. */
  readonly name?: string;
}

/**
 * The network between actors: propagation between places, access links shared fairly, loss with
 * retransmission, hosts that go down, and rules for whatever goes wrong between them.
 *
 * An actor that is never attached talks at once and for free, still by an event.
 */
export class Network implements Transport {
  readonly #port: TransportPort;
  readonly #engine: Engine;
  readonly #latency: LatencyTable;
  readonly #passProbability: number;
  readonly #delays: MessageDelays;
  readonly #hosts = new HostTable();
  readonly #parcels = new ParcelTable();
  readonly #rules = new Rules();
  readonly #lost: LostMessages;
  readonly #transfers: Transfers;
  readonly #streams: Streams;
  /** By actor, as attached. */
  readonly #attached: Host[] = [];
  readonly #arrive: HandlerId;

  constructor(port: TransportPort, options: NetworkOptions) {
    const { latency, jitter = true, loss = 0 } = options;
    const { connectTimeout = seconds(5), keepAlive = seconds(35) } = options;
    invariant(loss >= 0 && loss < 1, () => `loss must be in 0..1, found ${loss}`);
    const { engine } = port;
    const patience = { connectTimeout, keepAlive };
    this.#port = port;
    this.#engine = engine;
    this.#latency = latency;
    this.#passProbability = 1 - loss;
    this.#delays = new MessageDelays(latency, jitter, engine.streams);
    this.#arrive = engine.handler("arrive", (parcel) => this.#onArrival(parcel));
    this.#lost = new LostMessages(port, this.#parcels, this.#hosts, patience);
    this.#transfers = new Transfers(
      engine,
      this.#parcels,
      (parcel) => this.#deliver(parcel),
      (parcel) => this.#lost.scheduleNotice(parcel),
    );
    this.#streams = new Streams(engine, (parcel) => this.#takeBack(parcel));
    engine.addPart("network", this);
  }

  /** Puts an actor on the network. From `build` only, in the same order in every fork. */
  attach(actor: ActorId, host: Host): void {
    const place = this.#latency.indexOf(host.place);
    invariant(place !== undefined, () => `no place ${host.place} in the latency table`);
    this.#hosts.attach(actor);
    this.#attached[actor] = host;
    this.#delays.addHost(actor, place, host.name ?? `actor-${actor}`);
    this.#transfers.addHost(actor, host.up, host.down);
  }

  carry(
    parcel: ParcelId,
    from: ActorId,
    to: ActorId,
    bytes: number,
    answer: boolean,
    call: number,
  ): void {
    const hosts = this.#hosts;
    hosts.reach(from);
    hosts.reach(to);
    const { attached, down, delayFactor } = hosts.columns;
    // What is free is no traffic: the chain's events and the mishaps of a node that is down still reach it.
    const free = attached[from] === 0 || attached[to] === 0;
    this.#parcels.add(parcel, from, to, bytes, answer, free ? NO_CALL : call, this.#engine.now);
    if (call !== NO_CALL && !free) {
      if (!answer) this.#streams.forget(from, call);
      else if (this.#streams.abandonedAt(to, call) <= this.#engine.now) {
        this.#streams.forget(to, call);
        this.#lost.discard(parcel);
        return;
      }
    }
    hosts.countSent(from, bytes);
    if (!free && (down[from] === 1 || down[to] === 1)) {
      this.#lost.add(parcel);
      return;
    }
    let delay = free ? 0 : this.#delays.draw(from, to) * delayFactor[from]! * delayFactor[to]!;
    let work = bytes;
    let passProbability = this.#passProbability;
    if (this.#rules.standing) {
      this.#rules.try(from, to, delay);
      if (this.#rules.dropped) {
        this.#lost.add(parcel);
        return;
      }
      delay = this.#rules.delay;
      work /= this.#rules.rate;
      passProbability *= this.#rules.passProbability;
    }
    if (free) {
      this.#engine.schedule(0, this.#arrive, parcel);
      return;
    }
    if (passProbability < 1) {
      delay += this.#delays.heldUp(from, 1 - passProbability, delay);
    }
    if (bytes > SMALL_BYTES_MAX) {
      this.#transfers.start(parcel, from, work, Math.round(delay));
      if (call !== NO_CALL) {
        this.#parcels.set(parcel, STREAM);
        this.#streams.begin(answer ? to : from, call, parcel, answer);
      }
    } else {
      const onTheWay = delay + work / this.#transfers.idleRate(from, to);
      this.#engine.schedule(Math.round(onTheWay), this.#arrive, parcel);
    }
  }

  /**
   * See `Context.abandon`. A request half sent stops at once; an answer when the asker's word has come to
   * whoever sends it, one way later.
   */
  abandon(asker: ActorId, peer: ActorId, call: number): void {
    const { attached, delayFactor, down } = this.#hosts.columns;
    if (attached[asker] !== 1 || attached[peer] !== 1 || down[asker] === 1) return;
    let delay = this.#delays.draw(asker, peer) * delayFactor[asker]! * delayFactor[peer]!;
    if (this.#rules.standing) {
      this.#rules.try(asker, peer, delay);
      if (this.#rules.dropped) return;
      delay = this.#rules.delay;
    }
    this.#streams.abandon(asker, call, Math.round(delay));
  }

  /**
   * Takes a host down or up. What is on its way from or to a host that goes down is lost, but for small
   * messages, already on the wire: those are lost if it is down when they arrive.
   */
  setHost(actor: ActorId, up: boolean): void {
    this.#hosts.reach(actor);
    this.#hosts.columns.down[actor] = up ? 0 : 1;
    if (!up) this.#cutTransfers((from, to) => from === actor || to === actor);
  }

  /** Makes a host slow: factors on all delays from and to it, and on the rate of its links; 1 unless given. */
  scaleHost(actor: ActorId, factors: { readonly delay?: number; readonly rate?: number }): void {
    const host = this.#attached[actor];
    invariant(host !== undefined, () => `actor ${actor} is not on the network`);
    const { delay = 1, rate = 1 } = factors;
    this.#hosts.columns.delayFactor[actor] = delay;
    this.#transfers.setRates(actor, host.up * rate, host.down * rate);
  }

  /** Adds a rule after those that stand. One that drops also cuts the transfers under way. */
  addRule(rule: Rule): RuleId {
    const id = this.#rules.add(rule);
    if (rule.effect.kind === "drop") {
      const hits = this.#cutTransfers(
        (from, to) => rule.from.includes(from) && rule.to.includes(to),
      );
      this.#rules.countHits(id, hits);
    }
    return id;
  }

  /** Messages that a standing rule has acted on so far, if only by chance of a retransmission. */
  ruleHits(id: RuleId): number {
    return this.#rules.hitsOf(id);
  }

  /** Messages lost so far because this host was down. */
  lostWhileDown(actor: ActorId): number {
    return this.#hosts.columns.lostWhileDown[actor] ?? 0;
  }

  /** False if no such rule stands. */
  removeRule(id: RuleId): boolean {
    return this.#rules.remove(id);
  }

  counters(actor: ActorId): TrafficCounters {
    return this.#hosts.counters(actor);
  }

  /** Messages of an actor that are neither delivered nor lost yet. */
  inFlight(actor: ActorId): number {
    let count = 0;
    for (let parcel = 0; parcel < this.#parcels.length; parcel++) {
      if (this.#parcels.alive(parcel) && this.#parcels.columns.from[parcel] === actor) count++;
    }
    return count;
  }

  /** @throws InvariantError if anything that was sent is neither accounted for nor under way */
  checkConservation(): void {
    checkConservation(this.#hosts, this.#parcels);
  }

  snapshot(): unknown {
    return {
      hosts: this.#hosts.snapshot(),
      parcels: this.#parcels.snapshot(),
      rules: this.#rules.snapshot(),
      streams: this.#streams.snapshot(),
      transfers: this.#transfers.snapshot(),
    };
  }

  restore(snapshot: unknown): void {
    const parts = snapshot as Record<
      "hosts" | "parcels" | "rules" | "streams" | "transfers",
      unknown
    >;
    this.#hosts.restore(parts.hosts);
    this.#parcels.restore(parts.parcels);
    this.#rules.restore(parts.rules);
    this.#streams.restore(parts.streams);
    this.#transfers.restore(parts.transfers);
  }

  #onArrival(parcel: ParcelId): void {
    const { attached, down } = this.#hosts.columns;
    const from = this.#parcels.columns.from[parcel]!;
    const to = this.#parcels.columns.to[parcel]!;
    if (down[to] === 1 && attached[from] === 1 && attached[to] === 1) this.#lost.add(parcel);
    else this.#deliver(parcel);
  }

  #deliver(parcel: ParcelId): void {
    const { from, to, bytes } = this.#parcels.columns;
    this.#hosts.countDelivered(from[parcel]!, to[parcel]!, bytes[parcel]!);
    this.#endStream(parcel);
    this.#parcels.remove(parcel);
    this.#port.deliver(parcel);
  }

  #endStream(parcel: ParcelId): void {
    const { from, to, call } = this.#parcels.columns;
    if (call[parcel] === NO_CALL) return;
    const isAnswer = this.#parcels.has(parcel, ANSWER);
    const asker = isAnswer ? to[parcel]! : from[parcel]!;
    if (this.#parcels.has(parcel, STREAM)) this.#streams.end(asker, call[parcel]!, parcel);
    if (isAnswer) this.#streams.forget(asker, call[parcel]!);
  }

  #takeBack(parcel: ParcelId): void {
    const { from, bytes, work } = this.#parcels.columns;
    const share = this.#transfers.unsent(parcel) / work[parcel]!;
    this.#transfers.cut(parcel);
    const unsent = Math.floor(share * bytes[parcel]!);
    this.#hosts.countAbandoned(from[parcel]!, bytes[parcel]!, unsent);
    this.#endStream(parcel);
    this.#lost.discard(parcel);
  }

  /** Returns how many there were. */
  #cutTransfers(matches: (from: ActorId, to: ActorId) => boolean): number {
    const { from, to } = this.#parcels.columns;
    let count = 0;
    for (let parcel = 0; parcel < this.#parcels.length; parcel++) {
      if (this.#parcels.transferring(parcel) && matches(from[parcel]!, to[parcel]!)) {
        this.#transfers.cut(parcel);
        this.#endStream(parcel);
        this.#lost.add(parcel);
        count++;
      }
    }
    return count;
  }
}
