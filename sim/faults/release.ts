import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { Restart } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { drawDuration, type FaultTools } from "./fault-tools.ts";
import { selectTargets } from "./select-targets.ts";

interface ReleaseState {
  /** Targets that have not come back yet. */
  awaited: number;
}

/** A new release: every target goes down once, at its own time within the window, and comes back. */
export class Release implements Actor<FaultMessage, ReleaseState> {
  readonly name: string;
  state: ReleaseState = { awaited: 0 };
  readonly #fault: Restart;
  readonly #tools: FaultTools;

  constructor(fault: Restart, tools: FaultTools) {
    this.name = tools.name;
    this.#fault = fault;
    this.#tools = tools;
  }

  start(context: Context<FaultMessage>): void {
    context.wake(this.#fault.at, { kind: "fault-begins" });
    this.#tools.awaitTally(context);
  }

  receive(message: FaultMessage, _from: ActorId, context: Context<FaultMessage>): void {
    const tools = this.#tools;
    switch (message.kind) {
      case "fault-begins":
        this.#begin(context);
        break;
      case "node-fails": {
        const { node } = message;
        tools.takeDown(node, context);
        const delay = drawDuration(this.#fault.downtime, tools.luckOf(node, "downtime", context));
        context.wake(delay, { kind: "node-returns", node });
        break;
      }
      case "node-returns":
        tools.bringUp(message.node, context);
        this.state.awaited--;
        if (this.state.awaited === 0) tools.end(context);
        break;
      case "tally":
        tools.tally(context);
        break;
    }
  }

  #begin(context: Context<FaultMessage>): void {
    const tools = this.#tools;
    const targets = selectTargets(this.#fault.nodes, tools.nodes, context.random("targets"));
    this.state.awaited = targets.length;
    tools.begin(targets, context);
    if (targets.length === 0) tools.end(context);
    for (const node of targets) {
      const delay = Math.round(tools.luckOf(node, "restart", context)() * this.#fault.within);
      context.wake(delay, { kind: "node-fails", node });
    }
  }
}
