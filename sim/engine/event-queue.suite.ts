import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { EventQueue } from "./event-queue.ts";

type Step =
  | { readonly act: "push"; readonly delay: number }
  | { readonly act: "pop" }
  | { readonly act: "pop-until"; readonly ahead: number }
  | { readonly act: "clone" };

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
          let oracle: { time: number; payload: number }[] = [];
          const originals: { queue: EventQueue; left: typeof oracle }[] = [];
          let last = 0;
          let payload = 0;
          for (const { act, ...how } of steps) {
            if (act === "push") {
              const time = last + (how as { delay: number }).delay;
              queue.push(time, payload);
              oracle.push({ time, payload: payload++ });
              oracle.sort((a, b) => a.time - b.time);
            } else if (act === "clone") {
              originals.push({ queue, left: [...oracle] });
              queue = queue.clone();
            } else {
              const limit =
                act === "pop" ? Number.POSITIVE_INFINITY : last + (how as { ahead: number }).ahead;
              const next = oracle[0];
              const due = next !== undefined && next.time <= limit;
              expect(act === "pop" ? queue.pop() : queue.popUntil(limit)).toBe(due);
              if (!due) continue;
              expect({ time: queue.time, payload: queue.payload }).toEqual(next);
              last = next.time;
              oracle = oracle.slice(1);
            }
            expect(queue.size).toBe(oracle.length);
          }
          expect(drain(queue)).toEqual(oracle);
          for (const original of originals) expect(drain(original.queue)).toEqual(original.left);
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

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 20, arbitrary: times.map((delay) => ({ act: "push", delay }) as const) },
  { weight: 10, arbitrary: fc.constant({ act: "pop" } as const) },
  { weight: 4, arbitrary: times.map((ahead) => ({ act: "pop-until", ahead }) as const) },
  { weight: 1, arbitrary: fc.constant({ act: "clone" } as const) },
);

function drain(queue: EventQueue): { time: number; payload: number }[] {
  const events = [];
  while (queue.pop()) events.push({ time: queue.time, payload: queue.payload });
  return events;
}
