import type { ActorId, Context } from "../engine/actor.ts";
import type { Rule, RuleEffect, RuleId } from "../network/rules.ts";
import type { Disturbance } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import type { FaultTools } from "./fault-tools.ts";
import { type FaultState, Injector } from "./injector.ts";
import { hostsOfSides } from "./sides.ts";

interface DisturbanceState extends FaultState {
  from: readonly ActorId[];
  to: readonly ActorId[];
  /** Empty unless the disturbance is on. */
  rules: readonly RuleId[];
}

/** Two sides that cannot reach each other, or only badly, for a while. */
export class DisturbedLink extends Injector<Disturbance, DisturbanceState> {
  constructor(fault: Disturbance, tools: FaultTools) {
    super(fault, tools, { from: [], to: [], rules: [] });
  }

  protected override choose(context: Context<FaultMessage>): readonly number[] {
    const { fault, state, tools } = this;
    const { from, to } = hostsOfSides(fault, tools, context);
    state.from = from;
    state.to = to;
    return tools.nodes.flatMap(({ actor }, node) => (from.includes(actor) ? [node] : []));
  }

  protected override strike(): void {
    const { fault, state, tools } = this;
    const { from, to } = state;
    const there = rules(fault, from, to);
    const back = fault.kind === "partition" && !fault.oneWay ? rules(fault, to, from) : [];
    state.rules = [...there, ...back].map((rule) => tools.network.addRule(rule));
    state.countedBites = 0;
  }

  protected override release(context: Context<FaultMessage>): void {
    this.tally(context);
    for (const rule of this.state.rules) this.tools.network.removeRule(rule);
    this.state.rules = [];
  }

  protected override tally(context: Context<FaultMessage>): void {
    const { network } = this.tools;
    const hits = this.state.rules.reduce((sum, rule) => sum + network.ruleHits(rule), 0);
    if (this.state.isOn) this.countBites(hits, context);
  }
}

function rules(fault: Disturbance, from: readonly ActorId[], to: readonly ActorId[]): Rule[] {
  return effects(fault).map((effect) => ({ from, to, effect }));
}

function effects(fault: Disturbance): RuleEffect[] {
  if (fault.kind === "partition") return [{ kind: "drop" }];
  const { loss = 0, delay = 0, rate = 1 } = fault;
  if (loss >= 1) return [{ kind: "drop" }]; // Sending again would not help.
  const effects: RuleEffect[] = [];
  if (loss > 0) effects.push({ kind: "loss", probability: loss });
  if (delay > 0) effects.push({ kind: "delay", add: delay });
  if (rate !== 1) effects.push({ kind: "rate", factor: rate });
  return effects;
}
