import type { Context } from "../engine/actor.ts";
import type { DiskLoss } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { drawDuration } from "./fault-tools.ts";
import { Injector } from "./injector.ts";

/** Nodes that lose all they hold, and stay up: all at one time, or each again and again. */
export class DiskFailure extends Injector<DiskLoss & { readonly lasts?: undefined }> {
  // The node counts what it finds to recover.
  protected override get isTallied(): boolean {
    return false;
  }

  protected override get passes(): boolean {
    return true;
  }

  protected override choose(context: Context<FaultMessage>): readonly number[] {
    return this.select(this.fault.nodes, context);
  }

  protected override strike(context: Context<FaultMessage>): void {
    const { targets } = this.state;
    if (this.fault.timeToFailure !== undefined) {
      for (const node of targets) this.#awaitNext(node, context);
    } else {
      for (const node of targets) this.tools.loseDisk(node, context);
      this.end(context);
    }
  }

  protected override follow(message: FaultMessage, context: Context<FaultMessage>): void {
    if (message.kind !== "node-fails") return;
    this.tools.loseDisk(message.node, context);
    this.#awaitNext(message.node, context);
  }

  #awaitNext(node: number, context: Context<FaultMessage>): void {
    const { timeToFailure } = this.fault;
    if (timeToFailure === undefined) return;
    const luck = this.tools.luckOf(node, "failure", context);
    const { round } = this.state;
    context.wake(drawDuration(timeToFailure, luck), { kind: "node-fails", node, round });
  }
}
