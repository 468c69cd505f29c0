import type { ActorId } from "../engine/actor.ts";
import { cloneState } from "../engine/clone-state.ts";
import type { SimTime } from "../engine/sim-time.ts";
import type { ParcelId } from "../engine/transport.ts";
import { growColumns } from "./columns.ts";

/** What is true of a parcel under way; all off when it is not. */
const UNDER_WAY = 1;
export const ANSWER = 2;
/** It is being served by the sender's uplink, by the receiver's downlink. */
export const ON_UPLINK = 4;
export const ON_DOWNLINK = 8;
/** An event of it is pending: its first byte arrives; its last byte arrives. */
export const APPROACHING = 16;
export const ARRIVING = 32;
/** The event of that link decides when it is delivered. */
export const WATCHED_UP = 64;
export const WATCHED_DOWN = 128;
/** Its first byte has arrived. */
export const BEGUN = 256;
/** It will never arrive, but the event of it that is pending will come. */
export const LOST = 512;
/** The same, and nobody waits for it. */
export const UNAWAITED = 1024;
/** It has been counted among the streams under way. */
export const STREAM = 2048;

const PENDING = APPROACHING | ARRIVING;
const TRANSFERRING = PENDING | ON_UPLINK | ON_DOWNLINK;

const noParcels = () => ({
  from: new Int32Array(0),
  to: new Int32Array(0),
  /** Number of the request it is, or answers; NO_CALL if it is neither. */
  call: new Float64Array(0),
  bytes: new Float64Array(0),
  sentAt: new Float64Array(0),
  /** What the links serve: its bytes, more under a rule that slows it. */
  work: new Float64Array(0),
  /** From the first byte sent to the first byte arrived. */
  delay: new Float64Array(0),
  /** When its last byte arrives; once it is lost, when that is told. */
  due: new Float64Array(0),
  flags: new Uint16Array(0),
});

/** What the network knows of the messages under way, by the number the world gives them. */
export class ParcelTable {
  columns = noParcels();

  get length(): number {
    return this.columns.flags.length;
  }

  add(
    parcel: ParcelId,
    from: ActorId,
    to: ActorId,
    bytes: number,
    answer: boolean,
    call: number,
    at: SimTime,
  ): void {
    if (parcel >= this.length) growColumns(this.columns, parcel + 64);
    const { columns } = this;
    columns.from[parcel] = from;
    columns.to[parcel] = to;
    columns.call[parcel] = call;
    columns.bytes[parcel] = bytes;
    columns.sentAt[parcel] = at;
    columns.flags[parcel] = answer ? UNDER_WAY | ANSWER : UNDER_WAY;
  }

  has(parcel: ParcelId, flag: number): boolean {
    return (this.columns.flags[parcel]! & flag) !== 0;
  }

  /** Whether it is under way and not lost. */
  alive(parcel: ParcelId): boolean {
    return (this.columns.flags[parcel]! & (UNDER_WAY | LOST)) === UNDER_WAY;
  }

  /** Whether it is a transfer, under way and not lost. */
  transferring(parcel: ParcelId): boolean {
    return this.alive(parcel) && this.has(parcel, TRANSFERRING);
  }

  /** Whether an event of a transfer is still to come, besides those of its links. */
  pending(parcel: ParcelId): boolean {
    return this.has(parcel, PENDING);
  }

  set(parcel: ParcelId, flag: number): void {
    this.columns.flags[parcel]! |= flag;
  }

  clear(parcel: ParcelId, flag: number): void {
    this.columns.flags[parcel]! &= ~flag;
  }

  remove(parcel: ParcelId): void {
    this.columns.flags[parcel] = 0;
  }

  snapshot(): unknown {
    return cloneState(this.columns);
  }

  restore(snapshot: unknown): void {
    this.columns = cloneState(snapshot) as ReturnType<typeof noParcels>;
  }
}
