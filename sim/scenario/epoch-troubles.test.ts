import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { minutes, seconds } from "../engine/sim-time.ts";
import type { World } from "../engine/world.ts";
import type { WalrusMessage } from "../protocol/messages.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ScenarioInput } from "./scenario.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

type Committee = NonNullable<ScenarioInput["committee"]>;

/** The first change of committee comes after a minute, on 13 nodes of 31 shards. */
const committee: Partial<Committee> = {
  nodes: 13,
  shards: 31,
  stake: { kind: "zipf", exponent: 0.8 },
  places: { north: "60%", south: "40%" },
  epoch: "5min",
  epochAge: "4min",
  epochCalls: { jitter: "5s" },
  recovery: { deferral: { small: "2s", medium: "2s", large: "5s" } },
  shardSync: { timeout: "20s", backoff: { min: "5s", max: "30s" }, giveUp: "1min" },
};

function small(fields: Partial<ScenarioInput>, replication = 0) {
  const simulated = buildWorld(smallScenario(fields), replication, {});
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  return { simulated, facts };
}

/** The world as its actors know it. */
const insideOf = ({ world }: SimulatedWorld) => world as unknown as World<WalrusMessage>;

const found = (facts: readonly Fact[], kind: string) => facts.filter(({ fact }) => fact === kind);

describe("a node that comes by its shards", () => {
  it.each([1, 2])("recovers no blob twice at once, however often it is asked to (%i)", (luck) => {
    // Blobs wait in the queue of those the chain told of when the sync of a shard asks for them too.
    const { simulated, facts } = small(
      {
        horizon: "150s",
        committee: {
          ...committee,
          stakeMoved: "60%",
          serviceTime: "100ms",
          cores: 2,
          changes: [
            { epoch: 2, kind: "leaves", node: "node-01" },
            { epoch: 2, kind: "leaves", node: "node-02", how: "offline" },
            { epoch: 2, kind: "joins", node: "late", stake: "20%" },
          ],
          recovery: {
            symbolTimeout: "5s",
            deferral: { small: "2s", medium: "2s", large: "5s" },
            blobSyncs: 2,
          },
          shardSync: { ...committee.shardSync, batch: 20 },
        },
        workload: {
          clients: { north: "100%" },
          preload: { blobs: 50, size: "2KiB" },
          writes: { rate: "2/s", size: "2KiB" },
        },
        faults: [
          { kind: "crash-recover", timeToFailure: "10min", timeToRepair: "8s" },
          { kind: "region-outage", region: "south", share: "60%", at: "30s", lasts: "35s" },
        ],
      },
      luck,
    );
    simulated.run(); // An invariant holds it to that.
    expect(found(facts, "recovery-started").length).toBeGreaterThan(100);
  });

  it("waits for nothing of a blob that is proven to be encoded wrongly while it is on its way", () => {
    const { simulated, facts } = small({
      horizon: "4min",
      committee: { ...committee, changes: [{ epoch: 2, kind: "leaves", node: "node-03" }] },
      workload: {
        clients: { north: "100%" },
        preload: { blobs: 5, size: "2KiB" },
        writes: { rate: "1/s", size: "2KiB" },
      },
    });
    const world = insideOf(simulated);
    const ledger = simulated.nodes.length;
    world.runUntil(minutes(1));
    world.inject(2, { kind: "slow-service", factor: 100, fault: -1 }, minutes(1));
    while (found(facts, "shard-sync-started").length === 0) {
      world.runUntil(world.engine.now + seconds(1));
    }
    const [, blob] = found(facts, "blob-certified").map(({ details }) => details.blob as number);
    const { now } = world.engine;
    const proof = { node: 0, weight: 31, detectedAt: now };
    world.inject(ledger, { kind: "invalidate", blob: blob as number, ...proof }, now);
    simulated.run();
    const [invalid] = found(facts, "blob-invalid");
    const finished = found(facts, "shard-sync-finished");
    expect(finished.some(({ time }) => time > (invalid as Fact).time)).toBe(true);
    expect(finished).toHaveLength(found(facts, "shard-sync-started").length);
  });

  it("finds once that a blob was encoded wrongly, whatever committee it proves it to", () => {
    const { simulated, facts } = small(
      {
        horizon: "5min",
        committee: {
          ...committee,
          stakeMoved: "3%",
          changes: [
            { epoch: 2, kind: "leaves", node: "node-01" },
            { epoch: 2, kind: "leaves", node: "node-02", how: "offline" },
            { epoch: 2, kind: "leaves", node: "node-05", how: "offline" },
          ],
          shardSync: { ...committee.shardSync, batch: 10, giveUp: "10s" },
        },
        ledger: { certify: "20s" },
        workload: {
          clients: { north: "100%" },
          preload: { blobs: 10, size: "2KiB" },
          writes: { rate: "1/s", size: "2KiB", misEncoding: { slivers: 3 } },
        },
      },
      1,
    );
    simulated.run();
    const { time: startedAt } = found(facts, "epoch-started")[0] as Fact;
    const proofs = found(facts, "inconsistency-proven");
    const names = proofs.map(({ details }) => `${details.node} of ${details.blob}`);
    expect(proofs.filter(({ time }) => time > startedAt).length).toBeGreaterThan(20);
    expect(new Set(names).size).toBe(names.length);
    // Proven before the change, the chain has yet to be told: attestations of the old committee are not enough.
    const invalid = new Map(
      found(facts, "blob-invalid").map(({ time, details }) => [details.blob, time]),
    );
    const pending = proofs.filter(
      ({ time, details }) =>
        time < startedAt && (invalid.get(details.blob) ?? Infinity) > startedAt,
    );
    expect(pending.length).toBeGreaterThan(0);
    for (const { details } of pending) expect(invalid.has(details.blob)).toBe(true);
  });
});

describe("a write under which the committee changes", () => {
  const writes = { rate: "10/s", size: "2KiB" } as const;
  const workload = { clients: { north: "100%" }, preload: { blobs: 10, size: "2KiB" } } as const;

  it("begins anew once at a time, and is certified once", () => {
    const { simulated, facts } = small({
      horizon: "75s",
      committee: {
        ...committee,
        stakeMoved: "90%",
        // Slow enough for some to be in their tail when a node tells them of the new committee.
        responseTime: { store: { kind: "log-normal", median: "400ms", sigma: 1.2 } },
      },
      workload: { ...workload, writes },
    });
    simulated.run();
    expect(found(facts, "operation-restarted").length).toBeGreaterThan(50);
    const certified = found(facts, "blob-certified").map(({ details }) => details.blob);
    expect(certified.length).toBeGreaterThan(500);
    expect(new Set(certified).size).toBe(certified.length);
  });

  it("does not begin anew for a committee that it has dealt with from the upload on", () => {
    const { simulated, facts } = small({
      horizon: "2min",
      committee: { ...committee, stakeMoved: "3%" },
      ledger: { register: "25s" },
      client: { requestTimeout: "2s" },
      workload: { ...workload, writes: { ...writes, rate: "1/s" } },
      // Too few are left to store anything, after the change is done with.
      faults: [{ kind: "crash", nodes: { share: "40%", by: "random" }, at: "70s" }],
    });
    simulated.run();
    const [synced] = found(facts, "epoch-synced");
    expect((synced as Fact).time).toBeLessThan(seconds(70));
    // Registered once their client knew of the change, and 25 s after they began.
    const blobs = found(facts, "write-started")
      .filter(({ time }) => time > seconds(47) && time < seconds(60))
      .map(({ details }) => details.blob);
    const failed = found(facts, "write-finished")
      .filter(({ details }) => blobs.includes(details.blob as number))
      .map(({ details }) => details.outcome);
    expect(failed).toEqual(blobs.map(() => "not-enough-confirmations"));
    const restarted = found(facts, "operation-restarted").map(({ details }) => details.blob);
    expect(blobs.filter((blob) => restarted.includes(blob))).toEqual([]);
  });
});
