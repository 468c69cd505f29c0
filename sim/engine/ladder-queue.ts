import type { EventQueue } from "./event-queue.ts";

/** Records a chunk: 16 of two doubles are four cache lines. */
const CHUNK_RECORDS = 16;
/** At most this many buckets a rung: the heads, tails and counts of one rung stay in the first cache. */
const BUCKETS_MAX = 1024;
/** Events a bucket a new rung aims at. */
const BUCKET_TARGET = 8;
/** Up to so many events are sorted by insertion; more become a rung. */
const SORT_MAX = 48;

/** One subdivision of time into buckets of equal width. */
interface Rung {
  readonly head: Int32Array;
  readonly tail: Int32Array;
  readonly count: Int32Array;
  start: number;
  /** A power of two, so that bucket numbers and bounds are exact. */
  width: number;
  /** Buckets before this one have been emptied; `current` is its lower bound. */
  index: number;
  current: number;
  size: number;
}

/**
 * A ladder queue (Tang, Goh and Thng, ACM TOMACS 15(3), 2005) in chunks.
 *
 * Events far away lie unsorted in the top; when they come near they are distributed over the buckets
 * of a rung, a crowded bucket over a finer rung, and a small one into the bottom, sorted by insertion.
 * Appending, distributing in order and inserting behind equals are all stable: equal times leave first
 * in, first out, and no sequence number is stored. Times are integers and widths powers of two, so no
 * rounding can put two equal times on different sides of a bound.
 */
export class LadderQueue implements EventQueue {
  time = 0;
  payload = 0;
  #size = 0;

  // Records (time, payload) of the top and of all rungs, in chunks chained by #next.
  #records = new Float64Array(64 * CHUNK_RECORDS * 2);
  #next = new Int32Array(64);
  #free = -1;

  #topHead = -1;
  #topTail = -1;
  #topCount = 0;
  #topMin = Number.POSITIVE_INFINITY;
  #topMax = Number.NEGATIVE_INFINITY;
  /** Events from here on go to the top. */
  #topStart = 0;

  /** Coarse to fine; those from #rungCount on are spare. */
  readonly #rungs: Rung[] = [];
  #rungCount = 0;

  /** Sorted: what is next, in [#bottomLow, #bottomHigh). */
  #bottomTimes = new Float64Array(256);
  #bottomPayloads = new Float64Array(256);
  #bottomLow = 0;
  #bottomHigh = 0;

  constructor() {
    this.#chainFree(0);
  }

  get size(): number {
    return this.#size;
  }

  push(time: number, payload: number): void {
    this.#size++;
    if (time >= this.#topStart) {
      this.#pushTop(time, payload);
      return;
    }
    for (let index = 0; index < this.#rungCount; index++) {
      const rung = this.#rungs[index]!;
      if (time >= rung.current) {
        this.#put(rung, time, payload);
        return;
      }
    }
    this.#insert(time, payload);
    if (this.#bottomHigh - this.#bottomLow > SORT_MAX * 2) this.#spreadBottom();
  }

  pop(): boolean {
    return this.popUntil(Number.POSITIVE_INFINITY);
  }

  popUntil(limit: number): boolean {
    if (this.#bottomLow === this.#bottomHigh && !this.#refill()) return false;
    const index = this.#bottomLow;
    const time = this.#bottomTimes[index]!;
    if (time > limit) return false;
    this.#bottomLow = index + 1;
    this.time = time;
    this.payload = this.#bottomPayloads[index]!;
    this.#size--;
    return true;
  }

  clone(): LadderQueue {
    const copy = new LadderQueue();
    copy.time = this.time;
    copy.payload = this.payload;
    copy.#size = this.#size;
    copy.#records = this.#records.slice();
    copy.#next = this.#next.slice();
    copy.#free = this.#free;
    copy.#topHead = this.#topHead;
    copy.#topTail = this.#topTail;
    copy.#topCount = this.#topCount;
    copy.#topMin = this.#topMin;
    copy.#topMax = this.#topMax;
    copy.#topStart = this.#topStart;
    for (const rung of this.#rungs.slice(0, this.#rungCount)) {
      copy.#rungs.push({
        ...rung,
        head: rung.head.slice(),
        tail: rung.tail.slice(),
        count: rung.count.slice(),
      });
    }
    copy.#rungCount = this.#rungCount;
    copy.#bottomTimes = this.#bottomTimes.slice();
    copy.#bottomPayloads = this.#bottomPayloads.slice();
    copy.#bottomLow = this.#bottomLow;
    copy.#bottomHigh = this.#bottomHigh;
    return copy;
  }

  #pushTop(time: number, payload: number): void {
    const offset = this.#topCount % CHUNK_RECORDS;
    if (offset === 0) {
      const chunk = this.#takeChunk();
      if (this.#topCount === 0) this.#topHead = chunk;
      else this.#next[this.#topTail] = chunk;
      this.#topTail = chunk;
    }
    const at = (this.#topTail * CHUNK_RECORDS + offset) * 2;
    this.#records[at] = time;
    this.#records[at + 1] = payload;
    this.#topCount++;
    if (time < this.#topMin) this.#topMin = time;
    if (time > this.#topMax) this.#topMax = time;
  }

  #put(rung: Rung, time: number, payload: number): void {
    const bucket = ((time - rung.start) / rung.width) | 0;
    const count = rung.count[bucket]!;
    const offset = count % CHUNK_RECORDS;
    if (offset === 0) {
      const chunk = this.#takeChunk();
      if (count === 0) rung.head[bucket] = chunk;
      else this.#next[rung.tail[bucket]!] = chunk;
      rung.tail[bucket] = chunk;
    }
    const at = (rung.tail[bucket]! * CHUNK_RECORDS + offset) * 2;
    this.#records[at] = time;
    this.#records[at + 1] = payload;
    rung.count[bucket] = count + 1;
    rung.size++;
  }

  /** Into the bottom, behind all that is not later. */
  #insert(time: number, payload: number): void {
    if (this.#bottomHigh === this.#bottomTimes.length) this.#makeRoomInBottom();
    const times = this.#bottomTimes;
    const payloads = this.#bottomPayloads;
    const low = this.#bottomLow;
    let index = this.#bottomHigh++;
    while (index > low && times[index - 1]! > time) {
      times[index] = times[index - 1]!;
      payloads[index] = payloads[index - 1]!;
      index--;
    }
    times[index] = time;
    payloads[index] = payload;
  }

  #makeRoomInBottom(): void {
    const low = this.#bottomLow;
    const high = this.#bottomHigh;
    if (low > high / 2) {
      this.#bottomTimes.copyWithin(0, low, high);
      this.#bottomPayloads.copyWithin(0, low, high);
      this.#bottomLow = 0;
      this.#bottomHigh = high - low;
      return;
    }
    this.#bottomTimes = grown(this.#bottomTimes);
    this.#bottomPayloads = grown(this.#bottomPayloads);
  }

  /** A bottom that has grown long becomes a rung, or each insertion into it would cost its length. */
  #spreadBottom(): void {
    const low = this.#bottomLow;
    const high = this.#bottomHigh;
    const start = this.#bottomTimes[low]!;
    if (this.#bottomTimes[high - 1] === start) return; // One moment only: nothing to spread.
    const parent = this.#rungs[this.#rungCount - 1];
    const end = this.#rungCount > 0 ? parent!.current : this.#topStart;
    const rung = this.#addRung(start, end - start, high - low);
    for (let index = low; index < high; index++) {
      this.#put(rung, this.#bottomTimes[index]!, this.#bottomPayloads[index]!);
    }
    this.#bottomLow = 0;
    this.#bottomHigh = 0;
  }

  /** Fills the empty bottom with the next events; false if there are none. */
  #refill(): boolean {
    this.#bottomLow = 0;
    this.#bottomHigh = 0;
    for (;;) {
      while (this.#rungCount > 0 && this.#rungs[this.#rungCount - 1]!.size === 0) this.#rungCount--;
      if (this.#rungCount > 0) {
        if (this.#takeBucket(this.#rungs[this.#rungCount - 1]!)) return true;
      } else {
        if (this.#topCount === 0) return false;
        if (this.#takeTop()) return true;
      }
    }
  }

  /** The next bucket into the bottom, or, if it is crowded, over a finer rung; false then. */
  #takeBucket(rung: Rung): boolean {
    let bucket = rung.index;
    while (rung.count[bucket] === 0) bucket++;
    const count = rung.count[bucket]!;
    const start = rung.start + bucket * rung.width;
    rung.count[bucket] = 0;
    rung.size -= count;
    rung.index = bucket + 1;
    rung.current = start + rung.width;
    return this.#distribute(rung.head[bucket]!, count, start, rung.width);
  }

  #takeTop(): boolean {
    const count = this.#topCount;
    const start = this.#topMin;
    const width = this.#topMax - start + 1;
    this.#topStart = start + width;
    this.#topCount = 0;
    this.#topMin = Number.POSITIVE_INFINITY;
    this.#topMax = Number.NEGATIVE_INFINITY;
    return this.#distribute(this.#topHead, count, start, width);
  }

  /** A chain of `count` records of [start, start + width) into the bottom or over a rung. */
  #distribute(head: number, count: number, start: number, width: number): boolean {
    const sorting = count <= SORT_MAX || width === 1;
    const rung = sorting ? undefined : this.#addRung(start, width, count);
    let chunk = head;
    for (let left = count; left > 0; left -= CHUNK_RECORDS) {
      const first = chunk * CHUNK_RECORDS * 2;
      const end = first + Math.min(left, CHUNK_RECORDS) * 2;
      for (let at = first; at < end; at += 2) {
        const time = this.#records[at]!;
        const payload = this.#records[at + 1]!;
        if (rung === undefined) this.#insert(time, payload);
        else this.#put(rung, time, payload);
      }
      const next = this.#next[chunk]!;
      this.#next[chunk] = this.#free;
      this.#free = chunk;
      chunk = next;
    }
    return sorting;
  }

  #addRung(start: number, span: number, count: number): Rung {
    let rung = this.#rungs[this.#rungCount];
    if (rung === undefined) {
      rung = {
        head: new Int32Array(BUCKETS_MAX),
        tail: new Int32Array(BUCKETS_MAX),
        count: new Int32Array(BUCKETS_MAX),
        start: 0,
        width: 1,
        index: 0,
        current: 0,
        size: 0,
      };
      this.#rungs.push(rung);
    }
    const buckets = Math.min(BUCKETS_MAX, Math.ceil(count / BUCKET_TARGET));
    let width = 1;
    while (width * buckets < span) width *= 2;
    rung.count.fill(0);
    rung.start = start;
    rung.width = width;
    rung.index = 0;
    rung.current = start;
    rung.size = 0;
    this.#rungCount++;
    return rung;
  }

  #takeChunk(): number {
    if (this.#free < 0) {
      const from = this.#next.length;
      this.#records = grown(this.#records);
      const next = new Int32Array(from * 2);
      next.set(this.#next);
      this.#next = next;
      this.#chainFree(from);
    }
    const chunk = this.#free;
    this.#free = this.#next[chunk]!;
    return chunk;
  }

  #chainFree(from: number): void {
    for (let chunk = this.#next.length - 1; chunk >= from; chunk--) {
      this.#next[chunk] = this.#free;
      this.#free = chunk;
    }
  }
}

function grown(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
