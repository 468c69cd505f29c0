import type { ActorId, Context } from "../engine/actor.ts";
import type { RuleEffect, RuleId } from "../network/rules.ts";
import type { FaultMessage } from "./fault-message.ts";
import type { FaultTools } from "./fault-tools.ts";
import { type FaultState, Injector, type Timed } from "./injector.ts";

export interface LinkState extends FaultState {
  from: readonly ActorId[];
  to: readonly ActorId[];
  /** Empty unless the fault is on. */
  rules: readonly RuleId[];
}

/** A fault of the network between two sets of hosts. It bites each message that its rules act on. */
export abstract class LinkFault<F extends Timed> extends Injector<F, LinkState> {
  constructor(fault: F, tools: FaultTools) {
    super(fault, tools, { from: [], to: [], rules: [] });
  }

  /** What happens to a message there, and to one back. */
  protected abstract effects(): {
    readonly there: readonly RuleEffect[];
    readonly back: readonly RuleEffect[];
  };

  protected override strike(): void {
    const { state, tools } = this;
    const { from, to } = state;
    const { there, back } = this.effects();
    const rules = [
      ...there.map((effect) => ({ from, to, effect })),
      ...back.map((effect) => ({ from: to, to: from, effect })),
    ];
    state.rules = rules.map((rule) => tools.network.addRule(rule));
    state.countedBites = 0;
  }

  protected override release(context: Context<FaultMessage>): void {
    this.tally(context);
    for (const rule of this.state.rules) this.tools.network.removeRule(rule);
    this.state.rules = [];
  }

  protected override tally(context: Context<FaultMessage>): void {
    if (!this.state.isOn) return;
    const { network } = this.tools;
    const hits = this.state.rules.reduce((sum, rule) => sum + network.ruleHits(rule), 0);
    this.countBites(hits, context);
  }
}
