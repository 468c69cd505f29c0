import { cloneState } from "../engine/clone-state.ts";
import { invariant } from "../engine/invariant.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import { growColumns } from "./columns.ts";

/** Names one flow on one link; whole numbers from 0, dense. */
export type EntryId = number;
/** Whole numbers from 0, dense. */
export type LinkId = number;

const emptyLinks = () => ({
  /** Bytes per µs. */
  rates: new Float64Array(0),
  /** Virtual time: bytes that each flow would have been given since the link was last idle. */
  served: new Float64Array(0),
  /** When `served` held: a whole µs, and so much after it. */
  whole: new Float64Array(0),
  after: new Float64Array(0),
});

const noEntries = () => ({
  /** In virtual time of its link. */
  ends: new Float64Array(0),
  /** Of joining: settles ties. */
  orders: new Float64Array(0),
});

/** Far above what doubles round off here, far below anything that matters: a millionth of a µs. */
const TOLERANCE = 1e-6;

/**
 * Links that share their rate equally among the flows on them, exactly (processor sharing).
 *
 * A flow of b bytes ends when `served` has grown by b, whoever joins or leaves meanwhile, so the order
 * of ends is known at the start: a heap a link. Time advances only where a flow joins or ends, never
 * where somebody looks, and it is counted from the last such whole µs: so a flow's end depends neither
 * on who asked when, nor on how late in the run it is.
 *
 * Flows that have ended are to be taken off a link before it is changed.
 */
export class FairLinks {
  /** Of the entry that `takeEnded` returned last: when it ended, rounded up to whole µs. */
  endedAt: SimTime = 0;
  #links = emptyLinks();
  #entries = noEntries();
  /** The flows of each link, the next to end first. */
  #heaps: EntryId[][] = [];
  #joinCount = 0;

  /** Adds all links up to this one, and sets its rate in bytes per µs. */
  add(link: LinkId, rate: number): void {
    growColumns(this.#links, link + 1);
    while (this.#heaps.length <= link) this.#heaps.push([]);
    this.setRate(link, rate, 0);
  }

  rateOf(link: LinkId): number {
    return this.#links.rates[link]!;
  }

  setRate(link: LinkId, rate: number, now: SimTime): void {
    invariant(rate > 0 && rate < Infinity, () => `a link's rate must be above 0, found ${rate}`);
    this.#advance(link, now);
    this.#links.rates[link] = rate;
  }

  /** A flow of so many bytes begins. True if it is the next of its link to end. */
  join(link: LinkId, entry: EntryId, bytes: number, now: SimTime): boolean {
    if (entry >= this.#entries.ends.length) growColumns(this.#entries, entry + 1);
    this.#advance(link, now);
    this.#entries.ends[entry] = this.#links.served[link]! + bytes;
    this.#entries.orders[entry] = this.#joinCount++;
    const heap = this.#heaps[link]!;
    heap.push(entry);
    this.#rise(heap, heap.length - 1);
    return heap[0] === entry;
  }

  /** Takes off the next flow if it has ended by `now`, and tells when in `endedAt`; -1 if none has. */
  takeEnded(link: LinkId, now: SimTime): EntryId {
    const heap = this.#heaps[link]!;
    if (heap.length === 0) return -1;
    const { served, whole, after } = this.#links;
    const end = this.#endOfFirst(link, heap);
    if (end > now - whole[link]! + TOLERANCE) return -1;
    const entry = heap[0]!;
    this.#removeAt(heap, 0);
    served[link] = heap.length === 0 ? 0 : this.#entries.ends[entry]!;
    after[link] = end;
    this.endedAt = whole[link]! + Math.ceil(end - TOLERANCE);
    return entry;
  }

  /** Ends a flow before its time. */
  remove(link: LinkId, entry: EntryId, now: SimTime): void {
    this.#advance(link, now);
    const heap = this.#heaps[link]!;
    const index = heap.indexOf(entry);
    invariant(index >= 0, () => `flow ${entry} is not on link ${link}`);
    this.#removeAt(heap, index);
    if (heap.length === 0) this.#links.served[link] = 0;
  }

  /** When the next flow ends if none joins before, rounded up to whole µs; Infinity if idle. */
  nextEnd(link: LinkId): SimTime {
    const heap = this.#heaps[link]!;
    if (heap.length === 0) return Infinity;
    return this.#links.whole[link]! + Math.ceil(this.#endOfFirst(link, heap) - TOLERANCE);
  }

  /** How long a flow still takes at most, if none joins: exact for the next to end. */
  remaining(link: LinkId, entry: EntryId, now: SimTime): Duration {
    const { rates, served, whole, after } = this.#links;
    const left = this.#entries.ends[entry]! - served[link]!;
    const elapsed = now - whole[link]! - after[link]!;
    return (left * this.#heaps[link]!.length) / rates[link]! - elapsed;
  }

  /** Bytes of a flow that the link has not served yet. */
  left(link: LinkId, entry: EntryId, now: SimTime): number {
    const { rates, served, whole, after } = this.#links;
    const elapsed = now - whole[link]! - after[link]!;
    const servedNow = served[link]! + (elapsed * rates[link]!) / this.#heaps[link]!.length;
    return Math.max(0, this.#entries.ends[entry]! - servedNow);
  }

  snapshot(): unknown {
    return cloneState([this.#links, this.#entries, this.#heaps, this.#joinCount]);
  }

  restore(snapshot: unknown): void {
    const [links, entries, heaps, joinCount] = cloneState(snapshot) as [
      ReturnType<typeof emptyLinks>,
      ReturnType<typeof noEntries>,
      EntryId[][],
      number,
    ];
    this.#links = links;
    this.#entries = entries;
    this.#heaps = heaps;
    this.#joinCount = joinCount;
  }

  /** In µs after `whole`. */
  #endOfFirst(link: LinkId, heap: readonly EntryId[]): number {
    const { rates, served, after } = this.#links;
    const left = this.#entries.ends[heap[0]!]! - served[link]!;
    return after[link]! + (left * heap.length) / rates[link]!;
  }

  #advance(link: LinkId, now: SimTime): void {
    const { rates, served, whole, after } = this.#links;
    const flowCount = this.#heaps[link]!.length;
    if (flowCount > 0) {
      const elapsed = now - whole[link]! - after[link]!;
      // It may have come to less than 0 by the tolerance.
      if (elapsed > 0) served[link] = served[link]! + (elapsed * rates[link]!) / flowCount;
    }
    whole[link] = now;
    after[link] = 0;
  }

  #before(a: EntryId, b: EntryId): boolean {
    const { ends, orders } = this.#entries;
    const difference = ends[a]! - ends[b]!;
    return difference < 0 || (difference === 0 && orders[a]! < orders[b]!);
  }

  #rise(heap: EntryId[], index: number): void {
    const entry = heap[index]!;
    let child = index;
    while (child > 0) {
      const parent = (child - 1) >> 1;
      if (!this.#before(entry, heap[parent]!)) break;
      heap[child] = heap[parent]!;
      child = parent;
    }
    heap[child] = entry;
  }

  #removeAt(heap: EntryId[], index: number): void {
    const last = heap.pop()!;
    if (index === heap.length) return;
    let parent = index;
    for (;;) {
      let child = 2 * parent + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && this.#before(heap[child + 1]!, heap[child]!)) child++;
      if (!this.#before(heap[child]!, last)) break;
      heap[parent] = heap[child]!;
      parent = child;
    }
    heap[parent] = last;
    if (parent === index) this.#rise(heap, index);
  }
}
