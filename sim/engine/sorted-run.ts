import { doubled } from "./record-pool.ts";

/** Where the records begin: before them stands a sentinel, earlier than all times. */
const FIRST = 2;

/** Records sorted by time, equals in the order of insertion: those from `low` up to `high`. */
export class SortedRun {
  records = new Float64Array(1024).fill(Number.NEGATIVE_INFINITY, 0, FIRST);
  low = FIRST;
  high = FIRST;

  clear(): void {
    this.low = FIRST;
    this.high = FIRST;
  }

  /** Behind all that is not later. Nothing may be earlier than what was taken off the low end. */
  insert(time: number, payload: number): void {
    if (this.high === this.records.length) this.#makeRoom();
    const records = this.records;
    let at = this.high;
    // Ends at the latest where a record taken off or the sentinel stands: neither is later.
    while (records[at - 2]! > time) {
      records[at] = records[at - 2]!;
      records[at + 1] = records[at - 1]!;
      at -= 2;
    }
    records[at] = time;
    records[at + 1] = payload;
    this.high += 2;
  }

  /** Inserts the records of `source` from `from` up to `to`. */
  insertAll(source: Float64Array, from: number, to: number): void {
    while (this.high + to - from > this.records.length) this.records = doubled(this.records);
    const records = this.records;
    let high = this.high;
    for (let next = from; next < to; next += 2) {
      const time = source[next]!;
      let at = high;
      while (records[at - 2]! > time) {
        records[at] = records[at - 2]!;
        records[at + 1] = records[at - 1]!;
        at -= 2;
      }
      records[at] = time;
      records[at + 1] = source[next + 1]!;
      high += 2;
    }
    this.high = high;
  }

  clone(): SortedRun {
    const copy = new SortedRun();
    copy.records = this.records.slice();
    copy.low = this.low;
    copy.high = this.high;
    return copy;
  }

  #makeRoom(): void {
    const { low, high } = this;
    if (low > high / 2) {
      this.records.copyWithin(FIRST, low, high);
      this.low = FIRST;
      this.high = FIRST + high - low;
    } else {
      this.records = doubled(this.records);
    }
  }
}
