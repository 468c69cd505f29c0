import type { Context } from "../engine/actor.ts";
import type { Restart } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { drawDuration, type FaultTools } from "./fault-tools.ts";
import { type FaultState, Injector } from "./injector.ts";

interface ReleaseState extends FaultState {
  /** Targets that have not come back yet. */
  awaited: number;
}

/** A new release: every target goes down once, at its own time within the window, and comes back. */
export class Release extends Injector<Restart & { readonly lasts?: undefined }, ReleaseState> {
  constructor(fault: Restart, tools: FaultTools) {
    super(fault, tools, { awaited: 0 });
  }

  protected override choose(context: Context<FaultMessage>): readonly number[] {
    return this.select(this.fault.nodes, context);
  }

  protected override strike(context: Context<FaultMessage>): void {
    const { state, tools } = this;
    const { targets, round } = state;
    state.awaited = targets.length;
    if (targets.length === 0) this.end(context);
    for (const node of targets) {
      const delay = Math.round(tools.luckOf(node, "restart", context)() * this.fault.within);
      context.wake(delay, { kind: "node-fails", node, round });
    }
  }

  protected override follow(message: FaultMessage, context: Context<FaultMessage>): void {
    const { state, tools } = this;
    if (message.kind === "node-fails") {
      const { node, round } = message;
      tools.takeDown(node, context);
      const delay = drawDuration(this.fault.downtime, tools.luckOf(node, "downtime", context));
      context.wake(delay, { kind: "node-returns", node, round });
    } else if (message.kind === "node-returns") {
      tools.bringUp(message.node, context);
      state.awaited--;
      if (state.awaited === 0) this.end(context);
    }
  }

  protected override release(context: Context<FaultMessage>): void {
    this.tools.bringAllUp(context);
  }

  protected override tally(context: Context<FaultMessage>): void {
    this.tools.tally(context);
  }
}
