// A timer's name is its generation and its slot, of 26 bits each: exact in a double.
const SLOTS_MAX = 2 ** 26;
const GENERATIONS = 2 ** 26;
/** Takes the slot off a name: bit operators see a number modulo 2^32, and are far faster than `%`. */
const SLOT = SLOTS_MAX - 1;
const CANCELLED = -1;

/**
 * What pending timers stand for. A timer's event stays in the queue until its time, cancelled or not,
 * and its slot with it; a generation, counted up whenever the slot is freed, makes old names invalid.
 */
export class TimerTable {
  #payloads: number[] = [];
  #generations: number[] = [];
  #free: number[] = [];
  /** Timers that are cancelled and still have an event in the queue. */
  #cancelledCount = 0;

  get cancelledCount(): number {
    return this.#cancelledCount;
  }

  /** Takes a slot for a payload (at least 0). The slot goes into the queue. */
  arm(payload: number): number {
    const slot = this.#free.pop() ?? this.#payloads.length;
    this.#payloads[slot] = payload;
    this.#generations[slot] ??= 0;
    return slot;
  }

  /** The name of the timer that is in a slot now. */
  nameOf(slot: number): number {
    return this.#generations[slot]! * SLOTS_MAX + slot;
  }

  /** The payload of a pending timer; undefined if it has fired or been cancelled. */
  payloadOf(name: number): number | undefined {
    const slot = name & SLOT;
    const payload = this.#payloads[slot];
    const pending = payload !== undefined && payload !== CANCELLED && this.nameOf(slot) === name;
    return pending ? payload : undefined;
  }

  /** True if the timer was pending and now will not fire. */
  cancel(name: number): boolean {
    if (this.payloadOf(name) === undefined) return false;
    this.#payloads[name & SLOT] = CANCELLED;
    this.#cancelledCount++;
    return true;
  }

  /** Frees the slot whose event has left the queue; its payload, or undefined if it was cancelled. */
  release(slot: number): number | undefined {
    const payload = this.#payloads[slot]!;
    this.#payloads[slot] = CANCELLED;
    this.#generations[slot] = (this.#generations[slot]! + 1) % GENERATIONS;
    this.#free.push(slot);
    if (payload !== CANCELLED) return payload;
    this.#cancelledCount--;
    return undefined;
  }

  clone(): TimerTable {
    const copy = new TimerTable();
    copy.#payloads = this.#payloads.slice();
    copy.#generations = this.#generations.slice();
    copy.#free = this.#free.slice();
    copy.#cancelledCount = this.#cancelledCount;
    return copy;
  }
}
