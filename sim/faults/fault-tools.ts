import type { Context } from "../engine/actor.ts";
import { type Distribution, sample } from "../engine/distribution.ts";
import type { RandomStream } from "../engine/random-streams.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import type { FaultClient, FaultNode } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import type { NetworkControl } from "./network-control.ts";
import type { Outages } from "./outages.ts";

type FaultContext = Context<FaultMessage>;

/** 71 years: heavy tails draw lengths that no clock could hold, and no run lasts. */
const DURATION_MAX = 2 ** 51;

/** A length of time in whole microseconds, at least 1: time must pass. */
export const wholeDuration = (time: number): Duration =>
  Math.min(DURATION_MAX, Math.max(1, Math.round(time)));

/** A drawn length of time. */
export function drawDuration(distribution: Distribution, random: RandomStream): Duration {
  return wholeDuration(sample(distribution, random));
}

/** What one fault can do to nodes, and the facts it leaves. */
export class FaultTools {
  /** Its place in the scenario's list of faults. */
  readonly fault: number;
  readonly kind: string;
  readonly nodes: readonly FaultNode[];
  readonly clients: readonly FaultClient[];
  readonly outages: Outages;
  readonly network: NetworkControl;
  readonly #horizon: SimTime;

  constructor(options: {
    readonly fault: number;
    readonly kind: string;
    readonly nodes: readonly FaultNode[];
    readonly clients: readonly FaultClient[];
    readonly outages: Outages;
    readonly network: NetworkControl;
    readonly horizon: SimTime;
  }) {
    this.fault = options.fault;
    this.kind = options.kind;
    this.nodes = options.nodes;
    this.clients = options.clients;
    this.outages = options.outages;
    this.network = options.network;
    this.#horizon = options.horizon;
  }

  get name(): string {
    return `fault/${this.fault}`;
  }

  /** Luck of this fault with one node: another fault, or another node, changes nothing of it. */
  luckOf(node: number, decision: string, context: FaultContext): RandomStream {
    return context.random(`${this.nodes[node]!.name}/${decision}`);
  }

  begin(targets: readonly number[], context: FaultContext): void {
    const shards = targets.reduce((sum, node) => sum + this.nodes[node]!.shards, 0);
    const { fault, kind } = this;
    context.record("fault-started", { fault, kind, nodes: targets.length, shards });
  }

  end(context: FaultContext): void {
    context.record("fault-ended", { fault: this.fault });
  }

  /** Tells a node of what befalls it. */
  tell(node: number, message: FaultMessage, context: FaultContext): void {
    context.send(this.nodes[node]!.actor, message, 0);
  }

  takeDown(node: number, context: FaultContext): void {
    if (!this.#hold(node, context)) return;
    context.record("node-down", { ...this.#of(node), cause: this.kind });
  }

  /** For good, and its disks with it. */
  takeAway(node: number, context: FaultContext): void {
    this.#hold(node, context);
    this.tell(node, { kind: "lose-disk", fault: this.fault, share: 1 }, context);
    context.record("node-lost", this.#of(node));
  }

  bringUp(node: number, context: FaultContext): void {
    const losses = this.#countLosses(node);
    if (this.outages.release(node, this.fault)) {
      this.network.setHost(this.nodes[node]!.actor, true);
      this.tell(node, { kind: "restart", fault: this.fault }, context);
      context.record("node-up", this.#of(node));
    }
    this.bite(losses, context);
  }

  /** All that it holds down. */
  bringAllUp(context: FaultContext): void {
    for (const node of this.outages.heldBy(this.fault)) this.bringUp(node, context);
  }

  loseDisk(node: number, context: FaultContext): void {
    this.tell(node, { kind: "lose-disk", fault: this.fault, share: 1 }, context);
    context.record("disk-lost", this.#of(node));
  }

  /** Records that the fault changed something that an operation met. */
  bite(count: number, context: FaultContext): void {
    if (count > 0) context.record("fault-bit", { fault: this.fault, count });
  }

  /** Has `tally` come at the horizon. */
  awaitTally(context: FaultContext): void {
    context.wake(this.#horizon, { kind: "tally" });
  }

  /** Counts what outages of this fault that go on have bitten so far. */
  tally(context: FaultContext): void {
    const losses = this.outages.heldBy(this.fault).map((node) => this.#countLosses(node));
    this.bite(
      losses.reduce((sum, count) => sum + count, 0),
      context,
    );
  }

  /** True if the node was up until now. */
  #hold(node: number, context: FaultContext): boolean {
    const { actor } = this.nodes[node]!;
    if (!this.outages.hold(node, this.fault, this.network.lostWhileDown(actor))) return false;
    this.tell(node, { kind: "crash", fault: this.fault }, context);
    this.network.setHost(actor, false);
    return true;
  }

  #countLosses(node: number): number {
    const losses = this.network.lostWhileDown(this.nodes[node]!.actor);
    return this.outages.countLosses(node, this.fault, losses);
  }

  #of(node: number) {
    return { node, shards: this.nodes[node]!.shards, fault: this.fault };
  }
}
