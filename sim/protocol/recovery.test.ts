import { describe, expect, it } from "vitest";
import { days, hours, milliseconds, minutes, seconds } from "../engine/sim-time.ts";
import type { SmallNetworkOptions } from "../testing/small-network.ts";
import { promptNode, promptRecovery, SmallNetwork } from "../testing/small-network.ts";
import type { RecoveryParameters } from "./parameters.ts";
import type { CodeShape } from "./placement.ts";

// Ten nodes of one shard: n = 10, f = 3. A primary sliver takes symbols of n - f = 7 secondary slivers,
// a secondary one symbols of n - 2f = 4 primary slivers; a node's own slivers count.
const ten = new Array<number>(10).fill(1);
const oneBlob = [1_000_000];
const all = { share: 1, fault: -1 } as const;
/** Symbols of ceil(1e6 / 28) = 35,715, made even; with proofs of four hashes. */
const symbolBytes = 35_716;
const onTheWire = symbolBytes + 1 + 2 + 3 + 2 + 1 + 4 * 33;
const metadataBytes = 66 * 10 + 12;

function recovering(
  options: Partial<SmallNetworkOptions> = {},
  recovery: Partial<RecoveryParameters> = {},
) {
  const { node, ...others } = options;
  return new SmallNetwork({
    weights: ten,
    oneWay: milliseconds(20),
    ...others,
    node: { ...node, recovery: { ...promptRecovery, ...recovery } },
  });
}

const factsOf = (network: SmallNetwork, fact: string) =>
  network.facts.filter((each) => each.fact === fact);

describe("a node that was down while a blob was written", () => {
  const written = () => {
    const network = recovering();
    network.befall(0, { kind: "crash", fault: -1 }, 0);
    network.write(0, 0, 1_000_000, 1);
    network.befall(0, { kind: "restart", fault: -1 }, seconds(60));
    network.run();
    return network;
  };

  it("hears of it when it comes back, waits two minutes, and fetches metadata and symbols", () => {
    const [started] = factsOf(written(), "recovery-started");
    // The events it missed come 40 ms after the restart; the size is unknown, so the wait is the longest.
    expect(started).toMatchObject({ details: { node: 0, blob: 0, pairs: 1 } });
    expect(started?.time).toBe(seconds(60) + milliseconds(40) + seconds(120));
    const [finished] = written().found("recovery-finished");
    expect(finished).toMatchObject({
      metadataMicroseconds: milliseconds(40),
      secondaryMicroseconds: milliseconds(40),
      primaryMicroseconds: milliseconds(40),
      symbols: 7 + 4,
      bytesReceived: 11 * onTheWire + metadataBytes,
    });
  });

  it("makes the blob whole: every honest node that is up then holds all of it", () => {
    const network = written();
    expect(network.found("blob-healed")).toEqual([{ blob: 0 }]);
    expect(network.audit(hours(2))).toEqual({ blobs: 1, lost: 0, unavailable: 0, incomplete: 0 });
  });

  it("does nothing of the kind where recovery is turned off", () => {
    const network = new SmallNetwork({ weights: ten });
    network.befall(0, { kind: "crash", fault: -1 }, 0);
    network.write(0, 0, 1_000_000, 1);
    network.befall(0, { kind: "restart", fault: -1 }, seconds(60));
    expect(network.audit(hours(2))).toMatchObject({ blobs: 1, incomplete: 1 });
    expect(network.found("recovery-started")).toHaveLength(0);
  });
});

describe("a node that crashed after the metadata and before the slivers", () => {
  it("waits 15 seconds from the certificate, for it knows that the blob is small", () => {
    const network = recovering({ oneWay: seconds(1), client: { statusCheck: false } });
    network.write(0, 0, 1_000_000);
    // Registered at 1 s and known to all at 2 s; metadata comes at 3 s, slivers leave at 4 s.
    network.befall(0, { kind: "crash", fault: -1 }, seconds(3.5));
    network.befall(0, { kind: "restart", fault: -1 }, seconds(6));
    network.run();
    const [certified] = factsOf(network, "blob-certified");
    const [started] = factsOf(network, "recovery-started");
    expect(started?.time).toBe((certified?.time ?? 0) + seconds(1 + 15));
    // No metadata this time.
    expect(network.found("recovery-finished")[0]?.bytesReceived).toBe(11 * onTheWire);
  });
});

describe("a node that crashed again before its wait was over", () => {
  it("waits anew when it comes back", () => {
    const network = recovering();
    network.befall(0, { kind: "crash", fault: -1 }, 0);
    network.write(0, 0, 1_000_000, 1);
    network.befall(0, { kind: "restart", fault: -1 }, seconds(60));
    network.befall(0, { kind: "crash", fault: -1 }, seconds(100));
    network.befall(0, { kind: "restart", fault: -1 }, seconds(110));
    network.run();
    const times = factsOf(network, "recovery-started").map(({ time }) => time);
    expect(times).toEqual([seconds(110 + 120)]);
  });
});

describe("a node that missed several blobs", () => {
  it("recovers as many at once as it may, until all are done", () => {
    const network = recovering({}, { blobSyncs: 1 });
    network.befall(0, { kind: "crash", fault: -1 }, 0);
    for (const blob of [0, 1, 2]) network.write(blob, blob, 1000, 1);
    network.befall(0, { kind: "restart", fault: -1 }, seconds(60));
    expect(network.audit(hours(1))).toMatchObject({ blobs: 3, incomplete: 0 });
    const started = factsOf(network, "recovery-started").map(({ time }) => time);
    const finished = factsOf(network, "recovery-finished").map(({ time }) => time);
    expect(started.slice(1)).toEqual(finished.slice(0, -1));
  });

  it("takes up again what it was at when its disk was lost, though it did not notice", () => {
    const serve = { kind: "constant", value: seconds(1) } as const;
    const slow = { responseTime: { ...promptNode.responseTime, serve } };
    const network = recovering({ node: slow }, { noticeDiskLoss: false });
    network.befall(0, { kind: "crash", fault: -1 }, 0);
    network.write(0, 0, 1000, 1);
    network.befall(0, { kind: "restart", fault: -1 }, seconds(60));
    network.befall(0, { kind: "lose-disk", ...all }, seconds(60 + 120.5));
    expect(network.audit(hours(1))).toMatchObject({ blobs: 1, incomplete: 0 });
    expect(network.found("recovery-started")).toHaveLength(2);
  });
});

describe("the client's tail", () => {
  it("leaves nothing to recover from where it ends in time", () => {
    const network = recovering();
    network.write(0, 0, 1_000_000);
    network.run();
    expect(network.found("blob-certified")).toHaveLength(1);
    expect(network.found("recovery-started")).toHaveLength(0);
  });
});

describe("a write that reached n - f nodes, of which f only pretended", () => {
  const healed = () => {
    const liar = "sign-without-storing" as const;
    const network = recovering({ liars: { 0: liar, 1: liar, 2: liar } });
    for (const node of [7, 8, 9]) network.befall(node, { kind: "crash", fault: -1 }, 0);
    network.write(0, 0, 1_000_000, 1);
    for (const node of [7, 8, 9]) {
      network.befall(node, { kind: "restart", fault: -1 }, seconds(60 + node));
    }
    network.run(hours(12));
    return network;
  };

  it("leaves just enough to read from", () => {
    const network = healed();
    expect(network.found("write-finished")[0]).toMatchObject({ outcome: "ok", weight: 7 });
  });

  it("is healed in two waves: all secondary slivers first, then primary ones from these", () => {
    const network = healed();
    const finished = network.found("recovery-finished");
    expect(finished.map(({ node }) => node).sort()).toEqual([7, 8, 9]);
    const at = (axis: "secondary" | "primary") =>
      finished.map(
        (details) =>
          (details.startedAt as number) +
          (details.metadataMicroseconds as number) +
          (details[`${axis}Microseconds`] as number),
      );
    // The last secondary sliver is what the first primary one waited for.
    expect(Math.max(...at("secondary"))).toBeLessThanOrEqual(Math.min(...at("primary")));
    expect(Math.min(...at("secondary"))).toBeLessThan(Math.min(...at("primary")));
    expect(network.found("blob-healed")).toEqual([{ blob: 0 }]);
  });

  it("takes each of them 4 symbols for the first, and 6 and its own for the second", () => {
    for (const details of healed().found("recovery-finished")) {
      expect(details.symbols).toBe(4 + 6);
      expect(details.bytesReceived).toBe(10 * onTheWire + metadataBytes);
    }
  });
});

describe("a node whose disk is lost", () => {
  const lost = (options: {
    readonly others: readonly number[];
    readonly what: "crash" | "lose-disk";
  }) => {
    const network = recovering({ preloadedBytes: oneBlob });
    for (const node of options.others) {
      if (options.what === "crash") network.befall(node, { kind: "crash", fault: -1 }, 0);
      else network.befall(node, { kind: "lose-disk", ...all }, seconds(1));
    }
    network.befall(0, { kind: "lose-disk", ...all }, seconds(1));
    return network;
  };

  // Its own secondary sliver, once recovered, is one of the seven.
  it.each([
    { gone: 3, secondary: true, primary: true },
    { gone: 4, secondary: true, primary: false },
    { gone: 5, secondary: true, primary: false },
    { gone: 6, secondary: false, primary: false },
  ])(
    "with $gone of 9 others gone recovers its secondary sliver: $secondary, its primary one: $primary",
    ({ gone, secondary, primary }) => {
      const others = [1, 2, 3, 4, 5, 6].slice(0, gone);
      const network = lost({ others, what: "crash" });
      network.run(days(1));
      const held = network.held(0, 0);
      expect(held).toEqual({ primary: primary ? 1 : 0, secondary: secondary ? 1 : 0 });
      expect(network.found("recovery-finished")).toHaveLength(primary ? 1 : 0);
      expect(network.audit(days(1) + 1)?.lost).toBe(0);
    },
  );

  it("recovers both though 2f disks were lost at once, and the blob could be read all the while", () => {
    const network = lost({ others: [1, 2, 3, 4, 5], what: "lose-disk" });
    network.read(0, 0, seconds(1) + 1);
    expect(network.audit(hours(12))).toEqual({ blobs: 1, lost: 0, unavailable: 0, incomplete: 0 });
    expect(network.found("read-finished")[0]?.outcome).toBe("ok");
    expect(network.found("node-recovery-finished")).toHaveLength(6);
  });

  it("cannot once 2f + 1 disks were lost: the blob is gone", () => {
    const network = lost({ others: [1, 2, 3, 4, 5, 6], what: "lose-disk" });
    expect(network.audit(hours(12))).toMatchObject({ blobs: 1, lost: 1 });
    expect(network.found("recovery-finished")).toHaveLength(0);
  });

  it("finds that four primary slivers lost between the two waves do no harm", () => {
    // Six disks are lost, and their secondary slivers recovered from four primary ones; then three of
    // these four are lost too. What is left: one primary sliver, and n - f = 7 secondary ones.
    const network = lost({ others: [1, 2, 3, 4, 5], what: "lose-disk" });
    for (const node of [7, 8, 9]) network.befall(node, { kind: "lose-disk", ...all }, seconds(1.5));
    expect(network.audit(seconds(1.5) + 1)).toMatchObject({ lost: 0, unavailable: 1 });
    expect(network.audit(hours(12))).toMatchObject({ lost: 0, unavailable: 0, incomplete: 0 });
  });

  it("asks again after 1, 2, 4, 8 ... seconds while too few helpers are there", () => {
    const network = lost({ others: [1, 2, 3, 4], what: "crash" });
    network.befall(4, { kind: "restart", fault: -1 }, seconds(4000));
    network.run(hours(5));
    // Each round takes 5 s to find that nodes are down. Twelve pauses: 4095 s and 60; eleven: 2047 and 55.
    expect(network.found("recovery-finished")[0]?.pauses).toBe(12);
  });

  it("is asked of a helper for no more than is missing", () => {
    const network = recovering({ weights: [1, 3, 3, 3], preloadedBytes: oneBlob });
    network.befall(0, { kind: "lose-disk", ...all }, 0);
    network.run(minutes(5));
    expect(network.found("recovery-finished")[0]?.symbols).toBe(7 + 4);
  });

  it("gets from a helper that lost a part what it has, and the rest once it has that again", () => {
    const network = recovering({ weights: [1, 3, 3, 3], preloadedBytes: oneBlob });
    network.befall(2, { kind: "crash", fault: -1 }, 0);
    network.befall(1, { kind: "lose-disk", share: 0.5, fault: -1 }, 0);
    network.befall(0, { kind: "lose-disk", ...all }, 0);
    network.run(0);
    expect([1, 2]).toContain(network.held(1, 0)?.primary);
    // For its primary sliver it takes three of node 3, three of node 1 and its own, which makes seven.
    network.run(hours(1));
    expect(network.held(1, 0)).toEqual({ primary: 3, secondary: 3 });
    expect(network.held(0, 0)).toEqual({ primary: 1, secondary: 1 });
  });

  it("takes the time that helpers' cores and its own need", () => {
    const coreTime = { kind: "constant", value: seconds(1) } as const;
    const network = recovering({
      weights: [2, 8],
      preloadedBytes: [1000],
      node: { coreTime, queueLimit: hours(1) },
      oneWay: 0,
    });
    network.befall(0, { kind: "lose-disk", ...all }, 0);
    network.run(hours(1));
    // A core takes a second for metadata; for symbols as many as there are sources, first four, then
    // seven; and to decode, one for each of the two slivers of an axis.
    const [details] = network.found("recovery-finished");
    expect(details?.metadataMicroseconds).toBe(seconds(1));
    expect(details?.secondaryMicroseconds).toBe(seconds(4 + 2));
    expect(details?.primaryMicroseconds).toBe(seconds(4 + 7 + 2));
  });

  it("does not know it until it restarts, if nobody tells it", () => {
    const network = recovering({ preloadedBytes: oneBlob }, { noticeDiskLoss: false });
    network.befall(0, { kind: "lose-disk", ...all }, seconds(1));
    expect(network.audit(hours(5))).toMatchObject({ incomplete: 1 });
    network.befall(0, { kind: "crash", fault: -1 }, hours(6));
    network.befall(0, { kind: "restart", fault: -1 }, hours(7));
    expect(network.audit(hours(8))).toMatchObject({ incomplete: 0 });
  });

  it("or until it looks", () => {
    const scrubbing = { noticeDiskLoss: false, scrubEvery: hours(10) };
    const network = recovering({ preloadedBytes: oneBlob }, scrubbing);
    network.befall(0, { kind: "lose-disk", ...all }, hours(21));
    expect(network.audit(hours(32))).toMatchObject({ incomplete: 0 });
    const [started] = factsOf(network, "node-recovery-started");
    expect(started?.time).toBeGreaterThan(hours(21));
    expect(started?.time).toBeLessThanOrEqual(hours(31));
  });

  it("begins again where it was stopped in the middle", () => {
    const serve = { kind: "constant", value: seconds(1) } as const;
    const slow = { responseTime: { ...promptNode.responseTime, serve } };
    const network = recovering({ preloadedBytes: [1000, 2000, 3000], node: slow });
    network.befall(0, { kind: "lose-disk", ...all }, seconds(1));
    network.befall(0, { kind: "crash", fault: -1 }, seconds(1.5));
    network.befall(0, { kind: "restart", fault: -1 }, seconds(60));
    expect(network.audit(hours(1))).toMatchObject({ blobs: 3, incomplete: 0 });
    expect(network.found("recovery-started")).toHaveLength(6);
    expect(network.found("recovery-finished")).toHaveLength(3);
  });

  it("loses what it had recovered when the disk is lost again, and begins again", () => {
    const network = recovering({ preloadedBytes: oneBlob });
    network.befall(0, { kind: "lose-disk", ...all }, seconds(1));
    network.befall(0, { kind: "lose-disk", ...all }, seconds(1) + milliseconds(100));
    expect(network.audit(hours(1))).toMatchObject({ incomplete: 0 });
    expect(network.found("recovery-finished")).toHaveLength(1);
  });
});

describe("the audit", () => {
  it("tells blobs that came with the world apart once some have been recovered", () => {
    const serve = { kind: "constant", value: seconds(10) } as const;
    const slow = { responseTime: { ...promptNode.responseTime, serve } };
    const network = recovering({ preloadedBytes: [1, 1, 1], node: slow }, { blobTasks: 1 });
    network.befall(0, { kind: "lose-disk", ...all }, 0);
    expect(network.audit(seconds(15))).toMatchObject({ blobs: 3, incomplete: 2 });
  });

  it("tells what readers cannot get now from what is lost for good", () => {
    const network = recovering({ preloadedBytes: [1, 1] });
    for (let node = 0; node < 7; node++) network.befall(node, { kind: "crash", fault: -1 }, 0);
    expect(network.audit(1)).toMatchObject({ blobs: 2, lost: 0, unavailable: 2, incomplete: 0 });
  });
});

describe("helpers that lie", () => {
  it("about metadata are not believed", () => {
    const liars = { 1: "wrong-bytes", 2: "wrong-bytes", 3: "wrong-bytes" } as const;
    const preloadedBytes = new Array<number>(20).fill(1000);
    const network = recovering({ liars, preloadedBytes });
    network.befall(0, { kind: "lose-disk", ...all }, seconds(1));
    network.run(hours(1));
    expect(network.found("recovery-finished")).toHaveLength(20);
    // It would serve what it believed, once it is the only one left.
    for (let node = 1; node < 10; node++)
      network.befall(node, { kind: "crash", fault: -1 }, hours(2));
    preloadedBytes.forEach((_, blob) => {
      network.read(blob, blob, hours(3));
    });
    network.run(hours(5));
    const outcomes = new Set(network.found("read-finished").map(({ outcome }) => outcome));
    expect(outcomes).toContain("not-enough-slivers");
    expect(outcomes).not.toContain("corrupted-metadata");
  });

  const from = (behaviour: "wrong-bytes" | "withhold" | "sign-without-storing") => {
    const liars = { 1: behaviour, 2: behaviour, 3: behaviour };
    const network = recovering({ liars, preloadedBytes: oneBlob });
    network.befall(0, { kind: "lose-disk", ...all }, seconds(1));
    network.run(hours(1));
    return network.found("recovery-finished")[0]!;
  };

  it("with wrong symbols are found out by their proofs, and others are asked", () => {
    const details = from("wrong-bytes");
    // Seven of nine helpers are asked first, and only six tell the truth.
    expect(details.wrongSymbols).toBeGreaterThanOrEqual(1);
    expect((details.symbols as number) - (details.wrongSymbols as number)).toBeGreaterThanOrEqual(
      10,
    );
    expect(details.primaryMicroseconds).toBeLessThan(seconds(10));
  });

  it("with silence cost 45 seconds each time one of them is among those asked", () => {
    const { primaryMicroseconds, failedRequests } = from("withhold");
    expect(failedRequests).toBeGreaterThanOrEqual(1);
    expect(primaryMicroseconds).toBeGreaterThanOrEqual(seconds(45));
    expect(primaryMicroseconds).toBeLessThan(seconds(3 * 45));
  });
});

describe("limits", () => {
  const serve = { kind: "constant", value: seconds(1) } as const;
  const slow = { responseTime: { ...promptNode.responseTime, serve } };

  it("of slivers at once make a node recover its pairs one after another", () => {
    const durationOf = (sliverSyncs: number) => {
      const network = recovering(
        { weights: [3, 1, 1, 1, 1, 1, 1, 1], preloadedBytes: oneBlob, node: slow },
        { sliverSyncs },
      );
      network.befall(0, { kind: "lose-disk", ...all }, 0);
      network.run(hours(1));
      const [{ secondaryMicroseconds } = {}] = network.found("recovery-finished");
      return secondaryMicroseconds as number;
    };
    expect(durationOf(2000)).toBe(seconds(1) + milliseconds(40));
    expect(durationOf(1)).toBe(3 * (seconds(1) + milliseconds(40)));
  });

  it("of blobs at once make it take up one blob after another", () => {
    const network = recovering(
      { preloadedBytes: [1000, 1000, 1000], node: slow },
      { blobTasks: 1 },
    );
    network.befall(0, { kind: "lose-disk", ...all }, 0);
    network.run(hours(1));
    const finished = factsOf(network, "recovery-finished").map(({ time }) => time);
    const started = factsOf(network, "recovery-started").map(({ time }) => time);
    expect(started.slice(1)).toEqual(finished.slice(0, -1));
  });

  it("of requests that a helper works on make it refuse others, which are asked of others", () => {
    const network = recovering(
      { preloadedBytes: [1000, 1000, 1000, 1000], node: slow },
      { symbolRequests: 1 },
    );
    network.befall(0, { kind: "lose-disk", ...all }, 0);
    expect(network.audit(hours(1))).toMatchObject({ blobs: 4, incomplete: 0 });
    const failed = network.found("recovery-finished").map((each) => each.failedRequests as number);
    expect(Math.max(...failed)).toBeGreaterThan(0);
  });
});

describe("in one dimension", () => {
  const shape = (needed: number): CodeShape & { readonly writeQuorum: number } => ({
    shardCount: 10,
    primaryNeeded: needed,
    secondaryNeeded: Number.POSITIVE_INFINITY,
    writeQuorum: 10,
    layout: (bytes) => ({
      symbolBytes: 0,
      primaryBytes: Math.ceil(bytes / needed),
      secondaryBytes: 0,
      metadataBytes: 500,
    }),
  });

  it.each([
    { needed: 4, name: "Reed-Solomon: as many slivers as reconstruct the blob" },
    { needed: 1, name: "replication: one copy" },
  ])("a lost sliver costs, with $name", ({ needed }) => {
    const network = recovering({ code: shape(needed), preloadedBytes: oneBlob });
    network.befall(0, { kind: "lose-disk", ...all }, 0);
    network.run(minutes(10));
    const [details] = network.found("recovery-finished");
    expect(details?.bytesReceived).toBe(needed * (Math.ceil(1_000_000 / needed) + 7) + 500);
    expect(network.found("blob-healed")).toEqual([{ blob: 0 }]);
  });
});
