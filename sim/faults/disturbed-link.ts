import type { Context } from "../engine/actor.ts";
import type { RuleEffect } from "../network/rules.ts";
import type { Disturbance } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { LinkFault } from "./link-fault.ts";
import { hostsOfSides } from "./sides.ts";

/** Two sides that cannot reach each other, or only badly, for a while. */
export class DisturbedLink extends LinkFault<Disturbance> {
  protected override choose(context: Context<FaultMessage>): readonly number[] {
    const { fault, state, tools } = this;
    const { from, to } = hostsOfSides(fault, tools, context);
    state.from = from;
    state.to = to;
    return tools.nodes.flatMap(({ actor }, node) => (from.includes(actor) ? [node] : []));
  }

  protected override effects() {
    const { fault } = this;
    const there = effectsOf(fault);
    return { there, back: fault.kind === "partition" && !fault.oneWay ? there : [] };
  }
}

function effectsOf(fault: Disturbance): RuleEffect[] {
  if (fault.kind === "partition") return [{ kind: "drop" }];
  const { loss = 0, delay = 0, rate = 1 } = fault;
  if (loss >= 1) return [{ kind: "drop" }]; // Sending again would not help.
  const effects: RuleEffect[] = [];
  if (loss > 0) effects.push({ kind: "loss", probability: loss });
  if (delay > 0) effects.push({ kind: "delay", add: delay });
  if (rate !== 1) effects.push({ kind: "rate", factor: rate });
  return effects;
}
