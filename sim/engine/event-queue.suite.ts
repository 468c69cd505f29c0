import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventQueue } from "./event-queue.ts";

interface Event {
  readonly time: number;
  readonly payload: number;
}

/** What every queue promises; called by the test file of each. */
export function describeEventQueue(name: string, make: () => EventQueue): void {
  describe(`the pending events of ${name}`, () => {
    it("leave as a stable sort by time would have them, when all are pushed first", () => {
      fc.assert(
        fc.property(fc.array(times, { maxLength: 400, size: "max" }), (pushed) => {
          const queue = make();
          pushed.forEach((time, payload) => {
            queue.push(time, payload);
          });

          const sorted = pushed.map((time, payload) => ({ time, payload }));
          sorted.sort((a, b) => a.time - b.time); // Stable, by the language's definition.
          expect(drain(queue)).toEqual(sorted);
        }),
      );
    });

    it("leave in order when pushes, pops, limited pops and clones alternate", () => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 600, size: "max" }), (steps) => {
          let queue = make();
          let oracle: Event[] = [];
          const originals: { queue: EventQueue; left: Event[] }[] = [];
          let pushed = 0;
          for (const { act, by } of steps) {
            if (act === "push") {
              const event = { time: queue.time + by, payload: pushed++ };
              queue.push(event.time, event.payload);
              const behind = oracle.findLastIndex((other) => other.time <= event.time) + 1;
              oracle.splice(behind, 0, event);
            } else if (act === "pop") {
              const next = oracle[0];
              const limit = queue.time + by;
              if (next === undefined || next.time > limit) {
                expect(queue.popUntil(limit)).toBe(false);
              } else {
                expect(popped(queue, limit)).toEqual(next);
                oracle.shift();
              }
            } else {
              originals.push({ queue, left: oracle });
              queue = queue.clone();
              oracle = [...oracle];
            }
            expect(queue.size).toBe(oracle.length);
          }
          for (const { queue, left } of originals) expect(drain(queue)).toEqual(left);
          expect(drain(queue)).toEqual(oracle);
        }),
      );
    });

    it("keep times and payloads exact up to 2^53", () => {
      const queue = make();
      const largest = Number.MAX_SAFE_INTEGER;
      queue.push(largest, largest);
      queue.push(largest - 1, 2 ** 52 + 1);
      queue.push(0, 0);

      expect(drain(queue)).toEqual([
        { time: 0, payload: 0 },
        { time: largest - 1, payload: 2 ** 52 + 1 },
        { time: largest, payload: largest },
      ]);
    });
  });
}

// Few distinct times, so that ties are common, beside scales that differ as a network's and an epoch's.
const times = fc.oneof(
  { weight: 4, arbitrary: fc.nat(5) },
  { weight: 2, arbitrary: fc.nat(1000) },
  { weight: 1, arbitrary: fc.nat(2 ** 30).map((n) => n * 2 ** 20) },
);

/** A push `by` after the last event popped, a pop of what comes until then, or a clone. */
const step = fc.oneof(
  { weight: 20, arbitrary: fc.record({ act: fc.constant("push"), by: times }) },
  { weight: 10, arbitrary: fc.record({ act: fc.constant("pop"), by: fc.constant(Infinity) }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constant("pop"), by: times }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("clone"), by: fc.constant(0) }) },
);

function popped(queue: EventQueue, limit: number): Event | undefined {
  return queue.popUntil(limit) ? { time: queue.time, payload: queue.payload } : undefined;
}

function drain(queue: EventQueue): Event[] {
  const events: Event[] = [];
  while (queue.pop()) events.push({ time: queue.time, payload: queue.payload });
  return events;
}
