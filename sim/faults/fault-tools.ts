import type { Context } from "../engine/actor.ts";
import { type Distribution, sample } from "../engine/distribution.ts";
import type { RandomStream } from "../engine/random-streams.ts";
import type { Duration } from "../engine/sim-time.ts";
import type { Lie } from "../protocol/lies.ts";
import type { FaultNode, NodeSelector } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import type { FaultWorld } from "./fault-world.ts";
import type { NetworkControl } from "./network-control.ts";
import type { Outages } from "./outages.ts";
import { selectTargets } from "./select-targets.ts";
import { worstNodes } from "./worst-nodes.ts";

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
  /** Its place in the scenario's list of faults; those within a regime come after all others. */
  readonly fault: number;
  readonly kind: string;
  /** The fault is of a regime, which says when it may begin. */
  readonly isInner: boolean;
  readonly world: FaultWorld;
  readonly outages: Outages;

  constructor(options: {
    readonly fault: number;
    readonly kind: string;
    readonly isInner?: boolean;
    readonly world: FaultWorld;
    readonly outages: Outages;
  }) {
    this.fault = options.fault;
    this.kind = options.kind;
    this.isInner = options.isInner ?? false;
    this.world = options.world;
    this.outages = options.outages;
  }

  get nodes(): readonly FaultNode[] {
    return this.world.nodes;
  }

  get network(): NetworkControl {
    return this.world.network;
  }

  get name(): string {
    return `fault/${this.fault}`;
  }

  /** Luck of this fault with one node: another fault, or another node, changes nothing of it. */
  luckOf(node: number, decision: string, context: FaultContext): RandomStream {
    return context.random(`${this.nodes[node]!.name}/${decision}`);
  }

  /** The nodes, with the shards that they hold now. */
  get standing(): readonly FaultNode[] {
    const shards = this.world.view.shards();
    return this.nodes.map((node, index) => ({ ...node, shards: shards[index]! }));
  }

  /** Positions of the nodes of a selector, ascending, with the luck of one decision. */
  select(nodes: NodeSelector, decision: string, context: FaultContext): number[] {
    const { standing, world } = this;
    return selectTargets(nodes, standing, context.random(decision), {
      struckBy: (fault) => this.outages.struckBy(fault),
      worst: (set, random) => worstNodes(set, { ...world, nodes: standing }, random),
    });
  }

  begin(targets: readonly number[], context: FaultContext): void {
    this.outages.strike(this.fault, targets);
    const held = this.world.view.shards();
    const shards = targets.reduce((sum, node) => sum + held[node]!, 0);
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

  /** For good. */
  takeAway(node: number, losesDisk: boolean, context: FaultContext): void {
    if (this.outages.heldBy(this.fault).includes(node)) return;
    this.#hold(node, context);
    if (losesDisk) this.#emptyDisk(node, context);
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

  /** Has a node lie from now on, beside what other faults have it do; no lies end it. */
  behave(node: number, lies: readonly Lie[], context: FaultContext): void {
    this.tell(node, { kind: "behave", lies, fault: this.fault }, context);
  }

  loseDisk(node: number, context: FaultContext): void {
    this.#emptyDisk(node, context);
    context.record("disk-lost", this.#of(node));
  }

  /** Records that the fault changed something that an operation met. */
  bite(count: number, context: FaultContext): void {
    if (count > 0) context.record("fault-bit", { fault: this.fault, count });
  }

  /** Has `tally` come at the horizon. */
  awaitTally(context: FaultContext): void {
    context.wake(this.world.horizon, { kind: "tally" });
  }

  /** Counts what outages of this fault that go on have bitten so far. */
  tally(context: FaultContext): void {
    const losses = this.outages.heldBy(this.fault).map((node) => this.#countLosses(node));
    this.bite(
      losses.reduce((sum, count) => sum + count, 0),
      context,
    );
  }

  #emptyDisk(node: number, context: FaultContext): void {
    this.tell(node, { kind: "lose-disk", fault: this.fault, share: 1 }, context);
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
    return { node, shards: this.world.view.shards()[node]!, fault: this.fault };
  }
}
