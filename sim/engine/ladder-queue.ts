import type { EventQueue } from "./event-queue.ts";

/** Doubles a chunk: 16 records of a time and a payload, four cache lines. */
const CHUNK = 32;
const IN_CHUNK = CHUNK - 1;
/** Buckets a rung, at most: their positions and the chunks they fill stay in the near caches. */
const BUCKETS_MAX = 1024;
/** Rungs, at most; each at least halves the width, and in practice divides it by hundreds. */
const RUNGS_MAX = 24;
/**
 * Events a bucket that a rung aims at. One for the first rung: many times the events it starts with
 * will pass through it, those scheduled while it is in use. Few for the others, whose events are
 * nearly all there when they are made.
 */
const FIRST_TARGET = 1;
const TARGET = 4;
/** Up to so many events are sorted by insertion; more become a rung. */
const SORT_MAX = 24;
/** A bottom grown beyond so many events by insertion becomes a rung. */
const BOTTOM_MAX = 96;
/** Where the bottom begins: before it stands a sentinel, earlier than all times. */
const BOTTOM = 2;

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

  // Records (time, payload) of the top and of all buckets, in chained chunks. A list of records is
  // its first chunk, how many chunks, and the position after its last record: 0 if it is empty, for
  // chunk 0 is never used, and a multiple of CHUNK if its last chunk is full.
  #records = new Float64Array(64 * CHUNK);
  #next = new Int32Array(64);
  #free = 0;

  #topHead = 0;
  #topChunks = 0;
  #topEnd = 0;
  #topMin = Number.POSITIVE_INFINITY;
  #topMax = Number.NEGATIVE_INFINITY;
  /** Events from here on go to the top. */
  #topStart = 0;

  // Rungs, coarse to fine, as columns: objects with fields that turn from small integers into doubles
  // would slow V8 down. Widths are powers of two: bucket numbers and bounds are exact.
  #rungCount = 0;
  #start = new Float64Array(RUNGS_MAX);
  #width = new Float64Array(RUNGS_MAX);
  #perWidth = new Float64Array(RUNGS_MAX);
  /** Where the buckets begin that have not been emptied: earlier events belong further down. */
  #current = new Float64Array(RUNGS_MAX);
  #bucket = new Int32Array(RUNGS_MAX);
  #bucketCount = new Int32Array(RUNGS_MAX);
  // Lists of all buckets; those of rung r begin at r * BUCKETS_MAX.
  #head = new Int32Array(BUCKETS_MAX);
  #chunks = new Int32Array(BUCKETS_MAX);
  #end = new Int32Array(BUCKETS_MAX);

  /** Sorted records: what is next, in [#low, #high). */
  #bottom = new Float64Array(1024).fill(Number.NEGATIVE_INFINITY, 0, BOTTOM);
  #low = BOTTOM;
  #high = BOTTOM;

  constructor() {
    this.#chainFree(1);
  }

  get size(): number {
    return this.#size;
  }

  push(time: number, payload: number): void {
    this.#size++;
    if (time >= this.#topStart) {
      if (time < this.#topMin) this.#topMin = time;
      if (time > this.#topMax) this.#topMax = time;
      let end = this.#topEnd;
      if ((end & IN_CHUNK) === 0) end = this.#extendTop(end);
      this.#records[end] = time;
      this.#records[end + 1] = payload;
      this.#topEnd = end + 2;
      return;
    }
    const rungCount = this.#rungCount;
    let rung = 0;
    while (rung < rungCount && time < this.#current[rung]!) rung++;
    if (rung === rungCount) {
      this.#insert(time, payload);
      return;
    }
    // As in `#spread`. In a function of its own, both numbers would be boxed on the way to it.
    const bucket = rung * BUCKETS_MAX + (((time - this.#start[rung]!) * this.#perWidth[rung]!) | 0);
    let end = this.#end[bucket]!;
    if ((end & IN_CHUNK) === 0) end = this.#extendBucket(bucket, end);
    this.#records[end] = time;
    this.#records[end + 1] = payload;
    this.#end[bucket] = end + 2;
  }

  pop(): boolean {
    return this.popUntil(Number.POSITIVE_INFINITY);
  }

  popUntil(limit: number): boolean {
    const low = this.#low;
    if (low === this.#high) return this.#refill() && this.popUntil(limit);
    const time = this.#bottom[low]!;
    if (time > limit) return false;
    this.time = time;
    this.payload = this.#bottom[low + 1]!;
    this.#low = low + 2;
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
    copy.#topChunks = this.#topChunks;
    copy.#topEnd = this.#topEnd;
    copy.#topMin = this.#topMin;
    copy.#topMax = this.#topMax;
    copy.#topStart = this.#topStart;
    copy.#rungCount = this.#rungCount;
    copy.#start = this.#start.slice();
    copy.#width = this.#width.slice();
    copy.#perWidth = this.#perWidth.slice();
    copy.#current = this.#current.slice();
    copy.#bucket = this.#bucket.slice();
    copy.#bucketCount = this.#bucketCount.slice();
    copy.#head = this.#head.slice();
    copy.#chunks = this.#chunks.slice();
    copy.#end = this.#end.slice();
    copy.#bottom = this.#bottom.slice();
    copy.#low = this.#low;
    copy.#high = this.#high;
    return copy;
  }

  /** Into the bottom, behind all that is not later. */
  #insert(time: number, payload: number): void {
    if (this.#high === this.#bottom.length) this.#makeRoomInBottom();
    const bottom = this.#bottom;
    let at = this.#high;
    // Ends at the latest where a popped event or the sentinel stood: both are not later.
    while (bottom[at - 2]! > time) {
      bottom[at] = bottom[at - 2]!;
      bottom[at + 1] = bottom[at - 1]!;
      at -= 2;
    }
    bottom[at] = time;
    bottom[at + 1] = payload;
    this.#high += 2;
    if (this.#high - this.#low > 2 * BOTTOM_MAX) this.#spreadBottom();
  }

  #makeRoomInBottom(): void {
    const low = this.#low;
    const high = this.#high;
    if (low > high / 2) {
      this.#bottom.copyWithin(BOTTOM, low, high);
      this.#low = BOTTOM;
      this.#high = BOTTOM + high - low;
    } else {
      this.#bottom = grown(this.#bottom);
    }
  }

  /** A bottom that has grown long becomes a rung, or each insertion into it would cost its length. */
  #spreadBottom(): void {
    const low = this.#low;
    const high = this.#high;
    if (this.#bottom[high - 2] === this.#bottom[low]) return; // One moment: insertions are appends.
    if (this.#rungCount === RUNGS_MAX) return;
    // From the last moment popped, so that whatever is pushed before the next pop finds a bucket.
    const start = this.time;
    const end = this.#rungCount > 0 ? this.#current[this.#rungCount - 1]! : this.#topStart;
    const rung = this.#addRung(start, end - start, (high - low) / 2);
    this.#spread(rung, this.#bottom, low, high);
    this.#low = BOTTOM;
    this.#high = BOTTOM;
  }

  /** Fills the empty bottom with the next events; false if there are none. */
  #refill(): boolean {
    this.#low = BOTTOM;
    this.#high = BOTTOM;
    while (this.#low === this.#high) {
      if (this.#rungCount > 0) this.#takeBucket(this.#rungCount - 1);
      else if (this.#topEnd > 0) this.#takeTop();
      else return false;
    }
    return true;
  }

  /** The next bucket of the finest rung into the bottom or over a finer rung. */
  #takeBucket(rung: number): void {
    const first = rung * BUCKETS_MAX;
    const count = this.#bucketCount[rung]!;
    let index = this.#bucket[rung]!;
    while (index < count && this.#end[first + index] === 0) index++;
    if (index === count) {
      this.#rungCount--;
      return;
    }
    const width = this.#width[rung]!;
    const start = this.#start[rung]! + index * width;
    const bucket = first + index;
    const end = this.#end[bucket]!;
    this.#end[bucket] = 0;
    this.#bucket[rung] = index + 1;
    this.#current[rung] = start + width;
    this.#takeList(this.#head[bucket]!, this.#chunks[bucket]!, end, start, width);
  }

  #takeTop(): void {
    const start = this.#topMin;
    const width = this.#topMax - start + 1;
    const end = this.#topEnd;
    this.#topEnd = 0;
    this.#topMin = Number.POSITIVE_INFINITY;
    this.#topMax = Number.NEGATIVE_INFINITY;
    this.#topStart = start + width;
    this.#takeList(this.#topHead, this.#topChunks, end, start, width);
  }

  /** A list of records of [start, start + width) into the bottom or over a new rung. */
  #takeList(head: number, chunks: number, end: number, start: number, width: number): void {
    const inLast = ((end - 1) & IN_CHUNK) + 1;
    const count = (chunks - 1) * (CHUNK / 2) + inLast / 2;
    const sorting = count <= SORT_MAX || width === 1 || this.#rungCount === RUNGS_MAX;
    let rung = 0;
    if (sorting) {
      while (this.#bottom.length < BOTTOM + count * 2) this.#bottom = grown(this.#bottom);
    } else {
      rung = this.#addRung(start, width, count);
    }
    let chunk = head;
    for (let left = chunks; left > 0; left--) {
      const from = chunk * CHUNK;
      const to = from + (left > 1 ? CHUNK : inLast);
      if (sorting) this.#sortIn(from, to);
      else this.#spread(rung, this.#records, from, to);
      const next = this.#next[chunk]!;
      this.#next[chunk] = this.#free;
      this.#free = chunk;
      chunk = next;
    }
  }

  #sortIn(from: number, to: number): void {
    const records = this.#records;
    const bottom = this.#bottom;
    let high = this.#high;
    for (let record = from; record < to; record += 2) {
      const time = records[record]!;
      let at = high;
      while (bottom[at - 2]! > time) {
        bottom[at] = bottom[at - 2]!;
        bottom[at + 1] = bottom[at - 1]!;
        at -= 2;
      }
      bottom[at] = time;
      bottom[at + 1] = records[record + 1]!;
      high += 2;
    }
    this.#high = high;
  }

  /** Records of `source` over the buckets of a rung. */
  #spread(rung: number, source: Float64Array, from: number, to: number): void {
    const first = rung * BUCKETS_MAX;
    const start = this.#start[rung]!;
    const perWidth = this.#perWidth[rung]!;
    const ends = this.#end;
    let records = this.#records;
    for (let record = from; record < to; record += 2) {
      const time = source[record]!;
      const bucket = first + (((time - start) * perWidth) | 0);
      let end = ends[bucket]!;
      if ((end & IN_CHUNK) === 0) {
        end = this.#extendBucket(bucket, end);
        records = this.#records; // It may have grown; the source then is the old one, still whole.
      }
      records[end] = time;
      records[end + 1] = source[record + 1]!;
      ends[bucket] = end + 2;
    }
  }

  #addRung(start: number, span: number, count: number): number {
    const rung = this.#rungCount++;
    if (this.#end.length === rung * BUCKETS_MAX) {
      this.#head = longer(this.#head);
      this.#chunks = longer(this.#chunks);
      this.#end = longer(this.#end);
    }
    const wanted = Math.min(BUCKETS_MAX, count / (rung === 0 ? FIRST_TARGET : TARGET));
    let width = 1;
    while (width * wanted < span) width *= 2;
    this.#start[rung] = start;
    this.#width[rung] = width;
    this.#perWidth[rung] = 1 / width;
    this.#current[rung] = start;
    this.#bucket[rung] = 0;
    this.#bucketCount[rung] = Math.ceil(span / width);
    return rung;
  }

  /** A new chunk at the end of the top, where a record can be written. */
  #extendTop(end: number): number {
    const chunk = this.#takeChunk();
    if (end === 0) {
      this.#topHead = chunk;
      this.#topChunks = 1;
    } else {
      this.#next[end / CHUNK - 1] = chunk;
      this.#topChunks++;
    }
    return chunk * CHUNK;
  }

  #extendBucket(bucket: number, end: number): number {
    const chunk = this.#takeChunk();
    if (end === 0) {
      this.#head[bucket] = chunk;
      this.#chunks[bucket] = 1;
    } else {
      this.#next[end / CHUNK - 1] = chunk;
      this.#chunks[bucket]!++;
    }
    return chunk * CHUNK;
  }

  #takeChunk(): number {
    if (this.#free === 0) {
      const from = this.#next.length;
      this.#records = grown(this.#records);
      this.#next = longer(this.#next);
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

function longer(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
