import type { Context } from "../engine/actor.ts";
import type { Outage } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { Injector } from "./injector.ts";
import { selectTargets } from "./select-targets.ts";

type OutageWithEnd = Outage & { readonly lasts?: Exclude<Outage, { kind: "crash" }>["lasts"] };

/** Nodes that go down together: some for good, or those of a region or a provider for a while. */
export class CorrelatedOutage extends Injector<OutageWithEnd> {
  protected override choose(context: Context<FaultMessage>): readonly number[] {
    const { fault, tools } = this;
    if (fault.kind === "crash") return this.select(fault.nodes, context);
    const part = this.select(
      fault.kind === "region-outage" ? { region: fault.region } : { provider: fault.provider },
      context,
    );
    const inPart = part.map((node) => tools.nodes[node]!);
    const { share } = fault;
    const chosen = selectTargets({ share, by: "random" }, inPart, context.random("targets"));
    return chosen.map((index) => part[index]!);
  }

  protected override strike(context: Context<FaultMessage>): void {
    for (const node of this.state.targets) {
      if (this.fault.kind === "crash") this.tools.takeAway(node, context);
      else this.tools.takeDown(node, context);
    }
  }

  protected override release(context: Context<FaultMessage>): void {
    for (const node of this.state.targets) this.tools.bringUp(node, context);
  }

  protected override tally(context: Context<FaultMessage>): void {
    this.tools.tally(context);
  }
}
