import { describe, expect, it } from "vitest";
import { milliseconds, seconds } from "../engine/sim-time.ts";
import type { Disturbance, Fault, Outage, Restart, Slow } from "./fault.ts";
import { TestWorld } from "./test-world.ts";

const constant = (value: number) => ({ kind: "constant", value }) as const;
const node = (index: number) => ({ list: [`node-${index}`] });

const outage: Outage = {
  kind: "region-outage",
  region: "europe",
  at: 100,
  lasts: constant(50),
  share: 1,
};

describe("an outage", () => {
  it("of a region takes all its nodes down, for as long as it lasts", () => {
    const test = new TestWorld({ faults: [outage] }).run(1000);
    expect(test.history()).toEqual([
      "100 node-down 0",
      "100 node-down 2",
      "150 node-up 0",
      "150 node-up 2",
    ]);
    expect(test.told("fault-started", "fault-ended")).toEqual([
      [100, "fault-started", { fault: 0, kind: "region-outage", nodes: 2, shards: 6 }],
      [150, "fault-ended", { fault: 0 }],
    ]);
  });

  it("of part of a region strikes that share of the region's shards", () => {
    // 5 + 3 + 2 shards in Europe: half are node 0 alone, or 4 and 2.
    const shards = [5, 9, 3, 9, 2];
    const test = new TestWorld({ faults: [{ ...outage, share: 0.5 }], shards }).run(120);
    expect(test.told("fault-started")[0]![2].shards).toBe(5);
  });

  it("counts the shards that nodes hold when it begins, and passes by those with none", () => {
    // In Europe 0 + 1 + 4, where it was 5 + 3 + 2: half of it is node 2 alone.
    const [shards, held] = [
      [5, 9, 3, 9, 2],
      [0, 9, 1, 14, 4],
    ];
    const test = new TestWorld({ faults: [{ ...outage, share: 0.5 }], shards, held }).run(120);
    expect(test.history()).toEqual(["100 node-down 2"]);
    expect(test.told("fault-started")[0]![2].shards).toBe(1);
    const whole = new TestWorld({ faults: [{ ...outage, share: 1 }], shards, held }).run(120);
    expect(whole.history()).toHaveLength(3);
  });

  it("of a provider takes down its nodes wherever they are", () => {
    const { at, lasts, share } = outage;
    const fault: Fault = { kind: "provider-outage", provider: "hetzner", at, lasts, share };
    expect(new TestWorld({ faults: [fault] }).run(120).history()).toEqual([
      "100 node-down 0",
      "100 node-down 3",
    ]);
  });

  it("that overlaps another keeps a node down until both are over", () => {
    const second: Fault = { ...outage, at: 120, lasts: constant(60) };
    const test = new TestWorld({ faults: [outage, second] }).run(1000);
    expect(test.history()).toEqual([
      "100 node-down 0",
      "100 node-down 2",
      "180 node-up 0",
      "180 node-up 2",
    ]);
  });

  it("for good loses nodes and their disks, whatever else would bring them up", () => {
    const crash: Fault = { kind: "crash", nodes: node(2), at: 130 };
    const test = new TestWorld({ faults: [outage, crash] }).run(1000);
    expect(test.history()).toEqual([
      "100 node-down 0",
      "100 node-down 2",
      "130 node-lost 2",
      "150 node-up 0",
    ]);
    expect(test.told("told").filter(([, , { kind }]) => kind === "lose-disk")).toEqual([
      [130, "told", { kind: "lose-disk", fault: 1, share: 1, actor: 2 }],
    ]);
  });

  it("loses the messages of nodes that are down, and counts them as bites", () => {
    const lasting: Fault = { ...outage, at: seconds(10), lasts: constant(seconds(10)) };
    // Asked at 0, 1 ... 29 s: those of 10 to 19 s are lost, and each is told.
    const test = new TestWorld({ faults: [lasting] }).ask(0, seconds(1), seconds(30));
    test.run(seconds(100));
    expect(test.told("pong")).toHaveLength(20);
    expect(test.told("lost")).toHaveLength(10);
    expect(test.bites(0)).toBe(10);
  });

  it("counts at the horizon what it has bitten if it is still on", () => {
    const lasting: Fault = { ...outage, at: seconds(10), lasts: constant(seconds(100)) };
    const test = new TestWorld({ faults: [lasting], horizon: seconds(15.5) });
    test.ask(2, seconds(1), seconds(30)).run(seconds(15.5));
    expect(test.bites(0)).toBe(6); // Asked at 10, 11 ... 15 s.
    test.run(seconds(200));
    expect(test.bites(0)).toBe(20);
  });

  it("that nobody meets bites nobody", () => {
    expect(new TestWorld({ faults: [outage] }).run(1000).told("fault-bit")).toEqual([]);
  });
});

describe("a release", () => {
  const release: Restart = {
    kind: "restart",
    nodes: "all",
    at: 1000,
    within: 400,
    downtime: constant(7),
  };

  it("restarts every node once within its window", () => {
    const test = new TestWorld({ faults: [release], shards: new Array<number>(40).fill(1) }).run(
      2000,
    );
    const downs = test.told("node-down").map(([time]) => time);
    expect(downs).toHaveLength(40);
    expect(Math.min(...downs)).toBeGreaterThanOrEqual(1000);
    expect(Math.max(...downs)).toBeLessThanOrEqual(1400);
    expect(new Set(downs).size).toBeGreaterThan(30);
    expect(test.told("node-up").map(([time]) => time)).toEqual(downs.map((time) => time + 7));
  });

  it("ends when the last node is back", () => {
    const test = new TestWorld({ faults: [release] }).run(2000);
    const lastUp = test.told("node-up").at(-1)![0];
    expect(test.told("fault-ended")).toEqual([[lastUp, "fault-ended", { fault: 0 }]]);
  });

  it("that strikes nobody ends as it begins", () => {
    const test = new TestWorld({ faults: [{ ...release, nodes: node(99) }] }).run(1000);
    expect(test.told("fault-started", "fault-ended")).toHaveLength(2);
  });
});

describe("the loss of disks", () => {
  it("at one time strikes all targets then, and leaves them up", () => {
    const loss: Fault = { kind: "disk-loss", nodes: { region: "asia" }, at: 60 };
    const test = new TestWorld({ faults: [loss] }).run(100);
    expect(test.told("disk-lost")).toEqual([
      [60, "disk-lost", { node: 1, shards: 3, fault: 0 }],
      [60, "disk-lost", { node: 3, shards: 1, fault: 0 }],
    ]);
    expect(test.history()).toEqual([]);
    expect(test.told("fault-ended")).toHaveLength(1);
  });

  it("now and then strikes each again and again", () => {
    const loss: Fault = { kind: "disk-loss", nodes: node(0), timeToFailure: constant(30) };
    const test = new TestWorld({ faults: [loss] }).run(100);
    expect(test.told("disk-lost").map(([time]) => time)).toEqual([30, 60, 90]);
  });

  it("reaches a node that is down", () => {
    const loss: Fault = { kind: "disk-loss", nodes: node(0), at: 110 };
    const test = new TestWorld({ faults: [outage, loss] }).run(120);
    const told = test.told("told").filter(([, , { actor }]) => actor === 0);
    expect(told.map(([, , { kind }]) => kind)).toEqual(["crash", "lose-disk"]);
  });
});

describe("a slowdown", () => {
  const slow: Slow = {
    kind: "slow",
    nodes: node(1),
    at: 100,
    lasts: constant(50),
    factor: 4,
    what: "service",
  };

  it("of service tells the node, and takes it back", () => {
    const test = new TestWorld({ faults: [slow] }).run(1000);
    expect(test.told("told").map(([time, , { factor }]) => [time, factor])).toEqual([
      [100, 4],
      [150, 1],
    ]);
  });

  it("that overlaps another multiplies with it", () => {
    const test = new TestWorld({ faults: [slow, { ...slow, at: 120, factor: 10 }] }).run(1000);
    expect(test.told("told").map(([time, , { factor, fault }]) => [time, factor, fault])).toEqual([
      [100, 4, 0],
      [120, 40, 1],
      [150, 10, 1],
      [170, 1, 1],
    ]);
  });

  it("of the network stretches the way to the node and back, and bites what travels it", () => {
    const network: Slow = { ...slow, what: "network", at: seconds(1), lasts: constant(seconds(2)) };
    const test = new TestWorld({ faults: [network] }).ask(1, seconds(1), seconds(4));
    test.run(seconds(10));
    // 20 ms each way at 100 bytes/µs for 100 bytes: 1 µs each; four times that while it is slow.
    const quick = 2 * (milliseconds(20) + 1);
    const answers = test.told("pong").map(([time], i) => time - seconds(i));
    expect(answers).toEqual([quick, 4 * quick, 4 * quick, quick]);
    // Two messages each of the second and third ask.
    expect(test.bites(0)).toBe(4);
  });
});

describe("what bites before and after the horizon", () => {
  const lasting = { at: seconds(10), lasts: constant(seconds(10)) };
  const partition = { kind: "partition", from: node(0), to: "rest", oneWay: false } as const;
  const slow = { kind: "slow", nodes: node(0), factor: 2, what: "network" } as const;
  it.each<{ fault: Fault; before: number; after: number }>([
    // Asked at 10, 11 ... 19 s: each lost once, or going there and back slowly.
    { fault: { ...partition, ...lasting }, before: 6, after: 4 },
    { fault: { ...slow, ...lasting }, before: 12, after: 8 },
  ])("is counted once: $fault.kind", ({ fault, before, after }) => {
    const horizon = seconds(15.5);
    const test = new TestWorld({ faults: [fault], horizon }).ask(0, seconds(1), seconds(30));
    expect(test.run(horizon).bites(0)).toBe(before);
    expect(test.run(seconds(100)).bites(0)).toBe(before + after);
  });
});

describe("liars", () => {
  it("are told how to behave, for good", () => {
    const lie: Fault = {
      kind: "liars",
      nodes: { share: 0.5, by: "worst" },
      behaviour: "withhold",
      from: 40,
    };
    const test = new TestWorld({ faults: [lie] }).run(1000);
    // Of 4 + 3 + 2 + 1 shards half: 4 + 1, or 3 + 2.
    expect(test.told("told").map(([time, , { kind, lies }]) => [time, kind, lies])).toEqual([
      [40, "behave", "withhold"],
      [40, "behave", "withhold"],
    ]);
    expect(test.told("fault-started", "fault-ended")).toEqual([
      [40, "fault-started", { fault: 0, kind: "liars", nodes: 2, shards: 5 }],
    ]);
  });
});

describe("a partition", () => {
  const partition: Disturbance = {
    kind: "partition",
    from: node(0),
    to: "rest",
    at: seconds(10),
    lasts: constant(seconds(10)),
    oneWay: false,
  };
  const asked = (fault: Disturbance, target: number) =>
    new TestWorld({ faults: [fault] }).ask(target, seconds(1), seconds(30)).run(seconds(100));

  it("loses what would cross it, and counts it", () => {
    const test = asked(partition, 0);
    expect(test.told("pong")).toHaveLength(20);
    expect(test.bites(0)).toBe(10);
    expect(test.told("fault-started", "fault-ended").map(([time, name]) => [time, name])).toEqual([
      [seconds(10), "fault-started"],
      [seconds(20), "fault-ended"],
    ]);
  });

  it("leaves alone what is on one side of it", () => {
    const test = asked(partition, 1);
    expect(test.told("pong")).toHaveLength(30);
    expect(test.bites(0)).toBe(0);
  });

  it("that is one-way lets requests in and no answers out", () => {
    const test = asked({ ...partition, oneWay: true }, 0);
    expect(test.told("lost").map(([, , { kind }]) => kind)).toEqual(new Array(10).fill("pong"));
  });

  it.each([
    { side: "clients" as const, lost: 10 },
    { side: { places: ["america"] }, lost: 10 },
    { side: { places: ["place-0"] }, lost: 10 },
    { side: { region: "asia" }, lost: 10 },
    { side: { places: ["place-2"] }, lost: 0 },
    { side: { provider: "hetzner" }, lost: 0 },
    { side: "all" as const, lost: 10 },
  ])("of $side from others loses $lost of 30 to node 1", ({ side, lost }) => {
    // The client stands at place 0, in America; node 1 in Asia, with the provider ovh.
    const to = side === "all" ? side : "rest";
    expect(asked({ ...partition, from: side, to }, 1).told("lost")).toHaveLength(lost);
  });
});

describe("a bad link", () => {
  const link: Disturbance = {
    kind: "link",
    from: "clients",
    to: node(0),
    at: seconds(1),
    lasts: constant(seconds(2)),
    delay: milliseconds(300),
  };
  const answers = (fault: Disturbance) =>
    new TestWorld({ faults: [fault] })
      .ask(0, seconds(1), seconds(4))
      .run(seconds(1000))
      .told("pong")
      .map(([time], i) => time - seconds(i));
  const quick = 2 * (milliseconds(20) + 1);

  it("delays what goes one way", () => {
    const late = quick + milliseconds(300);
    expect(answers(link)).toEqual([quick, late, late, quick]);
  });

  it("at a lower rate takes that much longer over each byte", () => {
    // 100 bytes at 100 bytes/µs take 1 µs, and at a hundredth of it 100.
    const slow = quick + 99;
    expect(answers({ ...link, delay: undefined, rate: 0.01 })).toEqual([quick, slow, slow, quick]);
  });

  it("that loses all loses for good", () => {
    const test = new TestWorld({ faults: [{ ...link, loss: 1 }] });
    test.ask(0, seconds(1), seconds(4)).run(seconds(100));
    expect(test.told("lost")).toHaveLength(2);
    expect(test.bites(0)).toBe(2);
  });

  it("that loses some sends again, later", () => {
    const lossy: Disturbance = {
      ...link,
      delay: undefined,
      loss: 0.3,
      lasts: constant(seconds(50)),
    };
    const test = new TestWorld({ faults: [lossy] })
      .ask(0, seconds(1), seconds(50))
      .run(seconds(1000));
    expect(test.told("pong")).toHaveLength(50);
    expect(test.told("pong").some(([time]) => time % seconds(1) !== quick)).toBe(true);
  });
});
