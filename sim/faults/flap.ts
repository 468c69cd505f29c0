import type { Context } from "../engine/actor.ts";
import type { Flap } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { drawDuration } from "./fault-tools.ts";
import { Injector } from "./injector.ts";

/** Nodes that go down and come back in quick turn, each at its own times, until the fault ends. */
export class Flapping extends Injector<Flap> {
  protected override choose(context: Context<FaultMessage>): readonly number[] {
    return this.select(this.fault.nodes, context);
  }

  protected override strike(context: Context<FaultMessage>): void {
    for (const node of this.state.targets) this.#takeDown(node, context);
  }

  protected override follow(message: FaultMessage, context: Context<FaultMessage>): void {
    if (message.kind === "node-fails") {
      this.#takeDown(message.node, context);
    } else if (message.kind === "node-returns") {
      const { node, round } = message;
      this.tools.bringUp(node, context);
      const up = drawDuration(this.fault.up, this.tools.luckOf(node, "up", context));
      context.wake(up, { kind: "node-fails", node, round });
    }
  }

  protected override release(context: Context<FaultMessage>): void {
    this.tools.bringAllUp(context);
  }

  protected override tally(context: Context<FaultMessage>): void {
    this.tools.tally(context);
  }

  #takeDown(node: number, context: Context<FaultMessage>): void {
    this.tools.takeDown(node, context);
    const down = drawDuration(this.fault.down, this.tools.luckOf(node, "down", context));
    context.wake(down, { kind: "node-returns", node, round: this.state.round });
  }
}
