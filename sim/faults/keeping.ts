import type { Context } from "../engine/actor.ts";
import type { KeepShare } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { Injector } from "./injector.ts";

/** Nodes that keep but a share of what they confirm, each another. The node itself counts each lie. */
export class Keeping extends Injector<KeepShare & { readonly at?: undefined }> {
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
    const { keeps: share } = this.fault;
    for (const node of this.state.targets) {
      this.tools.behave(node, [{ kind: "keep-share", share, salt: node }], context);
    }
  }

  // What is gone is gone: a node that turns honest would have to recover it.
  protected override release(): void {}
}
