import { describe, expect, it } from "vitest";
import { hours, milliseconds, minutes, seconds } from "../../engine/sim-time.ts";
import { SmallNetwork, type SmallNetworkOptions } from "../../testing/small-network.ts";
import type { ChallengeParameters } from "./challenge-parameters.ts";

// Ten nodes of one shard: n = 10, f = 3; 2f + 1 = 7 certificates pass, one's own among them.
const ten = new Array<number>(10).fill(1);
const onTime = { share: 0, delay: 0 };
const light: ChallengeParameters = {
  policy: "light",
  period: hours(1),
  blobs: 2,
  hush: 0,
  deadline: minutes(1),
  late: onTime,
};
const full: ChallengeParameters = {
  policy: "full",
  period: hours(1),
  grace: minutes(1),
  deadline: minutes(30),
  late: onTime,
};
/** Symbols of ceil(1e6 / 28) = 35,715, made even; behind axis, indices and a proof of four hashes. */
const symbolBytes = 35_716;
const onTheWire = symbolBytes + 1 + 2 + 3 + 2 + 1 + 4 * 33;

function challenged(
  challenges: ChallengeParameters,
  options: Partial<SmallNetworkOptions> = {},
): SmallNetwork {
  return new SmallNetwork({
    weights: ten,
    oneWay: milliseconds(20),
    preloadedBytes: new Array<number>(5).fill(1_000_000),
    challenges,
    ...options,
  });
}

/** Nodes that keep nothing and help each other. */
function cheat(network: SmallNetwork, nodes: readonly number[], share = 0): void {
  for (const salt of nodes) {
    const lies = [{ kind: "keep-share", share, salt } as const];
    network.befall(salt, { kind: "behave", lies, fault: 0 }, 0);
  }
}

const passed = (network: SmallNetwork) =>
  network
    .found("challenge-finished")
    .filter((each) => each.passed === 1)
    .map(({ node }) => node);

describe("a light challenge", () => {
  it("has every node send each other one symbol a blob, and takes two trips", () => {
    const network = challenged(light);
    network.run(hours(1) + minutes(2));
    expect(network.found("challenge-started")).toMatchObject([
      { challenge: 0, policy: "light", nodes: 10, blobs: 2 },
    ]);
    const finished = network.found("challenge-finished");
    expect(finished).toHaveLength(10);
    for (const each of finished) {
      expect(each).toMatchObject({
        passed: 1,
        blobs: 2,
        bytes: 9 * (100 + 2 * onTheWire),
        durationMicroseconds: milliseconds(40),
        fault: -1,
      });
    }
  });

  it("is of all shards of a node with all of another's", () => {
    const network = challenged(light, { weights: [1, 2, 3, 4], preloadedBytes: [1_000_000] });
    network.run(hours(1) + minutes(2));
    const found = network.found("challenge-finished");
    const bytes = new Map(found.map(({ node, bytes }) => [node, bytes]));
    // One blob there is, though two are wanted.
    expect(bytes.get(3)).toBe(3 * 100 + 4 * 6 * onTheWire);
    expect(bytes.get(0)).toBe(3 * 100 + 1 * 9 * onTheWire);
  });

  it("finds out who does not keep a blob it asks for, and not who keeps it", () => {
    const network = challenged(light);
    cheat(network, [2, 5]);
    network.run(hours(1) + minutes(2));
    expect(passed(network)).toHaveLength(8);
    const failed = network.found("challenge-finished").filter((each) => each.passed === 0);
    expect(failed).toMatchObject([
      { node: 2, fault: 0, bytes: 0, durationMicroseconds: minutes(1) },
      { node: 5, fault: 0 },
    ]);
    expect(network.found("fault-bit")).toHaveLength(2);
  });

  it("fails nodes that were down, and honest ones where more than f are", () => {
    for (const down of [3, 4]) {
      const network = challenged(light);
      for (let node = 0; node < down; node++) {
        network.befall(node, { kind: "crash", fault: -1 }, 0);
      }
      network.run(hours(1) + minutes(2));
      expect(passed(network)).toHaveLength(down === 3 ? 7 : 0);
    }
  });

  it("makes its blobs unreadable as long as it lasts, and no others", () => {
    const network = challenged({ ...light, blobs: 1 }, { weights: [4, 3, 3] });
    network.run(hours(1) + seconds(1));
    for (let blob = 0; blob < 5; blob++) network.read(blob, blob, hours(1) + seconds(1));
    for (let blob = 0; blob < 5; blob++) network.read(5 + blob, blob, hours(1) + minutes(2));
    network.run(hours(1) + minutes(10));
    const reads = network.found("read-finished");
    const outcomes = (from: number) =>
      reads.filter(({ read }) => (read as number) >= from && (read as number) < from + 5);
    const failed = outcomes(0).filter(({ outcome }) => outcome === "not-enough-slivers").length;
    // Three nodes, a blob each: at most three of the five.
    expect(failed).toBeGreaterThanOrEqual(1);
    expect(failed).toBeLessThanOrEqual(3);
    expect(outcomes(5).every(({ outcome }) => outcome === "ok")).toBe(true);
  });
});

describe("a light challenge that some hear of before others", () => {
  // A cheat asks for what it lacks at 20 ms, and is heard at 40 ms: by then all others but five have
  // heard of the draw. With two colluders that makes 2f + 1.
  const late = { share: 0, delay: milliseconds(500), members: [9, 8, 7, 6, 5] };

  it.each([
    { hush: 0, escapes: true },
    { hush: 400, escapes: true },
    { hush: 600, escapes: false },
  ])("after a hush of $hush ms: a cheat escapes is $escapes", ({ hush, escapes }) => {
    const network = challenged({ ...light, hush: milliseconds(hush), late });
    cheat(network, [0, 1, 2]);
    network.run(hours(1) + minutes(2));
    expect(passed(network).includes(0)).toBe(escapes);
  });

  it("lets nobody read during the hush", () => {
    const network = challenged({ ...light, blobs: 1, hush: minutes(1), deadline: minutes(10) });
    const at = [seconds(1), minutes(2), minutes(11)].map((after) => hours(1) + after);
    for (const [round, time] of at.entries()) {
      for (let blob = 0; blob < 5; blob++) network.read(round * 5 + blob, blob, time);
    }
    network.run(hours(2));
    const readable = [0, 1, 2].map(
      (round) =>
        network.found("read-finished").filter(({ read, outcome }) => {
          return Math.floor((read as number) / 5) === round && outcome === "ok";
        }).length,
    );
    // Ten nodes have drawn from five blobs: nearly all of them are drawn by somebody.
    expect(readable[0]).toBe(0);
    expect(readable[2]).toBe(5);
  });
});

describe("a full challenge", () => {
  it("costs as much bandwidth as there is data, and ends when 2f + 1 have certificates (P6)", () => {
    const network = challenged(full);
    network.run(hours(1) + minutes(2));
    const finished = network.found("challenge-finished");
    expect(passed(network)).toHaveLength(10);
    const sent = finished.reduce((sum, { bytes }) => sum + (bytes as number), 0);
    expect(sent).toBe(10 * 9 * (100 + 5 * onTheWire));
    // A node stores pairs of n - f and n - 2f symbols, n + 1 of them; it sends n - 1.
    const stored = 5 * 10 * (7 + 4) * symbolBytes;
    const proofs = 90 * (100 + 5 * (onTheWire - symbolBytes));
    expect((sent - proofs) / stored).toBeCloseTo(9 / 11, 12);
    // Nodes hear at 20 ms, acknowledge, begin at 60 ms, have certificates at 100; a minute of grace.
    expect(network.found("challenge-closed")).toMatchObject([
      { passedWeight: 10, durationMicroseconds: milliseconds(120) + minutes(1) },
    ]);
  });

  it("lets nobody read from its announcement to its end", () => {
    const network = challenged(full);
    const at = [minutes(-1), seconds(1), seconds(59), minutes(2)].map((after) => hours(1) + after);
    for (const [read, time] of at.entries()) network.read(read, read, time);
    network.run(hours(1) + minutes(10));
    const outcomes = network
      .found("read-finished")
      .sort((a, b) => (a.read as number) - (b.read as number));
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([
      "ok",
      "not-enough-slivers",
      "not-enough-slivers",
      "ok",
    ]);
  });

  it("does not begin without 2f + 1 acknowledgements, and ends at its deadline", () => {
    const network = challenged(full);
    for (const node of [0, 1, 2, 3]) network.befall(node, { kind: "crash", fault: -1 }, 0);
    network.read(0, 0, hours(1) + minutes(29));
    network.read(1, 0, hours(1) + minutes(31));
    network.run(hours(1) + minutes(40));
    expect(network.found("challenge-started")).toEqual([]);
    expect(network.found("challenge-finished")).toEqual([]);
    const outcomes = network.found("read-finished").map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["not-enough-slivers", "ok"]);
  });

  // A cheat and f - 1 colluders get f - 1 symbols of each other, and those of honest nodes that have
  // not heard yet. A primary sliver takes n - f = 7.
  it.each([
    { late: 3, gathered: "2f - 1", passes: false },
    { late: 4, gathered: "2f", passes: false },
    { late: 5, gathered: "2f + 1", passes: true },
  ])("is passed by a cheat that gathers $gathered symbols: $passes (A20)", ({ late, passes }) => {
    const members = [9, 8, 7, 6, 5].slice(0, late);
    // Late for the beginning too: the rest must be a quorum that acknowledges.
    const challenges: ChallengeParameters = {
      ...light,
      late: { share: 0, delay: seconds(10), members },
    };
    const network = challenged(challenges);
    cheat(network, [0, 1, 2]);
    network.run(hours(1) + minutes(2));
    expect(passed(network).includes(0)).toBe(passes);
  });
});

describe("a blob that is written while nobody is challenged", () => {
  it("is challenged next time", () => {
    const network = challenged(full, { preloadedBytes: [] });
    network.write(0, 0, 1_000_000);
    network.run(hours(1) + minutes(2));
    expect(network.found("challenge-started")).toMatchObject([{ blobs: 1 }]);
    expect(passed(network)).toHaveLength(10);
  });
});
