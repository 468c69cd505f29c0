import type { EventQueue } from "./event-queue.ts";

interface Pending {
  readonly time: number;
  readonly payload: number;
}

/**
 * The plain reference: one sorted array, next event last. A push costs a move of all that leaves
 * before it, so this is for tests, where it is the oracle of the ladder queue.
 */
export class SortedQueue implements EventQueue {
  time = 0;
  payload = 0;
  #latestFirst: Pending[] = [];

  get size(): number {
    return this.#latestFirst.length;
  }

  push(time: number, payload: number): void {
    // Before all events of the same time, so that it leaves after them.
    const index = this.#latestFirst.findIndex((pending) => pending.time <= time);
    this.#latestFirst.splice(index < 0 ? this.size : index, 0, { time, payload });
  }

  pop(): boolean {
    return this.popUntil(Number.POSITIVE_INFINITY);
  }

  popUntil(limit: number): boolean {
    const next = this.#latestFirst.at(-1);
    if (next === undefined || next.time > limit) return false;
    this.#latestFirst.pop();
    this.time = next.time;
    this.payload = next.payload;
    return true;
  }

  clone(): SortedQueue {
    const copy = new SortedQueue();
    copy.time = this.time;
    copy.payload = this.payload;
    copy.#latestFirst = [...this.#latestFirst];
    return copy;
  }
}
