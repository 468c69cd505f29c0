import seedrandom from "seedrandom";
import { describe, expect, it } from "vitest";
import { describeEventQueue } from "./event-queue.suite.ts";
import { LadderQueue } from "./ladder-queue.ts";

describeEventQueue("a ladder queue", () => new LadderQueue());

/**
 * Payloads are serial numbers, and nothing is pushed before the last pop: so the order is right if and
 * only if each event popped is later than the one before, or as late with a higher number.
 */
class OrderChecker {
  readonly queue = new LadderQueue();
  #pushed = 0;
  #popped = 0;
  #disorders = 0;

  push(time: number): void {
    this.queue.push(time, this.#pushed++);
  }

  pop(limit = Infinity): boolean {
    const { time, payload } = this.queue;
    if (!this.queue.popUntil(limit)) return false;
    const inOrder =
      this.queue.time > time || (this.queue.time === time && this.queue.payload > payload);
    if (!inOrder && this.#popped > 0) this.#disorders++;
    this.#popped++;
    return true;
  }

  drain(): { disorders: number; missing: number } {
    while (this.pop());
    return { disorders: this.#disorders, missing: this.#pushed - this.#popped };
  }
}

const inOrder = { disorders: 0, missing: 0 };

describe("a ladder queue at scale", () => {
  const random = seedrandom.alea("ladder");
  it.each<[string, () => number]>([
    ["exponential", () => Math.round(-1e6 * Math.log1p(-random()))],
    ["all one", () => 1000],
    ["ten ticks", () => Math.floor(random() * 10)],
    ["of all scales", () => Math.floor(2 ** (random() * 45))],
    ["nearly nothing or very long", () => (random() < 0.9 ? Math.floor(random() * 3) : 2 ** 50)],
  ])("keeps 20,000 events in order when delays are %s", (_what, delay) => {
    const checker = new OrderChecker();
    for (let index = 0; index < 20_000; index++) checker.push(delay());
    for (let hold = 0; hold < 40_000; hold++) {
      checker.pop();
      checker.push(checker.queue.time + delay());
    }
    expect(checker.drain()).toEqual(inOrder);
  });

  it("keeps bursts in order that all fall before what was next", () => {
    const checker = new OrderChecker();
    for (let day = 1; day <= 30; day++) checker.push(day * 86_400e6);
    while (checker.pop(20 * 86_400e6)) {
      const start = checker.queue.time;
      if (start % 86_400e6 !== 0) continue;
      for (let index = 0; index < 1000; index++) checker.push(start + Math.floor(random() * 2e5));
    }
    expect(checker.drain()).toEqual(inOrder);
  });

  it("keeps events in order that come ever earlier, though the next one has been looked for", () => {
    const checker = new OrderChecker();
    checker.push(1e9);
    for (let time = 1e6; time > 0; time -= 50) {
      checker.push(time);
      expect(checker.pop(0)).toBe(false);
    }
    expect(checker.drain()).toEqual(inOrder);
  });
});
