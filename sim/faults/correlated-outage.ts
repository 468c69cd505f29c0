import type { Context } from "../engine/actor.ts";
import type { Outage } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { Injector } from "./injector.ts";
import { selectTargets } from "./select-targets.ts";

type PartOutage = Exclude<Outage, { kind: "crash" }>;
type AnyOutage = Outage & { readonly lasts?: PartOutage["lasts"] };

/** Nodes that go down together, for a while or for good, with or without their disks. */
export class CorrelatedOutage extends Injector<AnyOutage> {
  protected override choose(context: Context<FaultMessage>): readonly number[] {
    const { fault, tools } = this;
    if (fault.kind === "crash") return this.select(fault.nodes, context);
    const part = this.select(
      fault.kind === "region-outage" ? { region: fault.region } : { provider: fault.provider },
      context,
    );
    const { share } = fault;
    if (share >= 1) return part;
    const { standing } = tools;
    const inPart = part.map((node) => standing[node]!);
    const chosen = selectTargets({ share, by: "random" }, inPart, context.random("targets"));
    return chosen.map((index) => part[index]!);
  }

  protected override strike(context: Context<FaultMessage>): void {
    const { fault, tools } = this;
    const losesDisks = fault.kind === "crash" || fault.disks === "lost";
    for (const node of this.state.targets) {
      if (this.#isForGood()) tools.takeAway(node, losesDisks, context);
      else {
        tools.takeDown(node, context);
        if (losesDisks) tools.loseDisk(node, context);
      }
    }
  }

  protected override release(context: Context<FaultMessage>): void {
    if (this.#isForGood()) return;
    for (const node of this.state.targets) this.tools.bringUp(node, context);
  }

  protected override tally(context: Context<FaultMessage>): void {
    this.tools.tally(context);
  }

  #isForGood(): boolean {
    return this.fault.kind === "crash" || this.fault.lasts === "for-good";
  }
}
