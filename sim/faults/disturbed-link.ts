import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { Rule, RuleEffect, RuleId } from "../network/rules.ts";
import type { Disturbance } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { drawDuration, type FaultTools } from "./fault-tools.ts";
import { hostsOfSides } from "./sides.ts";

interface DisturbanceState {
  /** Empty unless the disturbance is on. */
  rules: readonly RuleId[];
  /** Messages that the rules had acted on when they were last counted. */
  countedHits: number;
}

/** Two sides that cannot reach each other, or only badly, for a while. */
export class DisturbedLink implements Actor<FaultMessage, DisturbanceState> {
  readonly name: string;
  state: DisturbanceState = { rules: [], countedHits: 0 };
  readonly #fault: Disturbance;
  readonly #tools: FaultTools;

  constructor(fault: Disturbance, tools: FaultTools) {
    this.name = tools.name;
    this.#fault = fault;
    this.#tools = tools;
  }

  start(context: Context<FaultMessage>): void {
    context.wake(this.#fault.at, { kind: "fault-begins" });
    this.#tools.awaitTally(context);
  }

  receive(message: FaultMessage, _from: ActorId, context: Context<FaultMessage>): void {
    switch (message.kind) {
      case "fault-begins":
        this.#begin(context);
        break;
      case "fault-ends":
        this.#tally(context);
        for (const rule of this.state.rules) this.#tools.network.removeRule(rule);
        this.state.rules = [];
        this.#tools.end(context);
        break;
      case "tally":
        this.#tally(context);
        break;
    }
  }

  #begin(context: Context<FaultMessage>): void {
    const tools = this.#tools;
    const fault = this.#fault;
    const { from, to } = hostsOfSides(fault, tools, context);
    const there = rules(fault, from, to);
    const back = fault.kind === "partition" && !fault.oneWay ? rules(fault, to, from) : [];
    this.state.rules = [...there, ...back].map((rule) => tools.network.addRule(rule));
    this.state.countedHits = 0;
    const struck = tools.nodes.flatMap(({ actor }, node) => (from.includes(actor) ? [node] : []));
    tools.begin(struck, context);
    context.wake(drawDuration(fault.lasts, context.random("lasts")), { kind: "fault-ends" });
  }

  #tally(context: Context<FaultMessage>): void {
    const { network } = this.#tools;
    const hits = this.state.rules.reduce((sum, rule) => sum + network.ruleHits(rule), 0);
    this.#tools.bite(hits - this.state.countedHits, context);
    this.state.countedHits = hits;
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
