import { describe, expect, it } from "vitest";
import { hours, milliseconds, minutes, seconds } from "../engine/sim-time.ts";
import {
  promptRecovery,
  SmallNetwork,
  type SmallNetworkOptions,
} from "../testing/small-network.ts";
import type { MisEncoding } from "./messages.ts";

// Ten nodes of one shard: n = 10, f = 3. A proof is attested by n - f = 7, the prover among them.
const ten = new Array<number>(10).fill(1);
const oneWay = milliseconds(20);
/** Every primary sliver is foreign: whoever recovers anything has a proof. */
const everything: MisEncoding = { axis: "primary", slivers: 10, among: "any" };

/** Node 0 is away while a cheat writes blob 0, and comes back after a minute. */
function cheated(misEncoding = everything, options: Partial<SmallNetworkOptions> = {}) {
  const network = new SmallNetwork({
    weights: ten,
    oneWay,
    node: { recovery: promptRecovery },
    ...options,
  });
  network.befall(0, { kind: "crash", fault: -1 }, 0);
  const order = { kind: "start-write", write: 0, blob: 0, bytes: 1_000_000 } as const;
  network.order({ ...order, misEncoding, replyTo: network.demand }, 1);
  network.befall(0, { kind: "restart", fault: -1 }, minutes(1));
  return network;
}

const timesOf = (network: SmallNetwork, fact: string) =>
  network.facts.filter((each) => each.fact === fact).map(({ time }) => time);

describe("a blob that was encoded wrongly", () => {
  it("is certified, proven by the first node that recovers it, and dropped by all", () => {
    const network = cheated();
    network.run(minutes(2));
    expect(network.found("write-finished")).toMatchObject([{ outcome: "ok" }]);
    expect(network.held(1, 0)).toEqual({ primary: 1, secondary: 1 });
    network.run(hours(1));
    expect(network.found("inconsistency-proven")).toMatchObject([{ node: 0, blob: 0 }]);
    const [provenAt] = timesOf(network, "inconsistency-proven");
    // A round trip to six others, and the way to the chain.
    expect(timesOf(network, "blob-invalid")).toEqual([provenAt! + 3 * oneWay]);
    expect(network.found("blob-invalid")).toEqual([{ blob: 0, node: 0, detectedAt: provenAt }]);
    for (const node of ten.keys()) {
      expect(network.held(node, 0)).toEqual({ primary: 0, secondary: 0 });
    }
    expect(network.found("recovery-finished")).toEqual([]);
  });

  it("is no longer among the certified, neither lost nor unavailable nor incomplete", () => {
    const network = cheated();
    expect(network.audit(minutes(2))).toMatchObject({ blobs: 1, lost: 0 });
    expect(network.audit(hours(1))).toEqual({ blobs: 0, lost: 0, unavailable: 0, incomplete: 0 });
  });

  it("is called invalid to readers by more nodes than can lie", () => {
    const network = cheated();
    network.run(hours(1));
    network.read(0, 0, hours(1));
    network.run(hours(2));
    expect(network.found("read-finished")).toMatchObject([
      { outcome: "inconsistent-blob", cause: "the chain says that it was encoded wrongly" },
    ]);
    // f + 1 = 4 answers, three of them to the first requests.
    expect(network.found("read-finished")[0]?.requests).toBeLessThanOrEqual(7);
  });

  it("is rejected by readers before the chain knows", () => {
    const network = cheated();
    network.read(0, 0, minutes(1));
    network.run(minutes(2));
    expect(network.found("read-finished")).toMatchObject([{ outcome: "inconsistent-blob" }]);
    expect(network.found("mis-encoded-read")).toMatchObject([{ value: "rejected" }]);
    expect(network.found("blob-invalid")).toEqual([]);
  });

  it("stays unknown to the chain while nobody recovers what does not fit", () => {
    // One foreign row of ten, which by the luck of this seed is neither node 0's own nor among the four
    // that its column is recovered from: what it recovers is as committed to.
    const network = cheated({ axis: "primary", slivers: 1, among: "any" }, { seed: "b" });
    network.run(hours(1));
    expect(network.found("mis-encoded")).toMatchObject([{ count: 1 }]);
    expect(network.found("inconsistency-proven")).toEqual([]);
    expect(network.found("recovery-finished")).toHaveLength(1);
    expect(network.held(0, 0)).toEqual({ primary: 1, secondary: 1 });
  });
});

describe("a node that finds a blob encoded wrongly", () => {
  it("has its permits for other blobs", () => {
    const recovery = { ...promptRecovery, sliverSyncs: 1 };
    const network = cheated(everything, { node: { recovery } });
    network.write(1, 1, 1_000_000, seconds(10));
    network.run(hours(1));
    expect(network.found("recovery-finished")).toMatchObject([{ node: 0, blob: 1 }]);
    expect(network.held(0, 1)).toEqual({ primary: 1, secondary: 1 });
  });

  it("needs nobody else's symbols if its own slivers are enough", () => {
    // Node 0 has eight of ten shards, and loses some of them: four primary slivers are left.
    const network = new SmallNetwork({
      weights: [8, 1, 1],
      oneWay,
      node: { recovery: promptRecovery },
    });
    const order = { kind: "start-write", write: 0, blob: 0, bytes: 1_000_000 } as const;
    network.order({ ...order, misEncoding: everything, replyTo: network.demand }, 1);
    network.befall(0, { kind: "lose-disk", fault: -1, share: 0.3 }, minutes(1));
    network.run(minutes(1));
    expect(network.held(0, 0)?.primary).toBeGreaterThanOrEqual(4);
    expect(network.held(0, 0)?.primary).toBeLessThan(8);
    network.run(hours(1));
    expect(network.found("inconsistency-proven")).toMatchObject([{ node: 0, axis: "secondary" }]);
  });
});

describe("a proof", () => {
  it("is attested while f nodes are away", () => {
    const network = cheated();
    for (const node of [7, 8, 9]) network.befall(node, { kind: "crash", fault: -1 }, minutes(2));
    network.run(hours(1));
    expect(network.found("blob-invalid")).toHaveLength(1);
  });

  it("waits for one of f + 1 that are away", () => {
    // Symbols of four primary slivers suffice for the secondary one, which is the proof.
    const network = cheated();
    for (const node of [6, 7, 8, 9]) network.befall(node, { kind: "crash", fault: -1 }, minutes(2));
    network.befall(6, { kind: "restart", fault: -1 }, minutes(50));
    network.run(minutes(50));
    expect(network.found("inconsistency-proven")).toHaveLength(1);
    expect(network.found("blob-invalid")).toHaveLength(0);
    network.run(hours(3));
    expect(network.found("blob-invalid")).toHaveLength(1);
  });

  it("is found again by a node that crashed with it", () => {
    const network = cheated(everything, { oneWay: seconds(1) });
    network.run(minutes(3) + seconds(10));
    const [provenAt] = timesOf(network, "inconsistency-proven");
    network.befall(0, { kind: "crash", fault: -1 }, minutes(3) + seconds(10));
    network.befall(0, { kind: "restart", fault: -1 }, minutes(4));
    network.run(hours(1));
    expect(provenAt).toBeLessThan(minutes(3) + seconds(11));
    expect(network.found("blob-invalid")).toHaveLength(1);
  });
});
