import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { milliseconds } from "../engine/sim-time.ts";
import { type PostalWorld, postalWorld } from "../testing/postal-world.ts";
import { fixedLatency } from "./latency-table.ts";

// Every link carries 100 bytes a microsecond but where a test says otherwise, and every message is
// 10 ms under way, so that 100,000 bytes take 1,000 µs alone on a link.
const oneWay = milliseconds(10);
const latency = fixedLatency(oneWay);
const host = { place: "anywhere", up: 100, down: 100 };
const wide = { place: "anywhere", up: 1e6, down: 1e6 };

const deliveries = (post: PostalWorld) => {
  post.world.runUntil(1e9);
  return Object.fromEntries(post.diary().map(({ letter, at }) => [letter, at]));
};

describe("a transfer", () => {
  it("takes its bytes over the rate, and the way", () => {
    const post = postalWorld({ latency }, [host, host]);
    post.send(0, "a", 0, 1, 100_000);
    expect(deliveries(post)).toEqual({ a: 11_000 });
  });

  it("is paced by the slower of its two ends", () => {
    const post = postalWorld({ latency }, [{ ...host, up: 25 }, host, { ...host, down: 50 }]);
    post.send(0, "slow uplink", 0, 1, 100_000); // 100,000 / 25 = 4,000.
    post.send(0, "slow downlink", 1, 2, 100_000); // 100,000 / 50 = 2,000.
    expect(deliveries(post)).toEqual({ "slow uplink": 14_000, "slow downlink": 12_000 });
  });

  it("shares its sender's uplink equally", () => {
    const post = postalWorld({ latency }, [host, wide, wide]);
    post.send(0, "a", 0, 1, 100_000);
    post.send(0, "b", 0, 2, 200_000);
    // Both at 50 until a has its 100,000 at 2,000; b has as many left, alone: 1,000 more.
    expect(deliveries(post)).toEqual({ a: 12_000, b: 13_000 });
  });

  it("shares its receiver's downlink equally", () => {
    const post = postalWorld({ latency }, [wide, wide, host]);
    post.send(0, "a", 0, 2, 100_000);
    post.send(0, "b", 1, 2, 200_000);
    expect(deliveries(post)).toEqual({ a: 12_000, b: 13_000 });
  });

  it("gives way to one that begins in its middle", () => {
    const post = postalWorld({ latency }, [host, wide, wide]);
    post.send(0, "a", 0, 1, 100_000);
    post.send(500, "b", 0, 2, 20_000);
    // At 500 a has 50,000 left. At 50 each, b is through after 400 µs, at 900, and a has 30,000 left:
    // alone, 300 more.
    expect(deliveries(post)).toEqual({ a: 11_200, b: 10_900 });
  });

  it("overtakes a longer one that began earlier, and shares with a third until then", () => {
    const post = postalWorld({ latency }, [host, wide]);
    post.send(0, "long", 0, 1, 300_000);
    post.send(1_000, "short", 0, 1, 30_000);
    post.send(1_200, "middle", 0, 1, 60_000);
    // 1,000: long has 200,000 left. 1,200: after 10,000 each, long 190,000, short 20,000, middle 60,000.
    // A third of 100 each: short ends after 600, at 1,800; middle has 40,000, long 170,000. At 50:
    // middle ends after 800, at 2,600; long has 130,000: at 3,900.
    expect(deliveries(post)).toEqual({ short: 11_800, middle: 12_600, long: 13_900 });
  });

  it("waits for its last byte where its uplink is the busier end", () => {
    // a and b leave host 0 together at 50 each; c fills host 1's downlink from 11,000 on.
    const post = postalWorld({ latency }, [host, host, wide, wide]);
    post.send(0, "a", 0, 1, 100_000);
    post.send(0, "b", 0, 2, 50_000);
    post.send(1_000, "c", 3, 1, 400_000);
    // Uplink of 0: b ends at 1,000, a has 50,000 left and ends at 1,500; last byte at 11,500.
    // Downlink of 1: a alone from 10,000, at 100 (it is served ahead of its uplink's pace): 1,000 by 11,000
    // is all of its 100,000. So a waits for its last byte only. c: 400,000 from 11,000, alone.
    expect(deliveries(post)).toEqual({ a: 11_500, b: 11_000, c: 15_000 });
  });

  it("waits for its downlink where that is busier, though its last byte has come", () => {
    const post = postalWorld({ latency }, [host, host, wide, wide]);
    post.send(0, "early", 2, 1, 400_000);
    post.send(0, "a", 0, 1, 100_000);
    // Both join the downlink at 10,000: 50 each. a is through at 12,000, its last byte came at 11,000.
    // early has 300,000 left: 3,000 more.
    expect(deliveries(post)).toEqual({ a: 12_000, early: 15_000 });
  });

  it("ends where a change of rate in its middle lets it", () => {
    const post = postalWorld({ latency }, [host, wide]);
    post.send(0, "a", 0, 1, 100_000);
    post.world.runUntil(600); // 40,000 left.
    post.network.scaleHost(0, { rate: 0.5 });
    post.world.runUntil(1_000); // 400 at 50: 20,000 left.
    post.network.scaleHost(0, {});
    expect(deliveries(post)).toEqual({ a: 11_200 });
  });

  it("is quicker at once when its link is, though it has long begun to arrive", () => {
    const post = postalWorld({ latency }, [host, wide]);
    post.send(0, "a", 0, 1, 4_000_000); // Until 40,000, and its first byte arrives at 10,000.
    post.world.runUntil(20_000); // 2,000,000 left.
    post.network.scaleHost(0, { rate: 4 }); // 5,000 more.
    expect(deliveries(post)).toEqual({ a: 35_000 });
  });

  it("has its link to itself again when another is cut, though it has long begun to arrive", () => {
    const post = postalWorld({ latency }, [host, wide, wide]);
    post.send(0, "a", 0, 1, 8_000_000);
    post.send(0, "b", 0, 2, 8_000_000);
    post.world.runUntil(20_000); // 7,000,000 of each left.
    post.network.setHost(2, false);
    expect(deliveries(post)).toMatchObject({ a: 100_000 }); // 70,000 more, and the way.
  });

  it("does not notice when somebody else looks at its links", () => {
    const alone = postalWorld({ latency }, [host, host, wide]);
    const watched = postalWorld({ latency }, [host, host, wide]);
    for (const post of [alone, watched]) {
      post.send(0, "a", 0, 1, 99_991);
      post.send(7, "b", 0, 1, 77_773);
      post.send(11, "c", 0, 1, 55_579);
    }
    // Runs to each microsecond in turn: no event of its own comes of it.
    for (let now = 0; now < 13_000; now++) watched.world.runUntil(now);
    expect(deliveries(watched)).toEqual(deliveries(alone));
  });

  it("takes the same time early and late in a run", () => {
    const durations = [0, 1e6 * 86_400 * 42, 2 ** 51].map((start) => {
      const post = postalWorld({ latency }, [host, host]);
      for (const [index, bytes] of [31_337, 65_537, 99_991].entries()) {
        post.send(start + 13 * index, `${index}`, 0, 1, bytes);
      }
      post.world.runUntil(start + 1e9);
      return post.diary().map(({ letter, at }) => [letter, at - start]);
    });
    expect(durations[1]).toEqual(durations[0]);
    expect(durations[2]).toEqual(durations[0]);
  });

  it("arrives in order of sending where all else is equal", () => {
    const names = Array.from({ length: 50 }, (_, index) => `${index}`);
    const post = postalWorld({ latency }, [host, host]);
    for (const name of names) post.send(0, name, 0, 1, 10_000);
    post.world.runUntil(1e9);
    expect(post.diary().map(({ letter }) => letter)).toEqual(names);
    expect(new Set(post.diary().map(({ at }) => at))).toEqual(new Set([15_000])); // 500,000 / 100.
  });
});

describe("the events of a transfer, besides the one that orders it", () => {
  const eventsOf = (post: PostalWorld) => {
    post.world.runUntil(1e9);
    return post.world.engine.eventCount;
  };

  it("are two where links are idle: its first byte and its last", () => {
    const post = postalWorld({ latency }, [host, host]);
    for (let index = 0; index < 1_000; index++) post.send(index * 1_000, "a", 0, 1, 90_000);
    expect(eventsOf(post)).toBe(3_000);
  });

  it("are two again after others have been cut", () => {
    const post = postalWorld({ latency }, [host, host, wide]);
    post.send(0, "held up by its uplink", 0, 2, 100_000_000);
    post.send(0, "held up by its downlink", 2, 1, 100_000_000);
    post.world.runUntil(20_000);
    post.network.setHost(2, false);
    const before = eventsOf(post);
    for (let index = 0; index < 1_000; index++) post.send(2e9 + index * 1_000, "a", 0, 1, 90_000);
    post.world.runUntil(3e9);
    expect(post.world.engine.eventCount - before).toBe(3_000);
  });

  it("are three where another waits, and one stale: that of the other, put off", () => {
    const post = postalWorld({ latency }, [wide, host]);
    post.send(0, "long", 0, 1, 1_000_000_000);
    for (let index = 0; index < 1_000; index++) post.send(index * 1_000, "short", 0, 1, 10_000);
    // Each puts off the end of the long one, whose event comes in vain and is armed anew.
    expect(eventsOf(post)).toBeLessThanOrEqual(4 * 1_000 + 10);
  });
});

interface Flow {
  readonly from: number;
  readonly to: number;
  readonly start: number;
  readonly bytes: number;
}

/** When each flow of one link ends, by serving all of them a step at a time: the plain reference. */
function endsOnOneLink(rate: number, flows: readonly { start: number; bytes: number }[]): number[] {
  const left = flows.map(({ bytes }) => bytes);
  const ends = flows.map(() => 0);
  let now = 0;
  while (left.some((bytes) => bytes > 0)) {
    const begun = flows.flatMap(({ start }, index) =>
      start <= now && left[index]! > 0 ? [index] : [],
    );
    const nextStart = Math.min(...flows.map(({ start }) => (start > now ? start : Infinity)));
    const least = Math.min(...begun.map((index) => left[index]!));
    const untilEnd = begun.length === 0 ? Infinity : (least * begun.length) / rate;
    const step = Math.min(nextStart - now, untilEnd);
    for (const index of begun) {
      left[index]! -= (step * rate) / begun.length;
      if (left[index]! > 1e-6) continue;
      left[index] = 0;
      ends[index] = now + step;
    }
    now += step;
  }
  return ends;
}

function deliveriesByReference(rates: readonly number[], flows: readonly Flow[]): number[] {
  const delivered = flows.map(() => 0);
  rates.forEach((rate, host) => {
    const sent = flows.filter(({ from }) => from === host);
    endsOnOneLink(rate, sent).forEach((end, index) => {
      const flow = flows.indexOf(sent[index]!);
      delivered[flow] = Math.max(delivered[flow]!, end + oneWay);
    });
    const received = flows.filter(({ to }) => to === host);
    const begun = received.map(({ start, bytes }) => ({ start: start + oneWay, bytes }));
    endsOnOneLink(rate, begun).forEach((end, index) => {
      const flow = flows.indexOf(received[index]!);
      delivered[flow] = Math.max(delivered[flow]!, end);
    });
  });
  return delivered;
}

describe("many transfers", () => {
  // Few distinct values, so that ties are common and links are busy.
  const flow = fc
    .record({
      from: fc.nat(3),
      hop: fc.integer({ min: 1, max: 3 }),
      start: fc.oneof(
        fc.nat(4).map((n) => n * 500),
        fc.nat(12_000),
      ),
      bytes: fc.oneof(fc.constantFrom(50_000, 100_000), fc.integer({ min: 1_501, max: 200_000 })),
    })
    .map(({ from, hop, start, bytes }) => ({ from, to: (from + hop) % 4, start, bytes }));
  const rates = fc.array(fc.constantFrom(1, 10, 33, 100), { minLength: 4, maxLength: 4 });

  it("end when a step by step reference says, to the microsecond that they are rounded up to", () => {
    fc.assert(
      fc.property(rates, fc.array(flow, { minLength: 1, maxLength: 25 }), (perHost, flows) => {
        const post = postalWorld(
          { latency },
          perHost.map((rate) => ({ place: "anywhere", up: rate, down: rate })),
        );
        flows.forEach(({ from, to, start, bytes }, index) => {
          post.send(start, `${index}`, from, to, bytes);
        });
        const found = deliveries(post);
        deliveriesByReference(perHost, flows).forEach((expected, index) => {
          expect(found[index]).toBeGreaterThan(expected - 1e-3);
          expect(found[index]).toBeLessThan(expected + 1 + 1e-3);
        });
      }),
      { numRuns: 300 },
    );
  });
});

describe("a small message", () => {
  it("goes past the queue, at the pace of an idle link", () => {
    const post = postalWorld({ latency }, [host, { ...host, down: 50 }]);
    post.send(0, "large", 0, 1, 1_000_000);
    post.send(1, "small", 0, 1, 1_500); // 1,500 / 50 = 30.
    expect(deliveries(post)).toEqual({ small: 10_031, large: 30_000 });
  });

  it("is one of at most 1,500 bytes", () => {
    const post = postalWorld({ latency }, [host, host]);
    post.send(0, "large", 0, 1, 1_000_000);
    post.send(0, "second", 0, 1, 1_501); // Half the rate at both ends: 1,501 / 50 = 30.02, rounded up.
    expect(deliveries(post)).toEqual({ second: 10_031, large: 20_016 }); // 10,015.01 rounded up.
  });
});

describe("an actor off the network", () => {
  it("talks at once and for free", () => {
    const post = postalWorld({ latency }, [host, undefined]);
    post.send(5, "there", 0, 1, 1e9);
    post.send(5, "back", 1, 0, 1e9);
    expect(deliveries(post)).toEqual({ there: 5, back: 5 });
  });
});
