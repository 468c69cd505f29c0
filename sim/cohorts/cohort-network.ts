import type { ActorId } from "../engine/actor.ts";
import type { NetworkControl } from "../faults/network-control.ts";
import type { CohortClient } from "./cohort-client.ts";
import type { StorageSystem } from "./storage-system.ts";

type Counters = ReturnType<NetworkControl["counters"]>;

/**
 * What fault injectors see of a network that is not there: nodes are told of their outages themselves,
 * delays and rates of a node become its own, and what meets a node that is down are sampled requests.
 */
export class CohortNetwork implements NetworkControl {
  readonly #system: StorageSystem;
  readonly #clients: readonly CohortClient[];
  readonly #scale: (node: ActorId, delay: number, rate: number) => void;

  /** `scale` tells the system, as an event of its own. */
  constructor(
    system: StorageSystem,
    clients: readonly CohortClient[],
    scale: (node: ActorId, delay: number, rate: number) => void,
  ) {
    this.#system = system;
    this.#clients = clients;
    this.#scale = scale;
  }

  setHost(): void {}

  scaleHost(node: ActorId, { delay = 1, rate = 1 }: { delay?: number; rate?: number }): void {
    this.#scale(node, delay, rate);
  }

  lostWhileDown(node: number): number {
    return this.#clients.reduce((sum, { state }) => sum + state.lostRequests[node]!, 0);
  }

  counters(node: number): Counters {
    const { bytesSent, bytesReceived } = this.#system.state.nodes[node]!;
    let [sent, late, received, requests, lost] = [bytesSent, 0, bytesReceived, 0, 0];
    for (const { state } of this.#clients) {
      sent += state.sentByNodes[node]!;
      late += state.sentTooLate[node]!;
      received += state.sentToNodes[node]!;
      requests += state.requests[node]!;
      lost += state.lostRequests[node]!;
    }
    const answered = requests - lost;
    return {
      messagesSent: answered,
      bytesSent: Math.round(sent),
      messagesDelivered: answered,
      bytesDelivered: Math.round(sent - late),
      messagesLost: lost,
      messagesAbandoned: 0,
      bytesAbandoned: Math.round(late),
      bytesLost: 0,
      messagesReceived: answered,
      bytesReceived: Math.round(received),
    };
  }

  /** Rules between pairs of hosts are refused where the scenario is read. */
  addRule(): number {
    throw new Error("an aggregated world has no links between hosts");
  }

  removeRule(): boolean {
    return false;
  }

  ruleHits(): number {
    return 0;
  }
}
