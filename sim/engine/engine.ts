import { Digest } from "./digest.ts";
import type { EventQueue } from "./event-queue.ts";
import { InvariantError, invariant } from "./invariant.ts";
import { LadderQueue } from "./ladder-queue.ts";
import { RandomStreams, type StreamsSnapshot } from "./random-streams.ts";
import { type Duration, type SimTime, TIME_MAX } from "./sim-time.ts";
import { TimerTable } from "./timer-table.ts";

/** Names a handler: its place in the order of registration. */
export type HandlerId = number;

/** Names a pending timer; never used again for another one. */
export type TimerId = number;

/** Told of each event before it runs. */
export type EventListener = (time: SimTime, handler: HandlerId, argument: number) => void;

/** Whatever else has state that a snapshot must hold. */
export interface Part {
  /** The state, sharing nothing that changes; it may be restored many times. */
  snapshot(): unknown;
  restore(snapshot: unknown): void;
}

/** A whole engine at one moment between two events. Opaque; can be restored any number of times. */
export interface EngineSnapshot {
  readonly now: SimTime;
  readonly eventCount: number;
  readonly handlerNames: string;
  readonly queue: EventQueue;
  readonly timers: TimerTable;
  readonly streams: StreamsSnapshot;
  readonly digest: Digest;
  readonly parts: ReadonlyMap<string, unknown>;
}

const WORD = 2 ** 32;
const PER_WORD = 2 ** -32;
/** The handler of all timers' events: the argument is a slot of the timer table. */
const TIMER: HandlerId = 0;
/** As many as the digest can tell apart. */
const HANDLERS_MAX = 2 ** 11;

/**
 * Runs events in one total order: time, then order of scheduling.
 *
 * An event is two numbers, a time and a payload of `handler * 2^32 + argument`, exact in a double: no
 * pending work lives in a closure, so the whole can be copied.
 */
export class Engine {
  readonly streams: RandomStreams;
  /** The running hash of all events executed. */
  readonly digest = new Digest();
  #queue: EventQueue;
  #timers = new TimerTable();
  #now: SimTime = 0;
  #eventCount = 0;
  #running = false;
  #stopping = false;
  #listener: EventListener | undefined;
  readonly #handlers: ((argument: number) => void)[] = [];
  readonly #handlerNames: string[] = [];
  readonly #parts = new Map<string, Part>();

  constructor(options: { readonly seed?: string; readonly queue?: EventQueue } = {}) {
    this.streams = new RandomStreams(options.seed ?? "");
    this.#queue = options.queue ?? new LadderQueue();
    this.handler("timer", () => {});
  }

  /** The time of the event that runs, or the time run until. */
  get now(): SimTime {
    return this.#now;
  }

  /** Events executed. */
  get eventCount(): number {
    return this.#eventCount;
  }

  /** Events that will run if nobody cancels them. */
  get pendingCount(): number {
    return this.#queue.size - this.#timers.cancelledCount;
  }

  /** Registers what an event does. The order of registration is identity: the same in every fork. */
  handler(name: string, run: (argument: number) => void): HandlerId {
    invariant(this.#handlers.length < HANDLERS_MAX, () => `more than ${HANDLERS_MAX} handlers`);
    this.#handlerNames.push(name);
    return this.#handlers.push(run) - 1;
  }

  /** The name a handler was registered with. */
  handlerName(handler: HandlerId): string {
    return this.#handlerNames[handler] ?? `handler ${handler}`;
  }

  /** An event after `delay`. The argument is a whole number of [0, 2^32). */
  schedule(delay: Duration, handler: HandlerId, argument: number): void {
    // All in one body, as in `setTimer`: a double handed to a function that is not inlined is boxed.
    const time = this.#now + delay;
    if (!(delay >= 0 && isTime(time) && this.#isEvent(handler, argument))) {
      this.#refuse(time, handler, argument);
    }
    this.#queue.push(time, handler * WORD + argument);
  }

  /** An event at a moment not in the past. The argument is a whole number of [0, 2^32). */
  scheduleAt(time: SimTime, handler: HandlerId, argument: number): void {
    this.schedule(time - this.#now, handler, argument);
  }

  /** An event after `delay` that can be cancelled. */
  setTimer(delay: Duration, handler: HandlerId, argument: number): TimerId {
    const time = this.#now + delay;
    if (!(delay >= 0 && isTime(time) && this.#isEvent(handler, argument))) {
      this.#refuse(time, handler, argument);
    }
    const slot = this.#timers.arm(handler * WORD + argument);
    this.#queue.push(time, TIMER * WORD + slot);
    return this.#timers.nameOf(slot);
  }

  /** True if the timer was pending and now will not fire. */
  cancelTimer(timer: TimerId): boolean {
    return this.#timers.cancel(timer);
  }

  /** The argument of a pending timer's event; undefined if it has fired or been cancelled. */
  timerArgument(timer: TimerId): number | undefined {
    const payload = this.#timers.payloadOf(timer);
    return payload === undefined ? undefined : payload >>> 0;
  }

  /**
   * Executes all events up to and including `time`, which is `now` afterwards; or, if `stop` was
   * called, up to and including the event that called it.
   */
  runUntil(time: SimTime): void {
    invariant(time >= this.#now, () => `cannot run back from ${this.#now} to ${time}`);
    this.#begin();
    try {
      const queue = this.#queue;
      while (!this.#stopping && queue.popUntil(time)) this.#execute(queue);
      if (!this.#stopping) this.#now = time;
    } finally {
      this.#running = false;
    }
  }

  /** Executes one event; false if there is none. */
  step(): boolean {
    this.#begin();
    try {
      const queue = this.#queue;
      while (queue.pop()) if (this.#execute(queue)) return true;
      return false;
    } finally {
      this.#running = false;
    }
  }

  /** Makes `runUntil` return after the event that runs. */
  stop(): void {
    this.#stopping = true;
  }

  /** Adds state to what snapshots hold. Parts are known by name: the same names in every fork. */
  addPart(name: string, part: Part): void {
    invariant(!this.#parts.has(name), () => `two parts are named ${name}`);
    this.#parts.set(name, part);
  }

  /** All that changes, at this moment between two events. */
  snapshot(): EngineSnapshot {
    invariant(!this.#running, () => "a snapshot is taken between two events, not inside one");
    return {
      now: this.#now,
      eventCount: this.#eventCount,
      handlerNames: this.#handlerNames.join(),
      queue: this.#queue.clone(),
      timers: this.#timers.clone(),
      streams: this.streams.snapshot(),
      digest: this.digest.clone(),
      parts: new Map([...this.#parts].map(([name, part]) => [name, part.snapshot()])),
    };
  }

  /**
   * Takes everything back to a snapshot of this engine, or of one with the same handlers and parts.
   * With a salt, all random streams have fresh luck from here on: its own for each salt and moment.
   */
  restore(snapshot: EngineSnapshot, salt?: string): void {
    invariant(!this.#running, () => "a snapshot is restored between two events, not inside one");
    const names = (parts: ReadonlyMap<string, unknown>) => [...parts.keys()].join();
    invariant(
      this.#handlerNames.join() === snapshot.handlerNames &&
        names(this.#parts) === names(snapshot.parts),
      () => "a snapshot fits only an engine that was built in the same way",
    );
    this.#now = snapshot.now;
    this.#eventCount = snapshot.eventCount;
    this.#queue = snapshot.queue.clone();
    this.#timers = snapshot.timers.clone();
    this.streams.restore(
      snapshot.streams,
      salt === undefined ? undefined : `${salt}@${snapshot.now}`,
    );
    this.digest.copyFrom(snapshot.digest);
    for (const [name, part] of this.#parts) part.restore(snapshot.parts.get(name));
  }

  /** Tells `listener` of every event from now on: the trace. Observation changes nothing. */
  observeEvents(listener: EventListener | undefined): void {
    this.#listener = listener;
  }

  #begin(): void {
    invariant(!this.#running, () => "an event cannot run the engine");
    this.#running = true;
    this.#stopping = false;
  }

  /** Executes the event popped last; false if it was a cancelled timer's. */
  #execute(queue: EventQueue): boolean {
    let payload: number | undefined = queue.payload;
    if (payload < WORD) {
      payload = this.#timers.release(payload);
      if (payload === undefined) return false;
    }
    const time = queue.time;
    const handler = (payload * PER_WORD) | 0;
    const argument = payload >>> 0;
    this.#now = time;
    this.#eventCount++;
    this.digest.event(time, handler, argument);
    if (this.#listener !== undefined) this.#listener(time, handler, argument);
    const run = this.#handlers[handler]!;
    run(argument);
    return true;
  }

  #isEvent(handler: HandlerId, argument: number): boolean {
    return handler > TIMER && handler < this.#handlers.length && argument >>> 0 === argument;
  }

  #refuse(time: SimTime, handler: HandlerId, argument: number): never {
    throw new InvariantError(
      `expected a whole number of microseconds from ${this.#now} on, a handler from 1 to ` +
        `${this.#handlers.length - 1} and a uint32, found ${time}, ${handler} and ${argument}`,
    );
  }
}

/** False for NaN too. */
function isTime(time: number): boolean {
  return time <= TIME_MAX && Math.floor(time) === time;
}
