import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { CohortMessage } from "./messages.ts";

/** A storage node as fault injectors know it: it hands what befalls it to the whole. */
export class CohortNode implements Actor<CohortMessage, null> {
  readonly name: string;
  state = null;
  readonly #node: number;
  readonly #system: ActorId;

  constructor(name: string, node: number, system: ActorId) {
    this.name = name;
    this.#node = node;
    this.#system = system;
  }

  receive(message: CohortMessage, _from: ActorId, context: Context<CohortMessage>): void {
    switch (message.kind) {
      case "crash":
      case "restart":
      case "lose-disk":
      case "behave":
      case "slow-service":
        context.send(this.#system, { kind: "befall", node: this.#node, mishap: message }, 0);
        break;
      default:
        break; // Not for a node.
    }
  }
}
