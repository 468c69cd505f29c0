import type { EventQueue } from "./event-queue.ts";
import { CHUNK, IN_CHUNK, RecordPool } from "./record-pool.ts";
import { SortedRun } from "./sorted-run.ts";

/** Buckets a rung, at most: their ends, and the lines of memory they point to, stay in the near caches. */
const BUCKETS_MAX = 1024;
/** Rungs, at most. Each divides the width by three or more; beyond them all is still right, but slow. */
const RUNGS_MAX = 32;
/**
 * Events a bucket that a rung aims at. One for the first rung: many times the events it starts with
 * will pass through it, those scheduled while it is in use. More for the others, whose events are
 * nearly all there when they are made.
 */
const FIRST_TARGET = 1;
const TARGET = 4;
/** Up to so many events are sorted by insertion; more become a rung. */
const SORT_MAX = 24;
/** A bottom that insertions have made longer than this becomes a rung. */
const BOTTOM_MAX = 96;

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

  /** Holds the top and all buckets. */
  #pool = new RecordPool();

  /** Events from here on go to the top. */
  #topStart = 0;
  #topMin = Number.POSITIVE_INFINITY;
  #topMax = Number.NEGATIVE_INFINITY;
  #topHead = 0;
  #topChunks = 0;
  #topEnd = 0;

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

  /** What is next. */
  #bottom = new SortedRun();

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
      const { records } = this.#pool;
      records[end] = time;
      records[end + 1] = payload;
      this.#topEnd = end + 2;
      return;
    }
    const rungCount = this.#rungCount;
    let rung = 0;
    while (rung < rungCount && time < this.#current[rung]!) rung++;
    if (rung === rungCount) {
      this.#bottom.insert(time, payload);
      if (this.#bottom.high - this.#bottom.low > 2 * BOTTOM_MAX) this.#spreadBottom();
      return;
    }
    // As in `#spread`. In a function of its own, both numbers would be boxed on the way to it.
    const bucket = rung * BUCKETS_MAX + (((time - this.#start[rung]!) * this.#perWidth[rung]!) | 0);
    let end = this.#end[bucket]!;
    if ((end & IN_CHUNK) === 0) end = this.#extendBucket(bucket, end);
    const { records } = this.#pool;
    records[end] = time;
    records[end + 1] = payload;
    this.#end[bucket] = end + 2;
  }

  pop(): boolean {
    return this.popUntil(Number.POSITIVE_INFINITY);
  }

  popUntil(limit: number): boolean {
    const bottom = this.#bottom;
    if (bottom.low === bottom.high && !this.#refill()) return false;
    const { low, records } = bottom;
    const time = records[low]!;
    if (time > limit) return false;
    this.time = time;
    this.payload = records[low + 1]!;
    bottom.low = low + 2;
    this.#size--;
    return true;
  }

  clone(): LadderQueue {
    const copy = new LadderQueue();
    copy.time = this.time;
    copy.payload = this.payload;
    copy.#size = this.#size;
    copy.#pool = this.#pool.clone();
    copy.#topStart = this.#topStart;
    copy.#topMin = this.#topMin;
    copy.#topMax = this.#topMax;
    copy.#topHead = this.#topHead;
    copy.#topChunks = this.#topChunks;
    copy.#topEnd = this.#topEnd;
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
    copy.#bottom = this.#bottom.clone();
    return copy;
  }

  /** Fills the empty bottom with the next events; false if there are none. */
  #refill(): boolean {
    const bottom = this.#bottom;
    bottom.clear();
    while (bottom.low === bottom.high) {
      if (this.#rungCount > 0) this.#takeBucket(this.#rungCount - 1);
      else if (this.#topEnd > 0) this.#takeTop();
      else return false;
    }
    return true;
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

  /** A list of records of [start, start + width) into the bottom or over a new rung. */
  #takeList(head: number, chunks: number, end: number, start: number, width: number): void {
    const pool = this.#pool;
    const inLast = ((end - 1) & IN_CHUNK) + 1;
    const count = ((chunks - 1) * CHUNK + inLast) / 2;
    const sorting = count <= SORT_MAX || width === 1 || this.#rungCount === RUNGS_MAX;
    const rung = sorting ? -1 : this.#addRung(start, width, count);
    let chunk = head;
    for (let left = chunks; left > 0; left--) {
      const from = chunk * CHUNK;
      const to = from + (left > 1 ? CHUNK : inLast);
      if (sorting) this.#bottom.insertAll(pool.records, from, to);
      else this.#spread(rung, pool.records, from, to);
      chunk = pool.free(chunk);
    }
  }

  /** A long bottom over a new rung, or each insertion into it would cost its length. */
  #spreadBottom(): void {
    const { records, low, high } = this.#bottom;
    if (records[high - 2] === records[low]) return; // One moment only: insertions are appends.
    if (this.#rungCount === RUNGS_MAX) return;
    // From the last moment popped, so that whatever is pushed before the next pop finds a bucket.
    const start = this.time;
    const end = this.#rungCount > 0 ? this.#current[this.#rungCount - 1]! : this.#topStart;
    this.#spread(this.#addRung(start, end - start, (high - low) / 2), records, low, high);
    this.#bottom.clear();
  }

  #addRung(start: number, span: number, count: number): number {
    const rung = this.#rungCount++;
    if (this.#end.length === rung * BUCKETS_MAX) {
      this.#head = doubled(this.#head);
      this.#chunks = doubled(this.#chunks);
      this.#end = doubled(this.#end);
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

  /** Records of `source` over the buckets of a rung. */
  #spread(rung: number, source: Float64Array, from: number, to: number): void {
    const first = rung * BUCKETS_MAX;
    const start = this.#start[rung]!;
    const perWidth = this.#perWidth[rung]!;
    const ends = this.#end;
    let { records } = this.#pool;
    for (let record = from; record < to; record += 2) {
      const time = source[record]!;
      const bucket = first + (((time - start) * perWidth) | 0);
      let end = ends[bucket]!;
      if ((end & IN_CHUNK) === 0) {
        end = this.#extendBucket(bucket, end);
        records = this.#pool.records; // Perhaps a larger copy; then the source is still whole.
      }
      records[end] = time;
      records[end + 1] = source[record + 1]!;
      ends[bucket] = end + 2;
    }
  }

  /** Where the next record of the top can be written. */
  #extendTop(end: number): number {
    const chunk = this.#pool.extend(end);
    if (end === 0) this.#topHead = chunk;
    this.#topChunks = end === 0 ? 1 : this.#topChunks + 1;
    return chunk * CHUNK;
  }

  /** Where the next record of a bucket can be written. */
  #extendBucket(bucket: number, end: number): number {
    const chunk = this.#pool.extend(end);
    if (end === 0) this.#head[bucket] = chunk;
    this.#chunks[bucket] = end === 0 ? 1 : this.#chunks[bucket]! + 1;
    return chunk * CHUNK;
  }
}

function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
