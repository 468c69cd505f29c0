import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Engine } from "./engine.ts";
import { InvariantError } from "./invariant.ts";

/** An engine whose one handler writes down when it ran, and with what. */
function recorded() {
  const engine = new Engine({ seed: "engine" });
  const log: string[] = [];
  const note = engine.handler("note", (argument) => log.push(`${engine.now}: ${argument}`));
  return { engine, log, note };
}

describe("an engine", () => {
  it("executes events by time, and those of one time in the order of scheduling", () => {
    const { engine, log, note } = recorded();
    engine.schedule(20, note, 1);
    engine.schedule(10, note, 2);
    engine.scheduleAt(20, note, 3);
    engine.setTimer(20, note, 4);
    engine.schedule(20, note, 5);
    engine.runUntil(20);
    expect(log).toEqual(["10: 2", "20: 1", "20: 3", "20: 4", "20: 5"]);
  });

  it("runs events scheduled for the present moment in this moment, last", () => {
    const { engine, log, note } = recorded();
    const first = engine.handler("first", () => engine.schedule(0, note, 9));
    engine.schedule(5, first, 0);
    engine.schedule(5, note, 1);
    engine.runUntil(5);
    expect(log).toEqual(["5: 1", "5: 9"]);
  });

  it("leaves later events for later, even if earlier ones are then scheduled", () => {
    const { engine, log, note } = recorded();
    engine.schedule(100, note, 1);
    engine.runUntil(50);
    expect(engine.now).toBe(50);
    engine.schedule(10, note, 2);
    engine.scheduleAt(100, note, 3);
    engine.runUntil(100);
    expect(log).toEqual(["60: 2", "100: 1", "100: 3"]);
  });

  it("passes arguments exactly, up to 2^32 - 1", () => {
    const { engine, log, note } = recorded();
    for (const argument of [0, 2 ** 31, 2 ** 32 - 1]) engine.schedule(1, note, argument);
    engine.runUntil(1);
    expect(log).toEqual(["1: 0", "1: 2147483648", "1: 4294967295"]);
  });

  it("stops after the event that asks for it, and can run on", () => {
    const { engine, log, note } = recorded();
    const stop = engine.handler("stop", () => engine.stop());
    engine.schedule(1, note, 1);
    engine.schedule(2, stop, 0);
    engine.schedule(2, note, 2);
    engine.runUntil(10);
    expect([engine.now, log.length]).toEqual([2, 1]);
    engine.runUntil(10);
    expect([engine.now, log.length]).toEqual([10, 2]);
  });

  it("executes one event a step, until there is none", () => {
    const { engine, note } = recorded();
    engine.schedule(3, note, 0);
    engine.cancelTimer(engine.setTimer(1, note, 1));
    expect([engine.step(), engine.now, engine.eventCount]).toEqual([true, 3, 1]);
    expect(engine.step()).toBe(false);
  });

  it("counts what is pending and what was executed, without what was cancelled", () => {
    const { engine, note } = recorded();
    const timer = engine.setTimer(5, note, 1);
    engine.schedule(5, note, 2);
    engine.schedule(9, note, 3);
    engine.cancelTimer(timer);
    expect(engine.pendingCount).toBe(2);
    engine.runUntil(5);
    expect([engine.pendingCount, engine.eventCount]).toEqual([1, 1]);
  });

  it.each([-1, Number.NaN, 0.5, Number.POSITIVE_INFINITY, 2 ** 53])(
    "refuses a delay of %d",
    (delay) => {
      const { engine, note } = recorded();
      expect(() => engine.schedule(delay, note, 0)).toThrow(InvariantError);
      expect(() => engine.setTimer(delay, note, 0)).toThrow(InvariantError);
      expect(engine.pendingCount).toBe(0);
    },
  );

  it.each([4, Number.NaN, 5.5])("refuses the time %d at time 5", (time) => {
    const { engine, note } = recorded();
    engine.runUntil(5);
    expect(() => engine.scheduleAt(time, note, 0)).toThrow(InvariantError);
  });

  it.each([-1, 0.5, 2 ** 32, Number.NaN])("refuses the argument %d", (argument) => {
    const { engine, note } = recorded();
    expect(() => engine.schedule(1, note, argument)).toThrow(InvariantError);
  });

  it.each([0, 2, -1])("refuses handler %d, which nobody registered", (handler) => {
    const { engine } = recorded();
    expect(() => engine.schedule(1, handler, 0)).toThrow(InvariantError);
  });

  it("refuses to be run by one of its events, and to run back", () => {
    const { engine } = recorded();
    const nested = engine.handler("nested", () => engine.runUntil(10));
    engine.schedule(1, nested, 0);
    expect(() => engine.runUntil(5)).toThrow("an event cannot run the engine");
    expect(() => engine.runUntil(0)).toThrow("cannot run back");
  });
});

describe("a timer", () => {
  it("does not fire once cancelled, and its name is not used again", () => {
    const { engine, log, note } = recorded();
    const first = engine.setTimer(5, note, 1);
    expect(engine.timerArgument(first)).toBe(1);
    expect(engine.cancelTimer(first)).toBe(true);
    expect(engine.timerArgument(first)).toBeUndefined();
    engine.runUntil(5);
    const second = engine.setTimer(5, note, 2); // In the slot of the first.
    expect(engine.cancelTimer(first)).toBe(false);
    engine.runUntil(10);
    expect(engine.cancelTimer(second)).toBe(false);
    expect(log).toEqual(["10: 2"]);
  });

  it("can be cancelled by the event before it, at the same time", () => {
    const { engine, log, note } = recorded();
    let timer = 0;
    const cancel = engine.handler("cancel", () => engine.cancelTimer(timer));
    engine.schedule(5, cancel, 0);
    timer = engine.setTimer(5, note, 1);
    engine.runUntil(5);
    expect(log).toEqual([]);
  });

  it("of any set fires exactly if it was not cancelled before its time", () => {
    const timer = fc.record({ set: fc.nat(20), delay: fc.nat(20), cancel: fc.nat(60) });
    fc.assert(
      fc.property(fc.array(timer, { maxLength: 60, size: "max" }), (timers) => {
        const { engine, log, note } = recorded();
        const names: number[] = [];
        const set = engine.handler("set", (index) => {
          names[index] = engine.setTimer(timers[index]!.delay, note, index);
        });
        const cancelled: boolean[] = [];
        const cancel = engine.handler("cancel", (index) => {
          cancelled[index] = names[index] !== undefined && engine.cancelTimer(names[index]!);
        });
        timers.forEach((timer, index) => {
          engine.schedule(timer.cancel, cancel, index);
          engine.schedule(timer.set, set, index);
        });
        engine.runUntil(100);

        const fired = new Set(log.map((line) => Number(line.split(": ")[1])));
        expect(fired.size).toBe(log.length);
        timers.forEach((timer, index) => {
          // Scheduled before the run, the cancelling comes first at equal times.
          const inTime = timer.cancel > timer.set && timer.cancel <= timer.set + timer.delay;
          expect([fired.has(index), cancelled[index]]).toEqual([!inTime, inTime]);
        });
        expect(engine.pendingCount).toBe(0);
      }),
    );
  });
});

describe("the digest of an engine", () => {
  it("tells times, handlers, arguments and order apart", () => {
    const digestOf = (events: [delay: number, handler: number, argument: number][]) => {
      const engine = new Engine();
      for (const name of ["a", "b"]) engine.handler(name, () => {});
      for (const event of events) engine.schedule(...event);
      engine.runUntil(100);
      return engine.digest.text();
    };
    const digests = [
      digestOf([]),
      digestOf([[1, 1, 0]]),
      digestOf([[2, 1, 0]]),
      digestOf([[1, 2, 0]]),
      digestOf([[1, 1, 1]]),
      digestOf([
        [1, 1, 0],
        [1, 2, 0],
      ]),
      digestOf([
        [1, 2, 0],
        [1, 1, 0],
      ]),
    ];
    expect(new Set(digests).size).toBe(digests.length);
  });
});
