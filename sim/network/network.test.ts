import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { milliseconds, seconds } from "../engine/sim-time.ts";
import { type PostalWorld, postalWorld } from "../testing/postal-world.ts";
import { fixedLatency, LatencyTable } from "./latency-table.ts";
import type { NetworkOptions } from "./network.ts";

const oneWay = milliseconds(10);
const latency = fixedLatency(oneWay);
const host = { place: "anywhere", up: 100, down: 100 };
const always = 1e15;

/** Three hosts; a letter takes 10,001 µs, one of 100,000 bytes 11,000 µs. */
const three = (options: Partial<NetworkOptions> = {}) =>
  postalWorld({ latency, ...options }, [host, host, host]);

const ended = (post: PostalWorld) => {
  post.world.runUntil(always);
  return post.diary();
};

describe("a host that is down", () => {
  it("is known to be to the sender of a request after the connection has timed out", () => {
    const post = three();
    post.network.setHost(1, false);
    post.send(7, "request", 0, 1, 100);
    expect(ended(post)).toEqual([
      { letter: "request", outcome: "lost", at: 7 + seconds(5), told: 0 },
    ]);
  });

  it("is known to be to whoever waits for its answer after a ping without an answer", () => {
    const post = three();
    post.network.setHost(1, false);
    post.answer(7, "answer", 1, 0, 100);
    expect(ended(post)).toEqual([
      { letter: "answer", outcome: "lost", at: 7 + seconds(35), told: 0 },
    ]);
  });

  it("receives again once it is up", () => {
    const post = three();
    post.network.setHost(1, false);
    post.network.setHost(1, true);
    post.send(0, "request", 0, 1, 100);
    expect(ended(post)).toMatchObject([{ outcome: "delivered", at: 10_001, told: 1 }]);
  });

  it("loses the small messages that arrive while it is", () => {
    const post = three();
    post.send(0, "early", 0, 1, 100);
    post.send(5_000, "late", 0, 1, 100);
    post.send(5_000, "answer", 0, 1, 100);
    post.world.runUntil(10_001);
    post.network.setHost(1, false);
    expect(ended(post)).toMatchObject([
      { letter: "early", outcome: "delivered" },
      { letter: "late", outcome: "lost", at: 5_000 + seconds(5) },
      { letter: "answer", outcome: "lost", at: 5_000 + seconds(5) },
    ]);
  });

  it("loses all transfers from and to it in their middle, and leaves the links to the others", () => {
    const post = three();
    post.send(0, "to it", 0, 1, 100_000);
    post.send(0, "past it", 0, 2, 100_000);
    post.answer(0, "from it", 1, 2, 100_000);
    post.world.runUntil(500);
    post.network.setHost(1, false);
    // Until 500 the two from host 0 had 50 each. Then 75,000 are left to one, alone: 750 µs. At host 2
    // it is alone: what has not arrived of "from it" never will.
    expect(ended(post)).toEqual([
      { letter: "past it", outcome: "delivered", at: 11_250, told: 2 },
      { letter: "to it", outcome: "lost", at: seconds(5), told: 0 },
      { letter: "from it", outcome: "lost", at: 500 + seconds(35), told: 2 },
    ]);
  });

  it("loses a request half received as a broken connection", () => {
    const post = three();
    post.send(0, "half", 0, 1, 1_000_000);
    post.world.runUntil(15_000);
    post.network.setHost(1, false);
    expect(ended(post)).toMatchObject([{ outcome: "lost", at: 15_000 + seconds(35), told: 0 }]);
  });

  it("is still reached by what is free, for that is no traffic", () => {
    const post = postalWorld({ latency }, [host, host, undefined]);
    post.network.setHost(1, false);
    post.send(0, "mishap", 2, 1, 100);
    expect(ended(post)).toMatchObject([{ outcome: "delivered", at: 0 }]);
    expect(post.network.lostWhileDown(1)).toBe(0);
  });

  it("counts what was lost because it was", () => {
    const post = three();
    post.send(0, "on the wire", 0, 1, 100);
    post.send(0, "under way", 1, 2, 100_000);
    post.world.runUntil(500);
    post.network.setHost(1, false);
    post.send(600, "refused", 2, 1, 100);
    post.send(600, "past it", 2, 0, 100);
    ended(post);
    expect([0, 1, 2].map((actor) => post.network.lostWhileDown(actor))).toEqual([0, 3, 0]);
  });

  it("is told of a loss only once though its first byte was still to come", () => {
    const post = three({ latency: fixedLatency(seconds(60)) });
    post.send(0, "slow", 0, 1, 100_000);
    post.world.runUntil(1);
    post.network.setHost(1, false);
    // The time-out of 5 s is over when the event of the first byte frees the message.
    expect(ended(post)).toEqual([{ letter: "slow", outcome: "lost", at: seconds(60), told: 0 }]);
  });
});

describe("an asker that waits no more", () => {
  it("stops the request that it is still sending, at once", () => {
    const post = three();
    post.send(0, "request", 0, 1, 100_000, 7);
    post.send(0, "other", 0, 2, 100_000);
    post.abandon(500, 0, 1, 7);
    // Until 500 the two had 50 each; then 75,000 are left to the other, alone.
    expect(ended(post)).toMatchObject([{ letter: "other", outcome: "delivered", at: 11_250 }]);
    expect(post.network.counters(0)).toMatchObject({
      bytesSent: 125_000,
      bytesAbandoned: 25_000,
      messagesAbandoned: 1,
      messagesLost: 0,
    });
  });

  it("stops the answer one way later", () => {
    const post = three();
    post.answer(0, "answer", 1, 0, 4_000_000, 7);
    post.abandon(5_000, 0, 1, 7);
    expect(ended(post)).toEqual([]);
    expect(post.network.counters(1)).toMatchObject({ bytesSent: 1_500_000 });
  });

  it("stops an answer that is sent before that is known, and prevents one that would be after", () => {
    const post = three();
    post.abandon(0, 0, 1, 7);
    post.abandon(0, 0, 1, 8);
    post.answer(9_000, "before", 1, 0, 4_000_000, 7);
    post.answer(10_000, "after", 1, 0, 4_000_000, 8);
    expect(ended(post)).toEqual([]);
    expect(post.network.counters(1)).toMatchObject({ messagesSent: 1, bytesSent: 100_000 });
  });

  it("is given what it asks for again under the same number", () => {
    const post = three();
    post.abandon(0, 0, 1, 7);
    post.send(20_000, "again", 0, 1, 100, 7);
    post.answer(40_000, "answer", 1, 0, 100_000, 7);
    expect(ended(post)).toMatchObject([{ outcome: "delivered" }, { outcome: "delivered" }]);
  });
});

describe("rules", () => {
  it("drop messages one way only", () => {
    const post = three();
    post.network.addRule({ from: [0], to: [1, 2], effect: { kind: "drop" } });
    post.send(0, "there", 0, 1, 100);
    post.send(0, "back", 1, 0, 100);
    post.send(0, "aside", 1, 2, 100);
    expect(ended(post)).toMatchObject([
      { letter: "back", outcome: "delivered", at: 10_001 },
      { letter: "aside", outcome: "delivered", at: 10_001 },
      { letter: "there", outcome: "lost", at: seconds(5), told: 0 },
    ]);
  });

  it("that drop cut the transfers under way, one way only", () => {
    const post = three();
    post.send(0, "there", 0, 1, 1_000_000);
    post.send(0, "back", 1, 0, 1_000_000);
    post.world.runUntil(15_000);
    post.network.addRule({ from: [0], to: [1], effect: { kind: "drop" } });
    expect(ended(post)).toMatchObject([
      { letter: "back", outcome: "delivered", at: 20_000 },
      { letter: "there", outcome: "lost", at: 15_000 + seconds(35) },
    ]);
  });

  it("act one after the other, on what the last left", () => {
    const post = three();
    const between = { from: [0], to: [1] };
    post.network.addRule({ ...between, effect: { kind: "delay", factor: 2 } });
    post.network.addRule({ ...between, effect: { kind: "delay", add: 500 } });
    post.network.addRule({ ...between, effect: { kind: "delay", factor: 3, add: 1 } });
    post.send(0, "letter", 0, 1, 100);
    expect(ended(post)).toMatchObject([{ at: (10_000 * 2 + 500) * 3 + 1 + 1 }]);
  });

  it("count the messages that they act on, and the transfers that they cut", () => {
    const post = three();
    const slower = post.network.addRule({ from: [0], to: [1], effect: { kind: "delay", add: 9 } });
    post.send(0, "large", 0, 1, 1_000_000);
    post.send(0, "aside", 0, 2, 1_000_000);
    post.world.runUntil(15_000);
    const cut = post.network.addRule({ from: [0], to: [1, 2], effect: { kind: "drop" } });
    post.send(16_000, "small", 0, 1, 100);
    ended(post);
    expect(post.network.ruleHits(slower)).toBe(2);
    expect(post.network.ruleHits(cut)).toBe(3);
  });

  it("end when they are removed", () => {
    const post = three();
    const first = post.network.addRule({ from: [0], to: [1], effect: { kind: "drop" } });
    const second = post.network.addRule({ from: [0], to: [1], effect: { kind: "delay", add: 9 } });
    expect(post.network.removeRule(first)).toBe(true);
    expect(post.network.removeRule(first)).toBe(false);
    expect(second).not.toBe(first);
    post.send(0, "letter", 0, 1, 100);
    expect(ended(post)).toMatchObject([{ outcome: "delivered", at: 10_010 }]);
  });

  it("slow transfers down at both ends, and small messages on their way", () => {
    const post = three();
    post.network.addRule({ from: [0], to: [1], effect: { kind: "rate", factor: 0.1 } });
    post.send(0, "large", 0, 1, 100_000); // 10,000 µs at either end.
    post.send(0, "small", 0, 1, 1_000); // 100 µs.
    expect(ended(post)).toMatchObject([{ at: 10_100 }, { at: 20_000 }]);
  });

  it("refuse what would never arrive", () => {
    const { network } = three();
    const add = (effect: Parameters<typeof network.addRule>[0]["effect"]) => () =>
      network.addRule({ from: [0], to: [1], effect });
    expect(add({ kind: "loss", probability: 1 })).toThrow("loss must be in 0..1, found 1");
    expect(add({ kind: "rate", factor: 0 })).toThrow("above 0, found 0");
    expect(add({ kind: "delay", add: -1 })).toThrow("must not be negative");
  });
});

describe("loss", () => {
  it("delays a message by time-outs that double, and never loses it for good", () => {
    const post = three({ loss: 0.5 });
    const apart = seconds(10_000);
    for (let index = 0; index < 2_000; index++) post.send(index * apart, "letter", 0, 1, 100);
    const delays = ended(post).map(({ at }) => (at % apart) - 10_001);
    expect(delays).toHaveLength(2_000);
    // A time-out is the round trip of 20 ms and 200 ms; 0, 1, 3, 7 ... of them for 0, 1, 2, 3 ... losses.
    const perLosses = (losses: number) =>
      delays.filter((delay) => delay === milliseconds(220) * (2 ** losses - 1)).length;
    // Half come at once, half of the others after one loss ...: give or take four standard deviations.
    [1000, 500, 250, 125].forEach((expected, losses) => {
      const deviation = Math.sqrt(expected * (1 - expected / 2000));
      expect(Math.abs(perLosses(losses) - expected)).toBeLessThan(4 * deviation);
    });
    // Up to the tenth, time-outs are below 120 s; one message in 1,024 has more.
    const doubled = Array.from({ length: 11 }, (_, losses) => perLosses(losses));
    expect(doubled.reduce((sum, count) => sum + count, 0)).toBeGreaterThan(1_980);
  });

  it("of a rule adds to that of the network", () => {
    const post = three({ loss: 0.5 });
    post.network.addRule({ from: [0], to: [1], effect: { kind: "loss", probability: 0.5 } });
    for (let index = 0; index < 2_000; index++) post.send(index * seconds(1), "letter", 0, 1, 100);
    const atOnce = ended(post).filter(({ at }) => at % seconds(1) === 10_001).length;
    expect(Math.abs(atOnce - 500)).toBeLessThan(80); // Four standard deviations of 19.
  });
});

describe("a slow host", () => {
  it("delays what it sends and what it is sent", () => {
    const post = three();
    post.network.scaleHost(1, { delay: 3 });
    post.send(0, "to it", 0, 1, 100);
    post.send(1, "from it", 1, 2, 100);
    post.send(2, "past it", 0, 2, 100);
    expect(ended(post)).toMatchObject([{ at: 10_003 }, { at: 30_001 }, { at: 30_002 }]);
  });

  it("is as fast as before once it is scaled back", () => {
    const post = three();
    post.network.scaleHost(1, { delay: 3, rate: 0.01 });
    post.network.scaleHost(1, {});
    post.send(0, "large", 0, 1, 100_000);
    expect(ended(post)).toMatchObject([{ at: 11_000 }]);
  });
});

describe("jitter", () => {
  const places = [{ name: "here", region: "here" }];
  const spread = new LatencyTable(places, {
    mean: Float64Array.of(50_000),
    deviation: Float64Array.of(10_000),
  });
  const here = { place: "here", up: 1e3, down: 1e3 };
  const delays = (options: Partial<NetworkOptions>, names = ["a", "b"]) => {
    const hosts = names.map((name) => ({ ...here, name }));
    const post = postalWorld({ latency: spread, ...options }, hosts);
    for (let index = 0; index < 4_000; index++) post.send(index * seconds(1), "letter", 0, 1, 1);
    return ended(post).map(({ at }) => at % seconds(1));
  };

  it("has the mean and the deviation of the pair", () => {
    const drawn = delays({});
    const mean = drawn.reduce((sum, delay) => sum + delay, 0) / drawn.length;
    const variance = drawn.reduce((sum, delay) => sum + (delay - mean) ** 2, 0) / drawn.length;
    // Standard errors: 10,000 / sqrt(4,000) = 158; of a deviation, near 10,000 sqrt((kurtosis - 1) /
    // (4 * 4,000)), where a log-normal of this spread has kurtosis 3.7: 130. Four of each.
    expect(Math.abs(mean - 50_000)).toBeLessThan(632);
    expect(Math.abs(Math.sqrt(variance) - 10_000)).toBeLessThan(520);
  });

  it("can be turned off", () => {
    expect(new Set(delays({ jitter: false }))).toEqual(new Set([50_000]));
  });

  it("is the luck of the sender's name", () => {
    expect(delays({}, ["a", "c"])).toEqual(delays({}));
    expect(delays({}, ["c", "b"])).not.toEqual(delays({}));
  });
});

const anything = fc.array(
  fc.oneof(
    {
      weight: 6,
      arbitrary: fc.record({
        kind: fc.constant("send" as const),
        from: fc.nat(4),
        to: fc.nat(4),
        bytes: fc.constantFrom(100, 1_500, 60_000, 1_000_000),
        answer: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant("host" as const),
        actor: fc.nat(3),
        up: fc.boolean(),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant("cut" as const), from: fc.nat(4), to: fc.nat(4) }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("abandon" as const),
        back: fc.integer({ min: 1, max: 8 }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("slow" as const), actor: fc.nat(3) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("heal" as const), rule: fc.nat(3) }) },
  ),
  { minLength: 1, maxLength: 60 },
);

type Deed = (typeof anything extends fc.Arbitrary<infer T> ? T : never)[number];

const fiveActors = () =>
  postalWorld({ latency: fixedLatency(milliseconds(3)), loss: 0.1 }, [
    host,
    host,
    { ...host, up: 10 },
    { ...host, down: 1 },
    undefined,
  ]);

function act(post: PostalWorld, deeds: readonly Deed[], index: number): void {
  const deed = deeds[index]!;
  const { now } = post.world.engine;
  const { network } = post;
  if (deed.kind === "send") {
    const send = deed.answer ? post.answer : post.send;
    send(now, `${index}`, deed.from, deed.to, deed.bytes, index);
  } else if (deed.kind === "abandon") {
    const call = index - deed.back;
    const letter = deeds[call];
    if (letter?.kind !== "send") return;
    const [asker, peer] = letter.answer ? [letter.to, letter.from] : [letter.from, letter.to];
    post.abandon(now, asker, peer, call);
  } else if (deed.kind === "host") network.setHost(deed.actor, deed.up);
  else if (deed.kind === "slow") network.scaleHost(deed.actor, { delay: 2, rate: 0.3 });
  else if (deed.kind === "heal") network.removeRule(deed.rule);
  else network.addRule({ from: [deed.from], to: [deed.to], effect: { kind: "drop" } });
  post.world.runUntil(now + 700);
}

describe("whatever happens", () => {
  it("each message is delivered or lost once, or else abandoned, and until then under way", () => {
    fc.assert(
      fc.property(anything, (deeds) => {
        const post = fiveActors();
        deeds.forEach((_, index) => {
          act(post, deeds, index);
          for (let actor = 0; actor < 5; actor++) {
            const { messagesSent, messagesDelivered, messagesLost, messagesAbandoned } =
              post.network.counters(actor);
            const ended = messagesDelivered + messagesLost + messagesAbandoned;
            expect(ended + post.network.inFlight(actor)).toBe(messagesSent);
          }
          post.network.checkConservation();
        });
        const told = ended(post).map(({ letter }) => Number(letter));
        expect(new Set(told).size).toBe(told.length);
        const untold = deeds.flatMap(({ kind }, index) =>
          kind === "send" && !told.includes(index) ? [index] : [],
        );
        const abandoned = deeds.map((deed, index) =>
          deed.kind === "abandon" ? index - deed.back : undefined,
        );
        for (const letter of untold) expect(abandoned).toContain(letter);

        const all = [0, 1, 2, 3, 4].map((actor) => post.network.counters(actor));
        const total = (name: keyof (typeof all)[0]) =>
          all.reduce((sum, each) => sum + each[name], 0);
        const ends = total("bytesDelivered") + total("bytesLost") + total("bytesAbandoned");
        expect(ends).toBe(total("bytesSent"));
        expect(total("messagesReceived")).toBe(total("messagesDelivered"));
        expect(total("bytesReceived")).toBe(total("bytesDelivered"));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ["bytesSent", "host 0 has sent 101 bytes; 0 have ended, 100 are under way"],
    ["messagesLost", "host 0 has sent 1 messages; 1 have ended, 1 are under way"],
    ["messagesAbandoned", "host 0 has sent 1 messages; 1 have ended, 1 are under way"],
    ["bytesReceived", "0 bytes were delivered, and 1 received"],
  ])("a run whose %s is one too many does not end well", (column, message) => {
    const post = three();
    post.send(0, "request", 0, 1, 100);
    post.world.runUntil(5_000);
    post.network.checkConservation();
    const snapshot = post.network.snapshot() as { hosts: Record<string, Float64Array> };
    snapshot.hosts[column]![0]!++;
    post.network.restore(snapshot);
    expect(() => post.network.checkConservation()).toThrow(message);
  });

  it("a fork goes on as the run does, and can be taken from one snapshot many times", () => {
    fc.assert(
      fc.property(anything, fc.nat(59), (deeds, at) => {
        const run = fiveActors();
        const middle = Math.min(at, deeds.length);
        for (let index = 0; index < middle; index++) act(run, deeds, index);
        const fork = run.fork();
        const snapshot = run.world.snapshot();
        const finish = (post: PostalWorld) => {
          for (let index = middle; index < deeds.length; index++) act(post, deeds, index);
          return { diary: ended(post), digest: post.world.eventDigest };
        };
        const expected = finish(run);
        expect(finish(fork)).toEqual(expected);
        for (let again = 0; again < 2; again++) {
          fork.world.restore(snapshot);
          expect(finish(fork)).toEqual(expected);
        }
      }),
      { numRuns: 100 },
    );
  });
});
