import type { ActorId } from "../engine/actor.ts";
import { cloneState } from "../engine/clone-state.ts";
import type { Engine, HandlerId } from "../engine/engine.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import type { ParcelId } from "../engine/transport.ts";
import { growColumns } from "./columns.ts";
import { FairLinks, type LinkId } from "./fair-links.ts";
import type { ParcelTable } from "./parcel-table.ts";
import * as flag from "./parcel-table.ts";

const uplinkOf = (actor: ActorId): LinkId => 2 * actor;
const downlinkOf = (actor: ActorId): LinkId => 2 * actor + 1;

const noWatches = () => ({
  /** Flows of a link of which its event decides when they are delivered. */
  watched: new Int32Array(0),
  /** Time of a link's pending event; Infinity if it has none, or only stale ones. */
  armedAt: new Float64Array(0),
});

/**
 * Messages that take up bandwidth: served by the sender's uplink from the start and by the receiver's
 * downlink from when the first byte arrives, and delivered when the last byte has arrived and the
 * downlink has served all (cut-through).
 *
 * Each flow is watched on one of its two links, the one that looks likely to end later; only a link
 * with a watched flow keeps an event pending, one, for its next end. On all others flows end without
 * an event, and that is found out when somebody looks.
 */
export class Transfers {
  readonly #engine: Engine;
  readonly #parcels: ParcelTable;
  readonly #onDelivered: (parcel: ParcelId) => void;
  readonly #onLostSeen: (parcel: ParcelId) => void;
  readonly #links = new FairLinks();
  #watches = noWatches();
  readonly #firstByte: HandlerId;
  readonly #lastByte: HandlerId;
  readonly #linkEvent: HandlerId;

  /**
   * @param onDelivered a transfer is complete, now
   * @param onLostSeen the pending event of a transfer that has been cut has come
   */
  constructor(
    engine: Engine,
    parcels: ParcelTable,
    onDelivered: (parcel: ParcelId) => void,
    onLostSeen: (parcel: ParcelId) => void,
  ) {
    this.#engine = engine;
    this.#parcels = parcels;
    this.#onDelivered = onDelivered;
    this.#onLostSeen = onLostSeen;
    this.#firstByte = engine.handler("first byte", (parcel) => this.#onFirstByte(parcel));
    this.#lastByte = engine.handler("last byte", (parcel) => this.#onLastByte(parcel));
    this.#linkEvent = engine.handler("link", (link) => this.#onLink(link));
  }

  /** Gives a host its links, of so many bytes per µs. */
  addHost(actor: ActorId, up: number, down: number): void {
    const length = this.#watches.armedAt.length;
    growColumns(this.#watches, downlinkOf(actor) + 1);
    this.#watches.armedAt.fill(Infinity, length);
    this.#links.add(uplinkOf(actor), up);
    this.#links.add(downlinkOf(actor), down);
  }

  /** Changes a host's links, for flows under way too. */
  setRates(actor: ActorId, up: number, down: number): void {
    const now = this.#engine.now;
    for (const [link, rate] of [
      [uplinkOf(actor), up] as const,
      [downlinkOf(actor), down] as const,
    ]) {
      this.#settleAll(link, now);
      this.#links.setRate(link, rate, now);
      this.#arm(link);
    }
  }

  /** Bytes per µs from one host to another when both links are idle. */
  idleRate(from: ActorId, to: ActorId): number {
    return Math.min(this.#links.rateOf(uplinkOf(from)), this.#links.rateOf(downlinkOf(to)));
  }

  /** Starts a parcel of the table on its way. */
  start(parcel: ParcelId, from: ActorId, work: number, delay: Duration): void {
    const now = this.#engine.now;
    const uplink = uplinkOf(from);
    this.#parcels.columns.work[parcel] = work;
    this.#parcels.columns.delay[parcel] = delay;
    this.#parcels.set(parcel, flag.ON_UPLINK | flag.APPROACHING);
    this.#settleAll(uplink, now);
    if (this.#links.join(uplink, 2 * parcel, work, now)) this.#arm(uplink);
    this.#engine.schedule(delay, this.#firstByte, parcel);
  }

  /** Work of a transfer that the sender's uplink has not done yet. */
  unsent(parcel: ParcelId): number {
    const now = this.#engine.now;
    const uplink = this.#uplink(parcel);
    this.#settleAll(uplink, now);
    if (!this.#parcels.has(parcel, flag.ON_UPLINK)) return 0;
    return this.#links.left(uplink, 2 * parcel, now);
  }

  /** Takes a transfer off its links. An event of it may remain pending. */
  cut(parcel: ParcelId): void {
    this.#leave(parcel, this.#uplink(parcel), 2 * parcel, flag.ON_UPLINK, flag.WATCHED_UP);
    this.#leave(
      parcel,
      this.#downlink(parcel),
      2 * parcel + 1,
      flag.ON_DOWNLINK,
      flag.WATCHED_DOWN,
    );
  }

  snapshot(): unknown {
    return { links: this.#links.snapshot(), watches: cloneState(this.#watches) };
  }

  restore(snapshot: unknown): void {
    const { links, watches } = snapshot as {
      links: unknown;
      watches: ReturnType<typeof noWatches>;
    };
    this.#links.restore(links);
    this.#watches = cloneState(watches);
  }

  #onFirstByte(parcel: ParcelId): void {
    const parcels = this.#parcels;
    parcels.clear(parcel, flag.APPROACHING);
    if (parcels.has(parcel, flag.LOST)) {
      this.#onLostSeen(parcel);
      return;
    }
    const now = this.#engine.now;
    const uplink = this.#uplink(parcel);
    const downlink = this.#downlink(parcel);
    const entry = 2 * parcel + 1;
    parcels.set(parcel, flag.BEGUN | flag.ON_DOWNLINK);
    this.#settleAll(downlink, now);
    if (this.#links.join(downlink, entry, parcels.columns.work[parcel]!, now)) this.#arm(downlink);
    this.#settleAll(uplink, now);
    const downIn = this.#links.remaining(downlink, entry, now);
    if (parcels.has(parcel, flag.ON_UPLINK)) {
      const upIn = this.#links.remaining(uplink, 2 * parcel, now) + parcels.columns.delay[parcel]!;
      if (upIn > downIn) this.#watch(parcel, uplink, flag.WATCHED_UP);
      else this.#watch(parcel, downlink, flag.WATCHED_DOWN);
    } else if (parcels.columns.due[parcel]! - now >= downIn) {
      this.#awaitLastByte(parcel);
    } else {
      this.#watch(parcel, downlink, flag.WATCHED_DOWN);
    }
  }

  #onLastByte(parcel: ParcelId): void {
    const parcels = this.#parcels;
    parcels.clear(parcel, flag.ARRIVING);
    if (parcels.has(parcel, flag.LOST)) {
      this.#onLostSeen(parcel);
      return;
    }
    const downlink = this.#downlink(parcel);
    this.#settleAll(downlink, this.#engine.now);
    if (!parcels.has(parcel, flag.ON_DOWNLINK)) this.#onDelivered(parcel);
    else this.#watch(parcel, downlink, flag.WATCHED_DOWN);
  }

  #onLink(link: LinkId): void {
    const now = this.#engine.now;
    if (this.#watches.armedAt[link] !== now) return; // Armed anew for an earlier time since.
    this.#watches.armedAt[link] = Infinity;
    const delivered = this.#settle(link, now);
    this.#arm(link);
    // Last, for whoever receives it may send, and so change the link.
    if (delivered >= 0) this.#onDelivered(delivered);
  }

  /** Takes off what has ended, up to the first flow that is delivered by that; -1 if none is. */
  #settle(link: LinkId, now: SimTime): ParcelId {
    for (;;) {
      const entry = this.#links.takeEnded(link, now);
      if (entry < 0) return -1;
      const parcel = entry >> 1;
      if ((entry & 1) === 0) this.#onUplinkEnded(parcel, link);
      else if (this.#onDownlinkEnded(parcel, link, now)) return parcel;
    }
  }

  /** Takes off all that has ended; what is delivered by that is so in an event of its own. */
  #settleAll(link: LinkId, now: SimTime): void {
    for (;;) {
      const delivered = this.#settle(link, now);
      if (delivered < 0) return;
      this.#parcels.columns.due[delivered] = now;
      this.#awaitLastByte(delivered);
    }
  }

  #onUplinkEnded(parcel: ParcelId, uplink: LinkId): void {
    const { columns } = this.#parcels;
    this.#parcels.clear(parcel, flag.ON_UPLINK);
    columns.due[parcel] = this.#links.endedAt + columns.delay[parcel]!;
    if (this.#unwatch(parcel, uplink, flag.WATCHED_UP)) this.#awaitLastByte(parcel);
  }

  /** True if that makes the transfer complete, now. */
  #onDownlinkEnded(parcel: ParcelId, downlink: LinkId, now: SimTime): boolean {
    this.#parcels.clear(parcel, flag.ON_DOWNLINK);
    if (!this.#unwatch(parcel, downlink, flag.WATCHED_DOWN)) return false;
    const uplink = this.#uplink(parcel);
    this.#settleAll(uplink, now);
    if (this.#parcels.has(parcel, flag.ON_UPLINK)) {
      this.#watch(parcel, uplink, flag.WATCHED_UP);
      return false;
    }
    if (this.#parcels.columns.due[parcel]! <= now) return true;
    this.#awaitLastByte(parcel);
    return false;
  }

  #awaitLastByte(parcel: ParcelId): void {
    this.#parcels.set(parcel, flag.ARRIVING);
    this.#engine.scheduleAt(this.#parcels.columns.due[parcel]!, this.#lastByte, parcel);
  }

  #watch(parcel: ParcelId, link: LinkId, side: number): void {
    this.#parcels.set(parcel, side);
    this.#watches.watched[link]!++;
    this.#arm(link);
  }

  /** True if it was watched there. */
  #unwatch(parcel: ParcelId, link: LinkId, side: number): boolean {
    if (!this.#parcels.has(parcel, side)) return false;
    this.#parcels.clear(parcel, side);
    this.#watches.watched[link]!--;
    return true;
  }

  /** Sees to it that an event is pending at the link's next end, or earlier: then it is armed anew. */
  #arm(link: LinkId): void {
    const { watched, armedAt } = this.#watches;
    if (watched[link] === 0) return;
    const next = this.#links.nextEnd(link);
    if (next >= armedAt[link]!) return;
    armedAt[link] = next;
    this.#engine.scheduleAt(next, this.#linkEvent, link);
  }

  #leave(parcel: ParcelId, link: LinkId, entry: number, on: number, side: number): void {
    if (!this.#parcels.has(parcel, on)) return;
    const now = this.#engine.now;
    this.#settleAll(link, now);
    if (!this.#parcels.has(parcel, on)) return; // Ended just now.
    this.#parcels.clear(parcel, on);
    this.#unwatch(parcel, link, side);
    this.#links.remove(link, entry, now);
    this.#arm(link);
  }

  #uplink(parcel: ParcelId): LinkId {
    return uplinkOf(this.#parcels.columns.from[parcel]!);
  }

  #downlink(parcel: ParcelId): LinkId {
    return downlinkOf(this.#parcels.columns.to[parcel]!);
  }
}
