import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { Slow } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { drawDuration, type FaultTools } from "./fault-tools.ts";
import { selectTargets } from "./select-targets.ts";

interface SlowdownState {
  /** Empty unless the slowdown is on. */
  targets: readonly number[];
  /** Messages from and to the targets when they were last counted. */
  countedMessages: number;
}

/** Nodes whose work, or whose way over the network, takes longer for a while. Factors of several multiply. */
export class Slowdown implements Actor<FaultMessage, SlowdownState> {
  readonly name: string;
  state: SlowdownState = { targets: [], countedMessages: 0 };
  readonly #fault: Slow;
  readonly #tools: FaultTools;

  constructor(fault: Slow, tools: FaultTools) {
    this.name = tools.name;
    this.#fault = fault;
    this.#tools = tools;
  }

  start(context: Context<FaultMessage>): void {
    context.wake(this.#fault.at, { kind: "fault-begins" });
    this.#tools.awaitTally(context);
  }

  receive(message: FaultMessage, _from: ActorId, context: Context<FaultMessage>): void {
    const { lasts, nodes, factor } = this.#fault;
    const tools = this.#tools;
    switch (message.kind) {
      case "fault-begins":
        this.state.targets = selectTargets(nodes, tools.nodes, context.random("targets"));
        this.state.countedMessages = this.#messages();
        tools.begin(this.state.targets, context);
        this.#set(factor, context);
        context.wake(drawDuration(lasts, context.random("lasts")), { kind: "fault-ends" });
        break;
      case "fault-ends":
        this.#tally(context);
        this.#set(undefined, context);
        this.state.targets = [];
        tools.end(context);
        break;
      case "tally":
        this.#tally(context);
        break;
    }
  }

  #set(factor: number | undefined, context: Context<FaultMessage>): void {
    const { fault, outages } = this.#tools;
    for (const node of this.state.targets) {
      outages.setSlow(node, this.#fault.what, fault, factor);
      this.#apply(node, context);
    }
  }

  /** Makes a node as slow as all faults together will have it. */
  #apply(node: number, context: Context<FaultMessage>): void {
    const { what } = this.#fault;
    const tools = this.#tools;
    const { factor, fault = tools.fault } = tools.outages.slowness(node, what);
    if (what === "service") tools.tell(node, { kind: "slow-service", factor, fault }, context);
    else tools.network.scaleHost(tools.nodes[node]!.actor, { delay: factor, rate: 1 / factor });
  }

  // Slow service is counted by the node itself, for each request that it slows.
  #tally(context: Context<FaultMessage>): void {
    if (this.#fault.what === "service") return;
    const messages = this.#messages();
    this.#tools.bite(messages - this.state.countedMessages, context);
    this.state.countedMessages = messages;
  }

  #messages(): number {
    const { nodes, network } = this.#tools;
    let sum = 0;
    for (const node of this.state.targets) {
      const { messagesSent, messagesReceived } = network.counters(nodes[node]!.actor);
      sum += messagesSent + messagesReceived;
    }
    return sum;
  }
}
