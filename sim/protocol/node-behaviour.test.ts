import { describe, expect, it } from "vitest";
import { milliseconds, seconds } from "../engine/sim-time.ts";
import {
  promptRecovery,
  SmallNetwork,
  type SmallNetworkOptions,
} from "../testing/small-network.ts";
import type { Lie } from "./lies.ts";

// Ten nodes of one shard: n = 10, f = 3. Reading takes 4 primary slivers, a certificate 7 signatures, and
// recovering a primary sliver 7 symbols.
const ten = new Array<number>(10).fill(1);
const blobs = new Array<number>(20).fill(1_000_000);

function network(options: Partial<SmallNetworkOptions> = {}): SmallNetwork {
  return new SmallNetwork({ weights: ten, preloadedBytes: blobs, ...options });
}

/** From time 0 on the first so many nodes tell these lies, by the fault of this number. */
function lie(test: SmallNetwork, count: number, lies: readonly Lie[], fault = 0): void {
  for (let node = 0; node < count; node++) test.befall(node, { kind: "behave", lies, fault }, 0);
}

const outcomes = (test: SmallNetwork, fact = "read-finished") =>
  test.found(fact).map(({ outcome }) => outcome);
const bites = (test: SmallNetwork, fault = 0) =>
  test.found("fault-bit").filter((bit) => bit.fault === fault).length;

describe("of shards that nobody serves, reads bear 2f and no more", () => {
  it.each<{ lies: readonly Lie[]; count: number; outcome: string }>([
    { lies: [{ kind: "withhold" }], count: 6, outcome: "ok" },
    { lies: [{ kind: "withhold" }], count: 7, outcome: "not-enough-slivers" },
    { lies: [{ kind: "wrong-bytes" }], count: 6, outcome: "ok" },
    { lies: [{ kind: "wrong-bytes" }], count: 7, outcome: "not-enough-slivers" },
  ])("$count that tell $lies.0.kind: $outcome", ({ lies, count, outcome }) => {
    const test = network();
    lie(test, count, lies);
    test.read(0, 0, 1);
    test.run();
    expect(outcomes(test)).toEqual([outcome]);
    expect(bites(test)).toBeGreaterThanOrEqual(1);
  });
});

describe("a certificate", () => {
  // The nodes that are down never store, so the certificate stands on the liars and the rest.
  it.each([
    { liars: 3, outcome: "ok" },
    { liars: 4, outcome: "not-enough-slivers" },
  ])(
    "with $liars signatures of nothing, f more away, leaves a read $outcome",
    ({ liars, outcome }) => {
      const test = network({ down: [7, 8, 9] });
      lie(test, liars, [{ kind: "sign-without-storing" }]);
      test.write(0, 20, 1_000_000, 1);
      test.read(0, 20, seconds(1000));
      test.run();
      expect(outcomes(test, "write-finished")).toEqual(["ok"]);
      expect(outcomes(test)).toEqual([outcome]);
    },
  );
});

describe("a node that withholds", () => {
  it("some blobs serves the others, and all of one fault withhold the same", () => {
    const test = network();
    lie(test, 7, [{ kind: "withhold", blobs: { share: 0.5 } }]);
    blobs.forEach((_, blob) => {
      test.read(blob, blob, 1);
    });
    test.run();
    const failed = outcomes(test).filter((outcome) => outcome !== "ok").length;
    // Of 20 blobs half but for luck: 4.5 standard deviations are 10.
    expect(failed).toBeGreaterThan(3);
    expect(failed).toBeLessThan(17);
    const other = network();
    lie(other, 7, [{ kind: "withhold", blobs: { share: 0.5 } }], 1);
    blobs.forEach((_, blob) => {
      other.read(blob, blob, 1);
    });
    other.run();
    expect(outcomes(other)).not.toEqual(outcomes(test));
  });

  it("the oldest blobs serves the younger ones", () => {
    const test = network();
    lie(test, 7, [{ kind: "withhold", blobs: { oldest: 3 } }]);
    for (let blob = 0; blob < 6; blob++) test.read(blob, blob, seconds(blob * 1000));
    test.run(seconds(10_000));
    const short = "not-enough-slivers";
    expect(outcomes(test)).toEqual([short, short, short, "ok", "ok", "ok"]);
  });

  it("from one client serves all others", () => {
    const test = network();
    lie(test, 7, [{ kind: "withhold", from: [test.client] }]);
    test.read(0, 0, 1);
    test.run();
    expect(outcomes(test)).toEqual(["not-enough-slivers"]);
    const others = network();
    lie(others, 7, [{ kind: "withhold", from: [test.client + 1] }]);
    others.read(0, 0, 1);
    others.run();
    expect(outcomes(others)).toEqual(["ok"]);
    expect(bites(others)).toBe(0);
  });

  it("is not taken to hold a blob for readers, but for those it serves", () => {
    const test = network();
    test.befall(
      0,
      { kind: "behave", fault: 0, lies: [{ kind: "withhold", blobs: { oldest: 1 } }] },
      0,
    );
    test.run(1);
    expect(test.held(0, 0)).toEqual({ primary: 0, secondary: 0 });
    expect(test.held(0, 1)).toEqual({ primary: 1, secondary: 1 });
  });
});

describe("a node that answers just before the time is up", () => {
  const late: Lie = {
    kind: "delay",
    clients: seconds(299),
    metadata: seconds(4.5),
    symbols: seconds(44),
  };

  it("holds a read up for so long, and the read succeeds", () => {
    const test = network({ oneWay: milliseconds(20) });
    lie(test, 10, [late]);
    test.read(0, 0, 1);
    test.run();
    const [read] = test.found("read-finished");
    expect(read).toMatchObject({ outcome: "ok", failedRequests: 0 });
    expect(read!.metadataMicroseconds).toBe(seconds(299) + milliseconds(40));
    expect(read!.sliversMicroseconds).toBe(seconds(299) + milliseconds(40));
    expect(bites(test)).toBe(3 + 4 + 3); // Asked for metadata, for slivers, and for more as they came in.
  });

  it("holds a recovery up for so long", () => {
    const test = network({ node: { recovery: promptRecovery }, preloadedBytes: [1_000_000] });
    for (let node = 1; node < 10; node++) {
      test.befall(node, { kind: "behave", lies: [late], fault: 0 }, 0);
    }
    test.befall(0, { kind: "lose-disk", share: 1, fault: -1 }, 1);
    test.run();
    const [recovery] = test.found("recovery-finished");
    expect(recovery!.failedRequests).toBe(0);
    expect(recovery!.metadataMicroseconds).toBe(seconds(4.5));
    expect(recovery!.primaryMicroseconds).toBe(seconds(44));
  });
});

describe("several lies of one node", () => {
  it("are told at once, and each is its own fault's bite", () => {
    const test = network();
    lie(test, 10, [{ kind: "withhold", blobs: { oldest: 1 } }], 0);
    lie(test, 10, [{ kind: "wrong-bytes" }], 1);
    test.read(0, 0, 1);
    test.read(1, 1, 1);
    test.run();
    expect(bites(test, 0)).toBeGreaterThanOrEqual(3);
    expect(bites(test, 1)).toBeGreaterThanOrEqual(3);
  });

  it("end each with its own fault", () => {
    const test = network();
    lie(test, 10, [{ kind: "withhold" }], 0);
    lie(test, 10, [{ kind: "wrong-bytes" }], 1);
    test.run(seconds(1));
    expect(test.held(0, 0)!.primary).toBe(0);
    test.befall(0, { kind: "behave", lies: [], fault: 0 }, seconds(2));
    test.run(seconds(3));
    expect(test.held(0, 0)!.primary).toBe(0);
    test.befall(0, { kind: "behave", lies: [], fault: 1 }, seconds(4));
    test.run(seconds(5));
    expect(test.held(0, 0)!.primary).toBe(1);
  });
});

it("a node that is honest again recovers what it took and did not keep", () => {
  const test = network({ node: { recovery: promptRecovery } });
  lie(test, 1, [{ kind: "sign-without-storing" }]);
  test.write(0, 20, 1_000_000, 1);
  test.run(seconds(100));
  expect(test.held(0, 20)).toEqual({ primary: 0, secondary: 0 });
  test.befall(0, { kind: "behave", lies: [], fault: 0 }, seconds(200));
  test.run(seconds(300));
  expect(test.held(0, 20)).toEqual({ primary: 1, secondary: 1 });
});
