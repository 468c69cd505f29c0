import type { Context } from "../engine/actor.ts";
import type { RuleEffect } from "../network/rules.ts";
import type { Eclipse } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { LinkFault } from "./link-fault.ts";

/** A client that reaches only liars: what goes between it and all other nodes is lost, or late. */
export class EclipsedClient extends LinkFault<Eclipse> {
  protected override choose(context: Context<FaultMessage>): readonly number[] {
    const { fault, state, tools } = this;
    const liars = this.select(fault.liars, context);
    const honest = tools.nodes.flatMap((_, node) => (liars.includes(node) ? [] : [node]));
    const { clients, nodes } = tools.world;
    state.from = clients.filter(({ place }) => place === fault.client).map(({ actor }) => actor);
    state.to = honest.map((node) => nodes[node]!.actor);
    return honest;
  }

  protected override effects() {
    const { delay } = this.fault;
    const effect: RuleEffect =
      delay === undefined ? { kind: "drop" } : { kind: "delay", add: delay };
    return { there: [effect], back: [effect] };
  }
}
