import type { ActorId } from "../engine/actor.ts";
import { cloneState } from "../engine/clone-state.ts";
import { growColumns } from "./columns.ts";

/** What one actor has done on the network, in whole messages and bytes. */
export interface TrafficCounters {
  readonly messagesSent: number;
  readonly bytesSent: number;
  /** Of those it sent. */
  readonly messagesDelivered: number;
  readonly bytesDelivered: number;
  /** Of those it sent. */
  readonly messagesLost: number;
  readonly bytesLost: number;
  /** Of those it sent: taken back half sent, because nobody waited for them any more; so far as they were sent. */
  readonly messagesAbandoned: number;
  readonly bytesAbandoned: number;
  /** From any sender. */
  readonly messagesReceived: number;
  readonly bytesReceived: number;
}

const noHosts = () => ({
  /** 0 for an actor that is not on the network: it talks at once and for free. */
  attached: new Uint8Array(0),
  down: new Uint8Array(0),
  /** On the delay of every message from or to the host. */
  delayFactor: new Float64Array(0),
  messagesSent: new Float64Array(0),
  bytesSent: new Float64Array(0),
  messagesDelivered: new Float64Array(0),
  bytesDelivered: new Float64Array(0),
  messagesLost: new Float64Array(0),
  bytesLost: new Float64Array(0),
  messagesAbandoned: new Float64Array(0),
  bytesAbandoned: new Float64Array(0),
  messagesReceived: new Float64Array(0),
  bytesReceived: new Float64Array(0),
  /** From or to it, because it was down. */
  lostWhileDown: new Float64Array(0),
});

/** How the hosts are and what they have sent, by actor. */
export class HostTable {
  columns = noHosts();

  attach(actor: ActorId): void {
    this.reach(actor);
    this.columns.attached[actor] = 1;
    this.columns.delayFactor[actor] = 1;
  }

  /** Makes room for all actors up to this one. */
  reach(actor: ActorId): void {
    if (actor >= this.columns.down.length) growColumns(this.columns, actor + 1);
  }

  countSent(from: ActorId, bytes: number): void {
    this.columns.messagesSent[from]!++;
    this.columns.bytesSent[from]! += bytes;
  }

  countDelivered(from: ActorId, to: ActorId, bytes: number): void {
    const { columns } = this;
    columns.messagesDelivered[from]!++;
    columns.bytesDelivered[from]! += bytes;
    columns.messagesReceived[to]!++;
    columns.bytesReceived[to]! += bytes;
  }

  countLost(from: ActorId, bytes: number): void {
    this.columns.messagesLost[from]!++;
    this.columns.bytesLost[from]! += bytes;
  }

  /** A message that was counted as sent has been taken back before so many bytes of it were sent. */
  countAbandoned(from: ActorId, bytes: number, unsent: number): void {
    this.columns.bytesSent[from]! -= unsent;
    this.columns.messagesAbandoned[from]!++;
    this.columns.bytesAbandoned[from]! += bytes - unsent;
  }

  /** Blames a loss on whichever of its two ends is down. */
  blameDown(from: ActorId, to: ActorId): void {
    const { down, lostWhileDown } = this.columns;
    lostWhileDown[from]! += down[from]!;
    lostWhileDown[to]! += down[to]!;
  }

  counters(actor: ActorId): TrafficCounters {
    const { columns } = this;
    return {
      messagesSent: columns.messagesSent[actor] ?? 0,
      bytesSent: columns.bytesSent[actor] ?? 0,
      messagesDelivered: columns.messagesDelivered[actor] ?? 0,
      bytesDelivered: columns.bytesDelivered[actor] ?? 0,
      messagesLost: columns.messagesLost[actor] ?? 0,
      bytesLost: columns.bytesLost[actor] ?? 0,
      messagesAbandoned: columns.messagesAbandoned[actor] ?? 0,
      bytesAbandoned: columns.bytesAbandoned[actor] ?? 0,
      messagesReceived: columns.messagesReceived[actor] ?? 0,
      bytesReceived: columns.bytesReceived[actor] ?? 0,
    };
  }

  snapshot(): unknown {
    return cloneState(this.columns);
  }

  restore(snapshot: unknown): void {
    this.columns = cloneState(snapshot) as ReturnType<typeof noHosts>;
  }
}
