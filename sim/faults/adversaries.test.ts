import { describe, expect, it } from "vitest";
import { milliseconds, seconds } from "../engine/sim-time.ts";
import type { Eclipse, Fault, Flap, Liars, Outage, Regime, Restart } from "./fault.ts";
import { TestWorld } from "./test-world.ts";

const constant = (value: number) => ({ kind: "constant", value }) as const;
const node = (index: number) => ({ list: [`node-${index}`] });

/** What nodes were told, as "time node lies". */
const lies = (test: TestWorld) =>
  test
    .told("told")
    .filter(([, , { kind }]) => kind === "behave")
    .map(([time, , details]) => `${time} ${details.actor} ${details.lies}`);

describe("nodes that flap", () => {
  const flap: Flap = {
    kind: "flap",
    nodes: node(1),
    at: 100,
    lasts: constant(100),
    up: constant(20),
    down: constant(10),
  };

  it("go down and up until the fault ends, and are up then", () => {
    const test = new TestWorld({ faults: [flap] }).run(1000);
    expect(test.history()).toEqual([
      "100 node-down 1",
      "110 node-up 1",
      "130 node-down 1",
      "140 node-up 1",
      "160 node-down 1",
      "170 node-up 1",
      "190 node-down 1",
      "200 node-up 1",
    ]);
    expect(test.told("fault-ended")).toHaveLength(1);
  });

  it("bite who asks them while they are down", () => {
    const long: Flap = {
      ...flap,
      at: seconds(10),
      lasts: constant(seconds(10)),
      up: constant(seconds(1)),
      down: constant(seconds(1)),
    };
    const test = new TestWorld({ faults: [long] }).ask(1, seconds(1), seconds(30));
    expect(test.run(seconds(100)).bites(0)).toBe(5);
  });
});

describe("liars", () => {
  const lie: Liars = {
    kind: "liars",
    nodes: node(2),
    behaviour: ["withhold", "attest-falsely"],
    from: 40,
    lasts: constant(10),
  };

  it("tell several lies at once, and stop", () => {
    const test = new TestWorld({ faults: [lie] }).run(1000);
    expect(lies(test)).toEqual(["40 2 withhold attest-falsely", "50 2 "]);
    expect(test.told("fault-ended")).toHaveLength(1);
  });
});

describe("the same nodes as an earlier fault's", () => {
  it("are struck, however those were drawn", () => {
    const nodes = { share: 0.5, by: "random" } as const;
    const first: Liars = { kind: "liars", nodes, behaviour: "withhold", from: 10 };
    for (let run = 0; run < 10; run++) {
      const slow: Fault = {
        kind: "flap",
        nodes: { sameAs: 0 },
        at: 10,
        lasts: constant(5),
        up: constant(1),
        down: constant(100),
      };
      const test = new TestWorld({ faults: [first, slow], seed: `same/${run}` }).run(100);
      const [liars, flapping] = [
        test.told("told").filter(([, , { kind }]) => kind === "behave"),
        test.told("node-down"),
      ];
      expect(flapping.map(([, , details]) => details.node)).toEqual(
        liars.map(([, , { actor }]) => actor),
      );
    }
  });
});

describe("an outage that takes the disks", () => {
  const outage: Outage = {
    kind: "provider-outage",
    provider: "hetzner",
    at: 100,
    lasts: constant(50),
    share: 1,
    disks: "lost",
  };
  it("for a while brings empty nodes back", () => {
    const test = new TestWorld({ faults: [outage] }).run(1000);
    expect(test.told("disk-lost").map(([time, , details]) => [time, details.node])).toEqual([
      [100, 0],
      [100, 3],
    ]);
    expect(test.told("node-up")).toHaveLength(2);
  });

  it("for good never does, with disks or without", () => {
    for (const disks of ["kept", "lost"] as const) {
      const test = new TestWorld({ faults: [{ ...outage, lasts: "for-good", disks }] }).run(1000);
      expect(test.told("node-lost")).toHaveLength(2);
      expect(test.told("node-up")).toEqual([]);
      const emptied = test.told("told").filter(([, , { kind }]) => kind === "lose-disk");
      expect(emptied).toHaveLength(disks === "lost" ? 2 : 0);
    }
  });
});

describe("a bad release", () => {
  const release: Restart = {
    kind: "restart",
    nodes: "all",
    at: 1000,
    within: 400,
    downtime: constant(7),
    failShare: 0.5,
    harm: "crash",
  };
  const run = (harm: Restart["harm"]) =>
    new TestWorld({ faults: [{ ...release, harm }], shards: new Array<number>(10).fill(1) }).run(
      5000,
    );

  it("that crashes its share leaves the others as they were", () => {
    const test = run("crash");
    expect(test.told("node-lost")).toHaveLength(5);
    expect(test.told("node-up")).toHaveLength(5);
    expect(test.told("fault-ended")).toHaveLength(1);
  });

  it("that empties disks brings all back", () => {
    const test = run("lose-disk");
    expect(test.told("disk-lost")).toHaveLength(5);
    expect(test.told("node-up")).toHaveLength(10);
  });

  it("with a bug brings all back, and a share of them serve garbage from then on", () => {
    const test = run("wrong-bytes");
    expect(lies(test)).toHaveLength(5);
    expect(test.told("node-up")).toHaveLength(10);
  });
});

describe("an eclipsed client", () => {
  const eclipse: Eclipse = {
    kind: "eclipse",
    client: "place-0",
    liars: node(1),
    at: seconds(10),
    lasts: constant(seconds(10)),
  };
  const asked = (fault: Eclipse, target: number) =>
    new TestWorld({ faults: [fault] }).ask(target, seconds(1), seconds(30)).run(seconds(100));

  it("reaches the liars as ever, and no others", () => {
    expect(asked(eclipse, 1).told("pong")).toHaveLength(30);
    expect(asked(eclipse, 1).bites(0)).toBe(0);
    expect(asked(eclipse, 0).told("pong")).toHaveLength(20);
    expect(asked(eclipse, 0).bites(0)).toBe(10);
  });

  it("or the others late", () => {
    const test = asked({ ...eclipse, delay: milliseconds(300) }, 0);
    expect(test.told("pong")).toHaveLength(30);
    expect(test.bites(0)).toBe(20); // There and back.
  });
});

describe("a regime", () => {
  const regime: Regime = {
    kind: "regime",
    calm: constant(100),
    war: constant(50),
    begins: "calm",
    faults: [
      {
        kind: "region-outage",
        region: "europe",
        at: 10,
        lasts: constant(20),
        share: 1,
      },
      { kind: "liars", nodes: node(1), behaviour: "withhold", from: 0 },
    ],
  };

  it("has its faults in force in each war, with times from its beginning, and none in calm", () => {
    const test = new TestWorld({ faults: [regime] }).run(320);
    expect(test.told("regime").map(([time, , details]) => `${time} ${details.regime}`)).toEqual([
      "0 calm",
      "100 war",
      "150 calm",
      "250 war",
      "300 calm",
    ]);
    expect(test.history().filter((text) => text.endsWith(" 0"))).toEqual([
      "110 node-down 0",
      "130 node-up 0",
      "260 node-down 0",
      "280 node-up 0",
    ]);
    expect(lies(test)).toEqual(["100 1 withhold", "150 1 ", "250 1 withhold", "300 1 "]);
  });

  it("ends with the war what would have lasted longer, or begun later", () => {
    const [outage] = regime.faults as readonly [Outage];
    const long = { ...regime, faults: [{ ...outage, at: 40, lasts: constant(1000) }] };
    expect(new TestWorld({ faults: [long as Regime] }).run(240).history()).toEqual([
      "140 node-down 0",
      "140 node-down 2",
      "150 node-up 0",
      "150 node-up 2",
    ]);
    const late = { ...regime, faults: [{ ...outage, at: 60 }] };
    expect(new TestWorld({ faults: [late as Regime] }).run(1000).history()).toEqual([]);
  });

  it("numbers its faults after all others, and bites once a war", () => {
    const crash: Fault = { kind: "crash", nodes: node(3), at: 5 };
    const test = new TestWorld({ faults: [regime, crash] }).run(320);
    expect(
      test.told("fault-started").map(([time, , { fault, kind }]) => `${time} ${fault} ${kind}`),
    ).toEqual([
      "5 1 crash",
      "100 0 regime",
      "100 3 liars",
      "110 2 region-outage",
      "250 0 regime",
      "250 3 liars",
      "260 2 region-outage",
    ]);
    expect(test.bites(0)).toBe(2);
  });
});
