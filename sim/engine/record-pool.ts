/** Doubles a chunk: 16 records of a time and a payload, four cache lines. */
export const CHUNK = 32;
/** The bits of a position that tell where in its chunk it is. */
export const IN_CHUNK = CHUNK - 1;

/**
 * Memory for lists of records, each a time and a payload, in one array of chained chunks: appending
 * touches one cache line, and a list that is taken apart leaves its chunks, still in the cache, to
 * those that grow.
 *
 * A list is its first chunk, how many chunks it has, and its end: the position after its last record.
 * An end is 0 if the list is empty, for chunk 0 is never used; if it is a multiple of CHUNK, the list
 * must be extended before the next record is written.
 */
export class RecordPool {
  records = new Float64Array(64 * CHUNK);
  #next = new Int32Array(64);
  #free = 0;

  constructor() {
    this.#chainFree(1);
  }

  /** A chunk, behind the full chunk that ends at `end` or, if that is 0, behind none. */
  extend(end: number): number {
    if (this.#free === 0) this.#grow();
    const chunk = this.#free;
    this.#free = this.#next[chunk]!;
    if (end !== 0) this.#next[end / CHUNK - 1] = chunk;
    return chunk;
  }

  /** Frees a chunk; the one behind it in its list. What stands in it stays there until `extend`. */
  free(chunk: number): number {
    const next = this.#next[chunk]!;
    this.#next[chunk] = this.#free;
    this.#free = chunk;
    return next;
  }

  clone(): RecordPool {
    const copy = new RecordPool();
    copy.records = this.records.slice();
    copy.#next = this.#next.slice();
    copy.#free = this.#free;
    return copy;
  }

  #grow(): void {
    const from = this.#next.length;
    this.records = doubled(this.records);
    const next = new Int32Array(from * 2);
    next.set(this.#next);
    this.#next = next;
    this.#chainFree(from);
  }

  #chainFree(from: number): void {
    for (let chunk = this.#next.length - 1; chunk >= from; chunk--) {
      this.#next[chunk] = this.#free;
      this.#free = chunk;
    }
  }
}

/** A copy of twice the length. */
export function doubled(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
