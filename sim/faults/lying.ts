import type { Context } from "../engine/actor.ts";
import type { Lie } from "../protocol/lies.ts";
import type { Liars } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { Injector } from "./injector.ts";

/** Nodes that turn dishonest. The node itself counts each lie. */
export class Lying extends Injector<Liars & { readonly at?: undefined }> {
  protected override get at() {
    return this.fault.from;
  }

  protected override get isTallied(): boolean {
    return false;
  }

  protected override choose(context: Context<FaultMessage>): readonly number[] {
    return this.select(this.fault.nodes, context);
  }

  protected override strike(context: Context<FaultMessage>): void {
    this.#tell([{ kind: this.fault.behaviour }], context);
  }

  protected override release(context: Context<FaultMessage>): void {
    this.#tell([], context);
  }

  #tell(lies: readonly Lie[], context: Context<FaultMessage>): void {
    const { state, tools } = this;
    for (const node of state.targets) {
      tools.tell(node, { kind: "behave", lies, fault: tools.fault }, context);
    }
  }
}
