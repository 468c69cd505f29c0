import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { minutes, seconds } from "../engine/sim-time.ts";
import type { World } from "../engine/world.ts";
import type { Lie } from "../protocol/lies.ts";
import type { WalrusMessage } from "../protocol/messages.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ScenarioInput } from "./scenario.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

type Committee = NonNullable<ScenarioInput["committee"]>;

const blobCount = 20;
/** "node-03". */
const leaver = 2;

/** A node that leaves after a minute hands its shards over, of 20 blobs that came with the world. */
function changing(committee: Partial<Committee> = {}, fields: Partial<ScenarioInput> = {}) {
  const scenario = smallScenario({
    horizon: "7min",
    committee: {
      nodes: 13,
      shards: 31,
      stake: { kind: "zipf", exponent: 0.8 },
      places: { north: "100%" },
      epoch: "5min",
      epochAge: "4min",
      epochCalls: { jitter: "1s" },
      changes: [{ epoch: 2, kind: "leaves", node: "node-03" }],
      recovery: { deferral: { small: "2s", medium: "2s", large: "5s" } },
      shardSync: { timeout: "20s", backoff: { min: "5s", max: "30s" }, giveUp: "1min" },
      ...committee,
    },
    workload: { clients: { north: "100%" }, preload: { blobs: blobCount, size: "2KiB" } },
    ...fields,
  });
  const simulated = buildWorld(scenario, 0, {});
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  return { simulated, facts };
}

/** The world as its actors know it. */
const insideOf = ({ world }: SimulatedWorld) => world as unknown as World<WalrusMessage>;

const found = (facts: readonly Fact[], kind: string) =>
  facts.filter(({ fact }) => fact === kind).map(({ details }) => details);

describe("a previous owner", () => {
  function handedOver(lies: readonly Lie[]) {
    const { simulated, facts } = changing();
    insideOf(simulated).inject(leaver, { kind: "behave", fault: 0, lies }, 0);
    simulated.run();
    const syncs = found(facts, "shard-sync-finished").filter(({ from }) => from === leaver);
    expect(syncs.length).toBeGreaterThan(2);
    expect(syncs).toHaveLength(found(facts, "shard-sync-started").length);
    const durations = facts
      .filter(({ fact }) => fact === "shard-sync-finished")
      .map(({ time, details }) => time - (details.startedAt as number));
    return { syncs, durations, bites: found(facts, "fault-bit").length };
  }
  const none = { slivers: 0, recoveredSlivers: 2 * blobCount, outcome: "recovered" };
  const all = { slivers: 2 * blobCount, recoveredSlivers: 0, outcome: "transferred" };

  it("who withholds gives nothing of what it withholds, and all else", () => {
    const some = { slivers: 2 * 17, recoveredSlivers: 2 * 3, outcome: "mixed" };
    const oldest = handedOver([{ kind: "withhold", blobs: { oldest: 3 } }]);
    for (const sync of oldest.syncs) expect(sync).toMatchObject(some);
    expect(oldest.bites).toBeGreaterThan(0);
    for (const sync of handedOver([{ kind: "withhold" }]).syncs) expect(sync).toMatchObject(none);
  });

  it("who withholds from some gives to others", () => {
    const nobody = 1000;
    const toOthers = handedOver([{ kind: "withhold", from: [nobody] }]);
    for (const sync of toOthers.syncs) expect(sync).toMatchObject(all);
    expect(toOthers.bites).toBe(0);
  });

  it("gives nothing of what it has not kept", () => {
    const { syncs } = handedOver([{ kind: "keep-share", share: 0.5, salt: leaver }]);
    const [first] = syncs;
    // Of 20 blobs half but for luck: 4.5 standard deviations are 10.
    expect(first?.slivers).toBeGreaterThan(0);
    expect(first?.recoveredSlivers).toBeGreaterThan(0);
    for (const { slivers, recoveredSlivers } of syncs) {
      expect(slivers).toBe(first?.slivers);
      expect((slivers as number) + (recoveredSlivers as number)).toBe(2 * blobCount);
    }
  });

  it("who delays gives each axis as late as it gives symbols", () => {
    const symbols = seconds(10);
    const { syncs, durations } = handedOver([{ kind: "delay", clients: 0, metadata: 0, symbols }]);
    for (const sync of syncs) expect(sync).toMatchObject(all);
    for (const duration of durations) {
      expect(duration).toBeGreaterThan(2 * symbols);
      // Who asks before the owner is in the epoch is refused as late, and asks again after 5 s.
      expect(duration).toBeLessThan(3 * symbols + seconds(10));
    }
  });

  it("who will refuse when it leaves gives what it loses before", () => {
    const { simulated, facts } = changing(
      {
        changes: [
          { epoch: 2, kind: "stake", node: "node-01", factor: 0.25 },
          { epoch: 3, kind: "leaves", node: "node-01", how: "refuses" },
        ],
      },
      { horizon: "9min" },
    );
    simulated.run();
    const outcomes = (epoch: number) =>
      found(facts, "shard-sync-finished")
        .filter((sync) => sync.from === 0 && sync.epoch === epoch)
        .map(({ outcome }) => outcome);
    expect(new Set(outcomes(2))).toEqual(new Set(["transferred"]));
    expect(new Set(outcomes(3))).toEqual(new Set(["recovered"]));
  });

  it("who is too slow sends nothing that nobody waits for any more", () => {
    const { simulated, facts } = changing(
      { recovery: { enabled: false } },
      { workload: { clients: { north: "100%" }, preload: { blobs: blobCount, size: "1MiB" } } },
    );
    const { world } = simulated;
    world.runUntil(minutes(1) - seconds(5));
    const before = simulated.traffic()[leaver]?.sentBytes as number;
    const slow: WalrusMessage = { kind: "slow-service", factor: 1000, fault: -1 };
    insideOf(simulated).inject(leaver, slow, minutes(1) - seconds(5));
    simulated.run();
    expect(found(facts, "shard-sync-started").length).toBeGreaterThan(2);
    // 20 primary slivers of a shard are 20 / 11 of a MiB; a message that says anything else is a few hundred bytes.
    expect((simulated.traffic()[leaver]?.sentBytes as number) - before).toBeLessThan(100_000);
  });
});

describe("a node that has left and is off", () => {
  it("stays off when a fault that befalls it later is over", () => {
    const nodes = { list: ["node-03", "node-04"] };
    const { simulated, facts } = changing(
      { changes: [{ epoch: 2, kind: "leaves", node: "node-03", how: "offline" }] },
      {
        horizon: "3min",
        faults: [{ kind: "restart", nodes, at: "90s", within: "1s", downtime: "10s" }],
      },
    );
    simulated.run();
    expect(found(facts, "node-up").map(({ node }) => node)).toEqual([leaver + 1]);
  });
});
