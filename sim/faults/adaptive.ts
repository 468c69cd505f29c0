import type { Context } from "../engine/actor.ts";
import type { Adaptive } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { Injector } from "./injector.ts";
import { knapsack } from "./knapsack.ts";

/** Worth more than any move it saves, less than one blob or sliver more. */
const KEPT_VALUE = 1e-6;

/**
 * An adversary that looks at the whole network every so often and, after the time it takes to react,
 * strikes where that hurts most, never more than its budget of shards at one time. What it lets go of is
 * as it was: a node comes back, or is honest again, with what it holds.
 */
export class AdaptiveAdversary extends Injector<Adaptive> {
  protected override choose(): readonly number[] {
    return []; // Nobody before the first look.
  }

  protected override strike(context: Context<FaultMessage>): void {
    this.#look(context);
  }

  protected override follow(message: FaultMessage, context: Context<FaultMessage>): void {
    if (message.kind === "look") this.#look(context);
    else if (message.kind === "move") this.#moveTo(message.targets, context);
  }

  protected override release(context: Context<FaultMessage>): void {
    this.#moveTo([], context);
  }

  protected override tally(context: Context<FaultMessage>): void {
    this.tools.tally(context);
  }

  #look(context: Context<FaultMessage>): void {
    const { every, reaction } = this.fault;
    const { round } = this.state;
    const targets = this.#worthMost();
    if (targets !== undefined) context.wake(reaction, { kind: "move", targets, round });
    context.wake(every, { kind: "look", round });
  }

  /** Undefined where nothing is worth a move. */
  #worthMost(): number[] | undefined {
    const { fault, state, tools } = this;
    const { nodes, view } = tools.world;
    const worth =
      fault.watches === "recovery"
        ? nodes.map((_, node) => view.backlog(node))
        : view.weakestBlob(); // Empty, and so worth nothing, where there is no blob.
    if (worth.every((value) => value === 0)) return undefined;
    const kept = new Set(state.targets);
    const shards = view.shards();
    // One who holds none would cost nothing, and be struck for nothing.
    const values = worth.map((value, node) =>
      shards[node] === 0 ? 0 : value + (kept.has(node) ? KEPT_VALUE : 0),
    );
    const total = shards.reduce((sum, count) => sum + count, 0);
    return knapsack(shards, values, Math.floor(fault.budget * total + 1e-9));
  }

  #moveTo(targets: readonly number[], context: Context<FaultMessage>): void {
    const { state, tools } = this;
    const before = state.targets;
    const left = before.filter((node) => !targets.includes(node));
    const taken = targets.filter((node) => !before.includes(node));
    if (left.length + taken.length === 0) return;
    state.targets = targets;
    tools.outages.strike(tools.fault, targets);
    const held = tools.world.view.shards();
    const shards = targets.reduce((sum, node) => sum + held[node]!, 0);
    const { fault } = tools;
    context.record("adversary-moved", {
      fault,
      shards,
      taken: taken.length,
      left: left.length,
    });
    for (const node of left) this.#letGo(node, context);
    for (const node of taken) this.#strikeOne(node, context);
  }

  #strikeOne(node: number, context: Context<FaultMessage>): void {
    const { does } = this.fault;
    if (does === "crash") this.tools.takeDown(node, context);
    else this.tools.behave(node, [{ kind: does }], context);
  }

  #letGo(node: number, context: Context<FaultMessage>): void {
    if (this.fault.does === "crash") this.tools.bringUp(node, context);
    else this.tools.behave(node, [], context);
  }
}
