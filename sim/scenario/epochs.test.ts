import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { minutes, seconds } from "../engine/sim-time.ts";
import type { World } from "../engine/world.ts";
import type { WalrusMessage } from "../protocol/messages.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ResolvedScenario, ScenarioInput } from "./scenario.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

/** Epochs of five minutes: one node leaves and hands over, another is gone at once, a new one joins. */
const turnover: Partial<ScenarioInput> = {
  horizon: "12min",
  committee: {
    nodes: 13,
    shards: 31,
    stake: { kind: "zipf", exponent: 0.8 },
    places: { north: "60%", south: "40%" },
    providers: { big: "30%", small: "70%" },
    epoch: "5min",
    epochAge: "2min",
    epochCalls: { jitter: "5s" },
    stakeMoved: "3%",
    changes: [
      { epoch: 2, kind: "leaves", node: "node-03" },
      { epoch: 2, kind: "leaves", node: "node-05", how: "offline" },
      { epoch: 2, kind: "joins", node: "late", stake: "10%" },
    ],
    recovery: { deferral: { small: "2s", medium: "2s", large: "5s" } },
    shardSync: {
      batch: 7,
      timeout: "20s",
      backoff: { min: "5s", max: "30s" },
      giveUp: "1min",
    },
  },
};

function run(scenario: ResolvedScenario) {
  const simulated = buildWorld(scenario, 0, {});
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  simulated.run();
  const { eventDigest, factDigest } = simulated.world;
  return { facts, eventDigest, factDigest };
}

/** The world as its actors know it. */
const insideOf = ({ world }: SimulatedWorld) => world as unknown as World<WalrusMessage>;

const found = (facts: readonly Fact[], kind: string) => facts.filter(({ fact }) => fact === kind);
const outcomes = (facts: readonly Fact[], kind: string) =>
  found(facts, kind).map(({ details }) => details.outcome);
const others = (list: readonly unknown[], usual: unknown) => list.filter((each) => each !== usual);

describe("a change of committee", () => {
  const scenario = smallScenario(turnover);
  const whole = run(scenario);

  it("interrupts neither reads nor writes, though shards move and a leaver is gone", () => {
    expect(found(whole.facts, "epoch-synced")).toHaveLength(2);
    const synced = found(whole.facts, "shard-sync-finished").map(({ details }) => details.outcome);
    expect(synced).toContain("transferred");
    expect(synced).toContain("recovered");
    expect(others(outcomes(whole.facts, "read-finished"), "ok")).toEqual([]);
    expect(others(outcomes(whole.facts, "write-finished"), "ok")).toEqual([]);
    expect(outcomes(whole.facts, "read-finished").length).toBeGreaterThan(500);
  });

  it("gives each gained shard all slivers of all blobs certified before", () => {
    const [epoch] = found(whole.facts, "epoch-started");
    const certified = found(whole.facts, "blob-certified").filter(
      ({ time }) => time < (epoch as Fact).time,
    ).length;
    const syncs = found(whole.facts, "shard-sync-finished").filter(
      ({ details }) => details.epoch === 2,
    );
    const moved = (epoch as Fact).details.movedShards as number;
    expect(syncs).toHaveLength(moved);
    expect(moved).toBeGreaterThan(5);
    for (const { details } of syncs) {
      const { slivers, recoveredSlivers } = details as Record<string, number>;
      // 20 blobs came with the world; each has a primary and a secondary sliver on a shard. What the node was
      // sent by its client, or recovered for it, before the sync came to it is no part of the sync.
      expect((slivers as number) + (recoveredSlivers as number)).toBeGreaterThanOrEqual(
        2 * (certified + 20) - 4,
      );
      expect((slivers as number) + (recoveredSlivers as number)).toBeLessThanOrEqual(
        2 * (certified + 20) + 4,
      );
    }
  });

  it("says the same with real slivers, wrong bytes of a previous owner included", () => {
    const fields: Partial<ScenarioInput> = {
      ...turnover,
      horizon: "5min",
      faults: [{ kind: "liars", nodes: { list: ["node-03"] }, behaviour: "wrong-bytes" }],
    };
    const counted = run(smallScenario(fields));
    const bytes = run(smallScenario({ ...fields, payload: "bytes" }));
    expect(bytes.factDigest).toBe(counted.factDigest);
    const recovered = found(counted.facts, "shard-sync-finished").filter(
      ({ details }) => (details.recoveredSlivers as number) > 0 && (details.bytes as number) > 0,
    );
    expect(recovered.length).toBeGreaterThan(0);
  });

  it.each([
    { scheme: "reed-solomon", dataShards: 5, totalShards: 12 },
    { scheme: "replication", copies: 3 },
  ] as const)("says the same with real slivers of $scheme, and interrupts nothing", (encoding) => {
    const fields: Partial<ScenarioInput> = { ...turnover, horizon: "5min", encoding };
    const counted = run(smallScenario(fields));
    const bytes = run(smallScenario({ ...fields, payload: "bytes" }));
    expect(bytes.factDigest).toBe(counted.factDigest);
    expect(found(counted.facts, "shard-sync-finished").length).toBeGreaterThan(5);
    expect(others(outcomes(counted.facts, "read-finished"), "ok")).toEqual([]);
  });

  it("goes on bit-identically from a fork at any instant of it", () => {
    const [start] = found(whole.facts, "epoch-started");
    fc.assert(
      fc.property(fc.integer({ min: -seconds(3), max: seconds(90) }), (later) => {
        const first = buildWorld(scenario, 0, {});
        first.world.runUntil((start as Fact).time + later);
        const fork = first.fork();
        fork.run();
        expect(fork.world.eventDigest).toBe(whole.eventDigest);
        expect(fork.world.factDigest).toBe(whole.factDigest);
        first.run();
        expect(first.world.eventDigest).toBe(whole.eventDigest);
      }),
      { numRuns: 5 },
    );
  });

  it("never comes while too few members attest", () => {
    // 55 % of the shards are gone before the change: 3w >= 2n + 1 cannot be reached by the rest, whatever moves to them.
    const faults: ScenarioInput["faults"] = [
      { kind: "crash", nodes: { share: "55%", by: "random" }, at: "2min" },
    ];
    const { facts } = run(smallScenario({ ...turnover, horizon: "20min", faults }));
    expect(found(facts, "epoch-started")).toHaveLength(1);
    expect(found(facts, "epoch-synced")).toEqual([]);
  });

  it("leaves everything whole, once what was down is up, however late it heard of it", () => {
    const faults: ScenarioInput["faults"] = [
      // Away over two changes of committee, for a while, without its disk, and in the midst of its syncs.
      { kind: "region-outage", region: "south", share: "50%", at: "2min", lasts: "3min" },
      {
        kind: "restart",
        nodes: { list: ["node-09"] },
        at: "2min",
        within: "1s",
        downtime: "12min",
      },
      { kind: "provider-outage", provider: "big", at: "15min", lasts: "20s" },
      { kind: "disk-loss", nodes: { count: 1, by: "random" }, at: "4min" },
      { kind: "restart", nodes: "all", at: "185s", within: "40s", downtime: "2s" },
    ];
    const scenario = smallScenario({ ...turnover, horizon: "16min", faults });
    const simulated = buildWorld(scenario, 0, {});
    const facts: Fact[] = [];
    simulated.world.observeFacts((fact) => facts.push(fact));
    simulated.run();
    const later = simulated.world.engine.now + minutes(30);
    insideOf(simulated).inject(simulated.nodes.length + 1, { kind: "audit" }, later);
    simulated.world.runUntil(later);
    const audits = found(facts, "audit").map(({ details }) => details);
    expect(audits.at(-1)).toMatchObject({ lost: 0, unavailable: 0, incomplete: 0 });
    const lives = found(facts, "node-state").map(({ details }) => details.state);
    expect(lives).toContain("catch-up");
    const states = new Map(
      found(facts, "node-state").map(({ details }) => [details.node, details.state]),
    );
    expect(
      [...states.values()].filter((state) => state !== "active" && state !== "standby"),
    ).toEqual([]);
  });
});

describe("while shards are on their way", () => {
  it("older blobs are read from the previous committee, new ones from the new", () => {
    // Eight newcomers get most of the shards, and nobody hands anything over: of older blobs the new committee
    // holds too little for readers (fewer than 11 of 31), and the sync never ends.
    const scenario = smallScenario({
      horizon: "8min",
      committee: {
        nodes: 13,
        shards: 31,
        epoch: "5min",
        epochAge: "4min",
        epochCalls: { jitter: "1s" },
        changes: [1, 2, 3, 4, 5, 6, 7, 8].map((index) => ({
          epoch: 2,
          kind: "joins",
          node: `late-${index}`,
          stake: "100%",
        })),
        recovery: { enabled: false },
      },
      client: { requestTimeout: "5s" },
      workload: {
        clients: { north: "100%" },
        preload: { blobs: 20, size: "20KiB" },
        reads: { rate: "1/s", popularity: { kind: "uniform" } },
        writes: { rate: "0.1/s", size: "20KiB" },
      },
    });
    const facts: Fact[] = [];
    const simulated = buildWorld(scenario, 0, {});
    simulated.world.observeFacts((fact) => facts.push(fact));
    const lies = [{ kind: "refuse-handover" }] as const;
    for (const { actor } of simulated.nodes) {
      insideOf(simulated).inject(actor, { kind: "behave", lies, fault: 0 }, 0);
    }
    simulated.run();
    const [started] = found(facts, "epoch-started");
    expect(started?.details.movedShards).toBeGreaterThan(20);
    expect(found(facts, "epoch-synced")).toEqual([]);
    const reads = found(facts, "read-finished").filter(
      ({ details }) => (details.startedAt as number) > minutes(2),
    );
    expect(others(outcomes(reads, "read-finished"), "ok")).toEqual([]);
    expect(reads.filter(({ details }) => (details.blob as number) < 20).length).toBeGreaterThan(50);
    expect(reads.filter(({ details }) => (details.blob as number) >= 20).length).toBeGreaterThan(
      50,
    );
    expect(others(outcomes(facts, "write-finished"), "ok")).toEqual([]);
  });
});

describe("shards that are not synced when readers move to the new committee", () => {
  // n = 31, f = 10. Two newcomers get the most that one of 15 nodes may have, five shards each, and nobody hands
  // anything over: f shards are empty, and n - f have attested. 11 primary slivers reconstruct a blob.
  const scenario = smallScenario({
    horizon: "10min",
    committee: {
      nodes: 13,
      shards: 31,
      epoch: "5min",
      epochAge: "4min",
      epochCalls: { jitter: "1s" },
      changes: [
        { epoch: 2, kind: "joins", node: "late-1", stake: "50%" },
        { epoch: 2, kind: "joins", node: "late-2", stake: "50%" },
      ],
      recovery: { enabled: false },
    },
    client: { requestTimeout: "5s" },
    workload: {
      clients: { north: "100%" },
      preload: { blobs: 20, size: "20KiB" },
      reads: { rate: "0.5/s" },
    },
  });

  function readsWithout(shardsDown: number) {
    const facts: Fact[] = [];
    const simulated = buildWorld(scenario, 0, {});
    const { nodes } = simulated;
    const world = insideOf(simulated);
    world.observeFacts((fact) => facts.push(fact));
    const lies = [{ kind: "refuse-handover" }] as const;
    for (const { actor } of nodes) world.inject(actor, { kind: "behave", lies, fault: 0 }, 0);
    world.runUntil(minutes(3));
    expect(found(facts, "epoch-synced")).toHaveLength(1);
    const weights = nodes.map(({ shards }) => shards);
    for (const { details } of found(facts, "shard-sync-started"))
      weights[details.from as number]!--;
    let left = shardsDown;
    for (const [node, weight] of weights.entries()) {
      if (weight === 0 || weight > left) continue;
      left -= weight;
      world.inject(node, { kind: "crash", fault: 0 }, minutes(3));
    }
    expect(left).toBe(0);
    simulated.run();
    return found(facts, "read-finished")
      .filter(({ details }) => (details.startedAt as number) > minutes(3))
      .map(({ details }) => details.outcome);
  }

  it("leave room for f more that fail: n - 2f are left", () => {
    const reads = readsWithout(10);
    expect(reads.length).toBeGreaterThan(100);
    expect(others(reads, "ok")).toEqual([]);
  });

  it("and for none beyond", () => {
    expect(others(readsWithout(11), "not-enough-slivers")).toEqual([]);
  });
});
