import type { HandlerId } from "../engine/engine.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import type { ParcelId, TransportPort } from "../engine/transport.ts";
import type { HostTable } from "./host-table.ts";
import { ANSWER, BEGUN, LOST, type ParcelTable, UNAWAITED } from "./parcel-table.ts";

export interface Patience {
  /** How long after sending a request to a peer that cannot be reached its sender is told. */
  readonly connectTimeout: Duration;
  /** How long after a connection broke whoever waits on it is told. */
  readonly keepAlive: Duration;
}

/** What has been lost, until whoever waits for it is told. */
export class LostMessages {
  readonly #port: TransportPort;
  readonly #parcels: ParcelTable;
  readonly #hosts: HostTable;
  readonly #patience: Patience;
  readonly #tell: HandlerId;

  constructor(port: TransportPort, parcels: ParcelTable, hosts: HostTable, patience: Patience) {
    this.#port = port;
    this.#parcels = parcels;
    this.#hosts = hosts;
    this.#patience = patience;
    this.#tell = port.engine.handler("tell lost", (parcel) => {
      parcels.remove(parcel);
      port.lose(parcel);
    });
  }

  /** Counts a message of the table as lost, and sees to it that whoever waits is told in time. */
  add(parcel: ParcelId): void {
    const { from, to, bytes, due } = this.#parcels.columns;
    this.#hosts.countLost(from[parcel]!, bytes[parcel]!);
    this.#hosts.blameDown(from[parcel]!, to[parcel]!);
    due[parcel] = this.#noticeTime(parcel);
    this.#parcels.set(parcel, LOST);
    // While an event of the parcel is pending its number must not be used again: that event goes on.
    if (!this.#parcels.pending(parcel)) this.scheduleNotice(parcel);
  }

  /** Takes a message of the table back: nobody waits for it, and nobody is told. */
  discard(parcel: ParcelId): void {
    if (this.#parcels.pending(parcel)) this.#parcels.set(parcel, LOST | UNAWAITED);
    else this.#drop(parcel);
  }

  /** For a lost parcel whose last event has come. */
  scheduleNotice(parcel: ParcelId): void {
    if (this.#parcels.has(parcel, UNAWAITED)) {
      this.#drop(parcel);
      return;
    }
    const { engine } = this.#port;
    const due = this.#parcels.columns.due[parcel]!;
    engine.scheduleAt(Math.max(due, engine.now), this.#tell, parcel);
  }

  #drop(parcel: ParcelId): void {
    this.#parcels.remove(parcel);
    this.#port.drop(parcel);
  }

  #noticeTime(parcel: ParcelId): SimTime {
    const { now } = this.#port.engine;
    const { connectTimeout, keepAlive } = this.#patience;
    // Then there is a connection, and what tells of its end is a ping without an answer.
    if (this.#parcels.has(parcel, ANSWER | BEGUN)) return now + keepAlive;
    return Math.max(now, this.#parcels.columns.sentAt[parcel]! + connectTimeout);
  }
}
