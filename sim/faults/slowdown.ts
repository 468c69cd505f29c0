import type { Context } from "../engine/actor.ts";
import type { Slow } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { Injector } from "./injector.ts";

/** Nodes whose work, or whose way over the network, takes longer for a while. Factors of several multiply. */
export class Slowdown extends Injector<Slow> {
  protected override choose(context: Context<FaultMessage>): readonly number[] {
    return this.select(this.fault.nodes, context);
  }

  protected override strike(context: Context<FaultMessage>): void {
    this.state.countedBites = this.#messages();
    this.#set(this.fault.factor, context);
  }

  protected override release(context: Context<FaultMessage>): void {
    this.tally(context);
    this.#set(undefined, context);
  }

  // Slow service is counted by the node itself, for each request that it slows.
  protected override tally(context: Context<FaultMessage>): void {
    if (this.state.isOn && this.fault.what === "network") {
      this.countBites(this.#messages(), context);
    }
  }

  #set(factor: number | undefined, context: Context<FaultMessage>): void {
    const { fault, outages } = this.tools;
    for (const node of this.state.targets) {
      outages.setSlow(node, this.fault.what, fault, factor);
      this.#apply(node, context);
    }
  }

  /** Makes a node as slow as all faults together will have it. */
  #apply(node: number, context: Context<FaultMessage>): void {
    const { what } = this.fault;
    const { tools } = this;
    const { factor, fault = tools.fault } = tools.outages.slowness(node, what);
    if (what === "service") tools.tell(node, { kind: "slow-service", factor, fault }, context);
    else tools.network.scaleHost(tools.nodes[node]!.actor, { delay: factor, rate: 1 / factor });
  }

  /** From and to the targets so far. */
  #messages(): number {
    const { nodes, network } = this.tools;
    return this.state.targets.reduce((sum, node) => {
      const { messagesSent, messagesReceived } = network.counters(nodes[node]!.actor);
      return sum + messagesSent + messagesReceived;
    }, 0);
  }
}
