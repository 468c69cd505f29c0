import type { Context } from "../engine/actor.ts";
import type { Restart } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { drawDuration, type FaultTools } from "./fault-tools.ts";
import { type FaultState, Injector } from "./injector.ts";
import { selectTargets } from "./select-targets.ts";

interface ReleaseState extends FaultState {
  /** Targets that are not through with it yet. */
  awaited: number;
  /** Those that the release harms. */
  harmed: readonly number[];
}

/**
 * A new release: every target goes down once, at its own time within the window, and comes back. If it is
 * a bad one, some do not, or come back without what they held, or with a bug that serves garbage.
 */
export class Release extends Injector<Restart & { readonly lasts?: undefined }, ReleaseState> {
  constructor(fault: Restart, tools: FaultTools) {
    super(fault, tools, { awaited: 0, harmed: [] });
  }

  protected override get passes(): boolean {
    return true;
  }

  protected override choose(context: Context<FaultMessage>): readonly number[] {
    return this.select(this.fault.nodes, context);
  }

  protected override strike(context: Context<FaultMessage>): void {
    const { state, tools } = this;
    const { targets, round } = state;
    state.awaited = targets.length;
    state.harmed = this.#harmed(context);
    if (targets.length === 0) this.end(context);
    for (const node of targets) {
      const delay = Math.round(tools.luckOf(node, "restart", context)() * this.fault.within);
      context.wake(delay, { kind: "node-fails", node, round });
    }
  }

  protected override follow(message: FaultMessage, context: Context<FaultMessage>): void {
    const { tools } = this;
    if (message.kind === "node-fails") {
      const { node, round } = message;
      if (this.#isHarmed(node, "crash")) {
        tools.takeAway(node, false, context);
        this.#settle(context);
        return;
      }
      tools.takeDown(node, context);
      const delay = drawDuration(this.fault.downtime, tools.luckOf(node, "downtime", context));
      context.wake(delay, { kind: "node-returns", node, round });
    } else if (message.kind === "node-returns") {
      const { node } = message;
      if (this.#isHarmed(node, "lose-disk")) tools.loseDisk(node, context);
      if (this.#isHarmed(node, "wrong-bytes")) {
        tools.behave(node, [{ kind: "wrong-bytes" }], context);
      }
      tools.bringUp(node, context);
      this.#settle(context);
    }
  }

  // What the release has harmed is harmed for good.
  protected override release(context: Context<FaultMessage>): void {
    for (const node of this.tools.outages.heldBy(this.tools.fault)) {
      if (!this.#isHarmed(node, "crash")) this.tools.bringUp(node, context);
    }
  }

  #settle(context: Context<FaultMessage>): void {
    this.state.awaited--;
    if (this.state.awaited === 0) this.end(context);
  }

  #isHarmed(node: number, how: Restart["harm"]): boolean {
    return this.fault.harm === how && this.state.harmed.includes(node);
  }

  #harmed(context: Context<FaultMessage>): readonly number[] {
    const { targets } = this.state;
    const { failShare } = this.fault;
    if (failShare === undefined) return [];
    const { standing } = this.tools;
    const among = targets.map((node) => standing[node]!);
    const random = context.random("harmed");
    const chosen = selectTargets({ share: failShare, by: "random" }, among, random);
    return chosen.map((index) => targets[index]!);
  }

  protected override tally(context: Context<FaultMessage>): void {
    this.tools.tally(context);
  }
}
