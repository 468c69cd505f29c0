import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { DiskLoss } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { drawDuration, type FaultTools } from "./fault-tools.ts";
import { selectTargets } from "./select-targets.ts";

/** Nodes that lose all they hold, and stay up: all at one time, or each again and again. */
export class DiskFailure implements Actor<FaultMessage, null> {
  readonly name: string;
  state = null;
  readonly #fault: DiskLoss;
  readonly #tools: FaultTools;

  constructor(fault: DiskLoss, tools: FaultTools) {
    this.name = tools.name;
    this.#fault = fault;
    this.#tools = tools;
  }

  start(context: Context<FaultMessage>): void {
    context.wake(this.#fault.at ?? 0, { kind: "fault-begins" });
  }

  receive(message: FaultMessage, _from: ActorId, context: Context<FaultMessage>): void {
    switch (message.kind) {
      case "fault-begins":
        this.#begin(context);
        break;
      case "node-fails":
        this.#tools.loseDisk(message.node, context);
        this.#awaitNext(message.node, context);
        break;
    }
  }

  #begin(context: Context<FaultMessage>): void {
    const tools = this.#tools;
    const targets = selectTargets(this.#fault.nodes, tools.nodes, context.random("targets"));
    tools.begin(targets, context);
    if (this.#fault.timeToFailure !== undefined) {
      for (const node of targets) this.#awaitNext(node, context);
    } else {
      for (const node of targets) tools.loseDisk(node, context);
      tools.end(context);
    }
  }

  #awaitNext(node: number, context: Context<FaultMessage>): void {
    const { timeToFailure } = this.#fault;
    if (timeToFailure === undefined) return;
    const luck = this.#tools.luckOf(node, "failure", context);
    context.wake(drawDuration(timeToFailure, luck), { kind: "node-fails", node });
  }
}
