import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AN_EVENING, gossipWorld } from "./gossip.fixture.ts";
import { SortedQueue } from "./sorted-queue.ts";
import { World } from "./world.ts";

const make = (seed = "gossip") => new World(gossipWorld(seed));
type Gossips = ReturnType<typeof make>;

const runTo = (world: Gossips, time: number) => {
  world.runUntil(time);
  return { events: world.eventDigest, facts: world.factDigest, count: world.engine.eventCount };
};

const instant = fc.nat(AN_EVENING);

describe("a world run twice from one seed", () => {
  it("gives the same events and facts", () => {
    expect(runTo(make(), AN_EVENING)).toEqual(runTo(make(), AN_EVENING));
  });

  it("gives the same when it is stopped on the way, wherever", () => {
    const whole = runTo(make(), AN_EVENING);
    fc.assert(
      fc.property(fc.array(instant, { maxLength: 20 }), (stops) => {
        const world = make();
        for (const stop of stops.sort((a, b) => a - b)) world.runUntil(stop);
        expect(runTo(world, AN_EVENING)).toEqual(whole);
      }),
      { numRuns: 20 },
    );
  });

  it("gives the same event by event as in one go", () => {
    const world = make();
    const stepped = make();
    const { count } = runTo(world, AN_EVENING);
    while (stepped.engine.eventCount < count) stepped.engine.step();
    expect(stepped.eventDigest).toBe(world.eventDigest);
  });

  it("gives the same while it is observed", () => {
    const observed = make();
    let events = 0;
    let facts = 0;
    observed.engine.observeEvents(() => events++);
    observed.observeFacts(() => facts++);

    expect(runTo(observed, AN_EVENING)).toEqual(runTo(make(), AN_EVENING));
    expect(events).toBe(observed.engine.eventCount);
    expect(facts).toBeGreaterThan(0);
  });

  it("gives the same on the ladder queue and on the plain one", () => {
    const plain = new World({ ...gossipWorld("gossip"), queue: new SortedQueue() });
    expect(runTo(plain, AN_EVENING)).toEqual(runTo(make(), AN_EVENING));
  });

  it("gives something else from another seed", () => {
    expect(runTo(make("other"), AN_EVENING)).not.toEqual(runTo(make(), AN_EVENING));
  });
});

describe("a fork", () => {
  it("taken at any instant continues as the original does, whichever runs first", () => {
    const whole = runTo(make(), AN_EVENING);
    fc.assert(
      fc.property(instant, fc.boolean(), (time, forkFirst) => {
        const world = make();
        world.runUntil(time);
        const fork = world.fork();
        const [first, second] = forkFirst ? [fork, world] : [world, fork];
        expect(runTo(first, AN_EVENING)).toEqual(whole);
        expect(runTo(second, AN_EVENING)).toEqual(whole);
      }),
      { numRuns: 30 },
    );
  });

  it("of a fork continues as the original does", () => {
    const world = make();
    world.runUntil(AN_EVENING / 4);
    const fork = world.fork();
    fork.runUntil(AN_EVENING / 2);

    expect(runTo(fork.fork(), AN_EVENING)).toEqual(runTo(world, AN_EVENING));
  });

  it("with a salt keeps all that has been, and has other luck from there", () => {
    const world = make();
    const half = runTo(world, AN_EVENING / 2);
    const salted = world.fork("a");

    expect(runTo(salted, AN_EVENING / 2)).toEqual(half);
    expect(runTo(salted, AN_EVENING)).not.toEqual(runTo(world, AN_EVENING));
  });

  it("with a salt is repeatable, and differs from the one with another salt", () => {
    const world = make();
    world.runUntil(AN_EVENING / 2);
    const [a, again, b] = [world.fork("a"), world.fork("a"), world.fork("b")];

    expect(runTo(again, AN_EVENING)).toEqual(runTo(a, AN_EVENING));
    expect(runTo(b, AN_EVENING)).not.toEqual(runTo(a, AN_EVENING));
  });

  it("with a salt has luck of its own at each moment, though the salt be the same", () => {
    const world = make();
    const early = world.fork("a");
    world.runUntil(1);
    const late = world.fork("a");

    const draw = (of: Gossips) => of.engine.streams.stream("ada/peer")();
    expect(draw(late)).not.toBe(draw(early));
  });
});

describe("a snapshot", () => {
  it("can be restored many times, into the world it was taken of and into another", () => {
    const world = make();
    world.runUntil(AN_EVENING / 2);
    const snapshot = world.snapshot();
    const whole = runTo(world, AN_EVENING);
    const other = make().fork();
    for (const target of [world, other, world, other]) {
      target.restore(snapshot);
      expect(target.engine.now).toBe(AN_EVENING / 2);
      expect(runTo(target, AN_EVENING)).toEqual(whole);
    }
  });

  it("is refused inside an event", () => {
    const world = make();
    world.engine.observeEvents(() => world.snapshot());
    expect(() => world.runUntil(AN_EVENING)).toThrow("between two events");
  });

  it("is refused by a world that was built differently", () => {
    const other = new World<never>({ seed: "", build: () => {} });
    expect(() => other.restore(make().snapshot())).toThrow("built in the same way");
  });
});
