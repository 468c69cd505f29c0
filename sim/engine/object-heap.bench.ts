/** An event as one would write it first: an object. The sequence number keeps ties in order. */
class HeapEvent {
  readonly time: number;
  readonly sequence: number;
  readonly handler: number;
  readonly argument: number;

  constructor(time: number, sequence: number, handler: number, argument: number) {
    this.time = time;
    this.sequence = sequence;
    this.handler = handler;
    this.argument = argument;
  }
}

/** The reference of the benchmarks: a binary heap of event objects, written with care for speed. */
export class ObjectHeap {
  readonly #events: HeapEvent[] = [];
  #sequence = 0;

  push(time: number, handler: number, argument: number): void {
    const events = this.#events;
    const event = new HeapEvent(time, this.#sequence++, handler, argument);
    let index = events.length;
    events.push(event);
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = events[parentIndex]!;
      // A new event has the highest sequence number: it stays below its equals.
      if (parent.time <= time) break;
      events[index] = parent;
      index = parentIndex;
    }
    events[index] = event;
  }

  pop(): HeapEvent | undefined {
    const events = this.#events;
    const first = events[0];
    const last = events.pop();
    if (last === undefined || events.length === 0) return first;
    const { time, sequence } = last;
    const size = events.length;
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      if (childIndex >= size) break;
      let child = events[childIndex]!;
      if (childIndex + 1 < size) {
        const right = events[childIndex + 1]!;
        if (
          right.time < child.time ||
          (right.time === child.time && right.sequence < child.sequence)
        ) {
          child = right;
          childIndex++;
        }
      }
      if (time < child.time || (time === child.time && sequence < child.sequence)) break;
      events[index] = child;
      index = childIndex;
    }
    events[index] = last;
    return first;
  }
}

/** The least engine on that heap: no digest, no checks, no timers. */
export class HeapEngine {
  now = 0;
  eventCount = 0;
  readonly #heap = new ObjectHeap();
  readonly #handlers: ((argument: number) => void)[] = [];

  handler(_name: string, run: (argument: number) => void): number {
    return this.#handlers.push(run) - 1;
  }

  schedule(delay: number, handler: number, argument: number): void {
    this.#heap.push(this.now + delay, handler, argument);
  }

  step(): boolean {
    const event = this.#heap.pop();
    if (event === undefined) return false;
    this.now = event.time;
    this.eventCount++;
    this.#handlers[event.handler]!(event.argument);
    return true;
  }

  run(count: number): void {
    for (let executed = 0; executed < count; executed++) this.step();
  }
}
