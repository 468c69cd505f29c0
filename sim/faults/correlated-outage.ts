import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { FaultNode, Outage } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { drawDuration, type FaultTools } from "./fault-tools.ts";
import { selectTargets } from "./select-targets.ts";

interface OutageState {
  targets: readonly number[];
}

/** Nodes that go down together: some for good, or those of a region or a provider for a while. */
export class CorrelatedOutage implements Actor<FaultMessage, OutageState> {
  readonly name: string;
  state: OutageState = { targets: [] };
  readonly #fault: Outage;
  readonly #tools: FaultTools;

  constructor(fault: Outage, tools: FaultTools) {
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
        for (const node of this.state.targets) this.#tools.bringUp(node, context);
        this.#tools.end(context);
        break;
      case "tally":
        this.#tools.tally(context);
        break;
    }
  }

  #begin(context: Context<FaultMessage>): void {
    const tools = this.#tools;
    const fault = this.#fault;
    const targets = struck(fault, tools.nodes, context);
    this.state.targets = targets;
    tools.begin(targets, context);
    if (fault.kind === "crash") {
      for (const node of targets) tools.takeAway(node, context);
    } else {
      for (const node of targets) tools.takeDown(node, context);
      context.wake(drawDuration(fault.lasts, context.random("lasts")), { kind: "fault-ends" });
    }
  }
}

function struck(
  fault: Outage,
  nodes: readonly FaultNode[],
  context: Context<FaultMessage>,
): number[] {
  const random = context.random("targets");
  if (fault.kind === "crash") return selectTargets(fault.nodes, nodes, random);
  const part = selectTargets(
    fault.kind === "region-outage" ? { region: fault.region } : { provider: fault.provider },
    nodes,
    random,
  );
  const inPart = part.map((node) => nodes[node]!);
  const chosen = selectTargets({ share: fault.share, by: "random" }, inPart, random);
  return chosen.map((index) => part[index]!);
}
