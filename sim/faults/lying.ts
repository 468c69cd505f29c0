import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { Liars } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import type { FaultTools } from "./fault-tools.ts";
import { selectTargets } from "./select-targets.ts";

/** Nodes that turn dishonest, for good. The node itself counts each lie. */
export class Lying implements Actor<FaultMessage, null> {
  readonly name: string;
  state = null;
  readonly #fault: Liars;
  readonly #tools: FaultTools;

  constructor(fault: Liars, tools: FaultTools) {
    this.name = tools.name;
    this.#fault = fault;
    this.#tools = tools;
  }

  start(context: Context<FaultMessage>): void {
    context.wake(this.#fault.from, { kind: "fault-begins" });
  }

  receive(message: FaultMessage, _from: ActorId, context: Context<FaultMessage>): void {
    if (message.kind !== "fault-begins") return;
    const tools = this.#tools;
    const { nodes, behaviour } = this.#fault;
    const targets = selectTargets(nodes, tools.nodes, context.random("targets"));
    tools.begin(targets, context);
    for (const node of targets) {
      const lies = [{ kind: behaviour }];
      tools.tell(node, { kind: "behave", lies, fault: tools.fault }, context);
    }
  }
}
