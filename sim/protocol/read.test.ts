import { describe, expect, it } from "vitest";
import { milliseconds, seconds } from "../engine/sim-time.ts";
import type { SmallNetworkOptions } from "../testing/small-network.ts";
import { SmallNetwork } from "../testing/small-network.ts";

// Ten nodes of one shard: n = 10, f = 3, so 4 primary slivers reconstruct a blob.
const ten = new Array<number>(10).fill(1);
const oneBlob = [1_000_000];

function readOnce(options: Omit<SmallNetworkOptions, "weights">) {
  const network = new SmallNetwork({ weights: ten, preloadedBytes: oneBlob, ...options });
  network.read(0, 0);
  network.run();
  const finished = network.found("read-finished");
  expect(finished).toHaveLength(1);
  return finished[0]!;
}

describe("the consistency check of a whole-blob read", () => {
  // A second to encode, 0.1 to decode, three quarters of that for the default check.
  const encodeTime = { base: seconds(1), perMiB: 0 };
  const decodeTime = { base: milliseconds(100), perMiB: 0 };

  it.each([
    { consistencyCheck: "default", takes: 100 },
    { consistencyCheck: "skip", takes: 25 },
    { consistencyCheck: "strict", takes: 25 + 1000 },
  ] as const)("$consistencyCheck: it decodes for $takes ms", ({ consistencyCheck, takes }) => {
    const client = { consistencyCheck, encodeTime, decodeTime, checkShare: 0.75 };
    const read = readOnce({ client });
    expect(read).toMatchObject({ outcome: "ok", decodeMicroseconds: milliseconds(takes) });
  });
});

describe("a byte-range read", () => {
  // Primary slivers of 7 symbols of 35,716 bytes: the range lies on the second of four.
  const range = { offset: 300_000, bytes: 1000 };
  const readRange = (options: Omit<SmallNetworkOptions, "weights">) => {
    const network = new SmallNetwork({ weights: ten, preloadedBytes: oneBlob, ...options });
    network.order({ kind: "start-read", read: 0, blob: 0, range, replyTo: network.demand });
    network.run();
    return network.found("read-finished")[0]!;
  };
  /** The one node that holds the second primary sliver. */
  const holder = ten.findIndex((_, node) => readRange({ down: [node] }).sliversMicroseconds !== 0);

  it("fetches the one sliver that holds it", () => {
    const read = readRange({ oneWay: milliseconds(20) });
    expect(read).toMatchObject({ outcome: "ok", kind: "range", bytes: 1000 });
    expect(read.bytesReceived).toBe(7 * 35_716);
    expect(read.sliversMicroseconds).toBe(milliseconds(40));
  });

  it("rebuilds it from n - f symbols after three tries, if that node is dead", () => {
    const read = readRange({ oneWay: milliseconds(20), down: [holder] });
    expect(read.outcome).toBe("ok");
    // Three connections of 5 s given up, two pauses of 100 ms, two rounds of symbols: 4, then 3.
    expect(read.sliversMicroseconds).toBe(seconds(15) + milliseconds(200 + 80));
    expect(read.bytesReceived).toBe(7 * 35_716);
  });

  it("fails when that node and f others are dead, though the whole blob could be read", () => {
    const others = ten.map((_, node) => node).filter((node) => node !== holder);
    const read = readRange({ down: [holder, ...others.slice(0, 3)] });
    expect(read.outcome).toBe("not-enough-slivers");
  });
});

describe("a whole-blob read", () => {
  it("takes two round trips, one for metadata and one for slivers, when all answer at once", () => {
    const read = readOnce({ oneWay: milliseconds(20) });
    expect(read.outcome).toBe("ok");
    expect(read.metadataMicroseconds).toBe(milliseconds(40));
    expect(read.sliversMicroseconds).toBe(milliseconds(40));
  });

  it("opens a connection with two round trips more, to each node it asks", () => {
    const read = readOnce({ oneWay: milliseconds(20), client: { handshakeRoundTrips: 2 } });
    expect(read.metadataMicroseconds).toBe(milliseconds(120));
  });

  it("keeps connections for a while, and opens them again after", () => {
    const client = { handshakeRoundTrips: 2, connectionIdle: seconds(90) };
    const network = new SmallNetwork({
      weights: [4],
      preloadedBytes: oneBlob,
      oneWay: milliseconds(20),
      client,
    });
    for (const [read, at] of [0, 60, 200].entries()) network.read(read, 0, seconds(at));
    network.run();
    const metadata = network.found("read-finished").map((read) => read.metadataMicroseconds);
    expect(metadata).toEqual([milliseconds(120), milliseconds(40), milliseconds(120)]);
  });

  it("survives the loss of 2f nodes, and waits for the connections to the dead to fail", () => {
    const read = readOnce({ oneWay: milliseconds(20), down: [0, 1, 2, 3, 4, 5] });
    expect(read.outcome).toBe("ok");
    expect(read.bytesReceived).toBe(4 * 7 * Math.ceil(1_000_000 / 28 / 2) * 2);
  });

  it("fails for want of slivers once 2f + 1 nodes are gone", () => {
    const read = readOnce({ oneWay: milliseconds(20), down: [0, 1, 2, 3, 4, 5, 6] });
    expect(read.outcome).toBe("not-enough-slivers");
    expect(read.cause).toContain("3 of 4 slivers");
  });

  it("throws away wrong bytes and asks others", () => {
    const liars = { 0: "wrong-bytes", 1: "wrong-bytes", 2: "wrong-bytes" } as const;
    const read = readOnce({ oneWay: milliseconds(20), liars });
    expect(read.outcome).toBe("ok");
  });

  it("tells forged metadata from none", () => {
    const forgers = Object.fromEntries(ten.map((_, node) => [node, "wrong-bytes"] as const));
    expect(readOnce({ liars: forgers }).outcome).toBe("corrupted-metadata");
    expect(readOnce({ down: ten.map((_, node) => node) }).outcome).toBe("metadata-unavailable");
  });

  it("waits the whole request timeout for nodes that withhold, in as many slots as they block", () => {
    const silent = Object.fromEntries(ten.slice(4).map((_, i) => [i + 4, "withhold"] as const));
    const read = readOnce({ liars: silent, client: { requestTimeout: seconds(300) } });
    expect(read.outcome).toBe("ok");
    const waited = (read.metadataMicroseconds as number) + (read.sliversMicroseconds as number);
    expect(waited % seconds(300)).toBe(0);
    expect(waited).toBeGreaterThan(0);
  });

  it("says that a blob nobody knows does not exist", () => {
    const network = new SmallNetwork({ weights: ten });
    network.read(0, 5);
    network.run();
    expect(network.found("read-finished")[0]?.outcome).toBe("not-found");
  });

  it("ends as a timeout when the run is over first", () => {
    const network = new SmallNetwork({ weights: ten, preloadedBytes: oneBlob, oneWay: seconds(1) });
    network.read(0, 0);
    network.world.inject(network.client, { kind: "run-over" }, seconds(3));
    network.run();
    expect(network.found("read-finished").map(({ outcome }) => outcome)).toEqual(["timeout"]);
  });

  it("counts alike in the coarse grain and in the fine one", () => {
    const weights = [3, 1, 2, 4];
    const grains = [Number.POSITIVE_INFINITY, 1].map((pairsPerMessageMax) => {
      const network = new SmallNetwork({
        weights,
        pairsPerMessageMax,
        preloadedBytes: oneBlob,
        liars: { 0: "wrong-bytes" },
        oneWay: milliseconds(10),
      });
      network.read(0, 0);
      network.run();
      const { outcome, sliversMicroseconds } = network.found("read-finished")[0]!;
      return { outcome, sliversMicroseconds };
    });
    expect(grains[0]).toEqual(grains[1]);
  });
});
