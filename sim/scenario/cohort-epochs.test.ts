import { describe, expect, it } from "vitest";
import type { CohortState } from "../cohorts/cohort-state.ts";
import { type Gap, type GapRemedy, lackingOf } from "../cohorts/gaps.ts";
import type { CohortMessage } from "../cohorts/messages.ts";
import { BEFORE_ALL, countIn } from "../cohorts/population.ts";
import type { Fact } from "../engine/actor.ts";
import { hours } from "../engine/sim-time.ts";
import type { World } from "../engine/world.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ScenarioInput } from "./scenario.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

type Committee = NonNullable<ScenarioInput["committee"]>;

// Node 1 holds 5 of 31 shards. Each shard has 2,000,000 slivers; the epoch lasts two days.
const BLOBS = 1_000_000;
const base: Partial<ScenarioInput> = {
  grain: "cohort",
  horizon: "6d",
  metrics: { healthEvery: "6h" },
  workload: {
    clients: { north: "100%" },
    preload: { blobs: BLOBS, size: "1MiB" },
    writes: [],
    reads: [],
  },
};
const committee = (fields: Partial<Committee>): Committee => ({
  nodes: 13,
  shards: 31,
  stake: { kind: "zipf", exponent: 0.8 },
  places: { north: "60%", south: "40%" },
  providers: { big: "30%", small: "70%" },
  epoch: "2d",
  ...fields,
});
/** Two shards of node 1 go to nodes 3 and 9 with epoch 2. */
const shrinks = { kind: "stake", epoch: 2, node: "node-01", factor: 0.25 } as const;
const leaves = { kind: "leaves", epoch: 2, node: "node-01" } as const;
const silent = { recovery: { noticeDiskLoss: false } };
const emptied: ScenarioInput["faults"] = [
  { kind: "disk-loss", nodes: { list: ["node-01"] }, at: "1d" },
];

function start(fields: Partial<ScenarioInput>) {
  const simulated = buildWorld(smallScenario({ ...base, ...fields }), 0, {});
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  return { simulated, facts };
}

function run(fields: Partial<ScenarioInput>): Fact[] {
  const { simulated, facts } = start(fields);
  simulated.run();
  return facts;
}

const found = (facts: readonly Fact[], name: string) => facts.filter(({ fact }) => fact === name);
const ended = (facts: readonly Fact[]) =>
  found(facts, "shard-sync-finished").map(({ details }) => details);
const backlogs = (facts: readonly Fact[]) =>
  found(facts, "health").map(({ time, details }) => [time, details.backlogSlivers as number]);

/** What the nodes lack, as it stands. */
function stateOf({ world, nodes }: SimulatedWorld): CohortState {
  const parts = (world as unknown as World<never>).snapshot().parts;
  return (parts.get("world") as { states: CohortState[] }).states[nodes.length]!;
}

describe("a shard that moves with an epoch, in the aggregated form", () => {
  it("is recovered as far as its previous owner lacks it, and no further", () => {
    // The epoch changes while the previous owner goes over all blobs, some 88 % of them before it.
    const facts = run({
      cohorts: { recoveryTime: "50ms" },
      committee: committee({ changes: [shrinks] }),
      faults: [{ kind: "disk-loss", nodes: { list: ["node-01"] }, at: "1.95d" }],
    });
    expect(ended(facts)).toHaveLength(2);
    const scanned = backlogs(facts).find(([time]) => time === hours(48))![1]! / (10 * BLOBS);
    for (const { outcome, slivers, recoveredSlivers } of ended(facts)) {
      expect(outcome).toBe("mixed");
      expect((slivers as number) + (recoveredSlivers as number)).toBe(2 * BLOBS);
      // A little less than it lacked some seconds before the epoch began.
      expect((recoveredSlivers as number) / (2 * BLOBS)).toBeCloseTo(scanned, 2);
    }
  });

  it("loses nothing and gains nothing that nobody gave, whatever befalls the nodes", () => {
    const troubled: Partial<ScenarioInput> = {
      horizon: "30d",
      cohorts: { sliverTime: "30ms", recoveryTime: "30s" },
      committee: committee({ stakeMoved: "20%", ...silent }),
      workload: { ...base.workload!, writes: { rate: "1000/h", size: "1MiB" } },
      faults: [
        { kind: "crash-recover", timeToFailure: "3d", timeToRepair: "12h" },
        { kind: "disk-loss", timeToFailure: "30d" },
      ],
    };
    const starts = found(run(troubled), "epoch-started");
    expect(starts.length).toBeGreaterThan(8);
    const { simulated } = start(troubled);
    let [partly, moved] = [0, 0];
    for (const { time } of starts) {
      const world = simulated.world as unknown as World<CohortMessage>;
      world.inject(simulated.nodes.length, { kind: "work-again" }, time - 1); // As it stands then.
      world.runUntil(time - 1);
      const before = stateOf(simulated);
      simulated.world.runUntil(time);
      const after = stateOf(simulated);
      after.owners.forEach((owner, shard) => {
        const source = before.owners[shard]!;
        // A node that had it an epoch ago has most of it still.
        if (owner === source || owner === before.previousOwners[shard]) return;
        const all = 2 * countIn(after.population, BEFORE_ALL, time);
        const missing = lackedOf(shard, source, before);
        const [given, recovered] = [
          lackedOf(shard, owner, after, "transfer"),
          lackedOf(shard, owner, after, "recover"),
        ];
        expect(given + recovered).toBeCloseTo(all, 1);
        expect(Math.abs(recovered - missing)).toBeLessThan(1);
        moved++;
        if (missing > 0 && missing < all) partly++;
      });
    }
    expect(moved).toBeGreaterThan(12);
    expect(partly).toBeGreaterThan(3);
  });

  it("is still missing in an epoch after the next, if it was nowhere", () => {
    const facts = run({
      horizon: "12d",
      cohorts: { recoveryTime: "20s" },
      committee: committee({ ...silent, changes: [shrinks] }),
      faults: emptied,
    });
    expect(found(facts, "epoch-started").length).toBeGreaterThan(2);
    for (const { recoveredSlivers } of ended(facts)) expect(recoveredSlivers).toBe(2 * BLOBS);
    const lasts = ended(facts)[0]!.startedAt as number;
    expect(found(facts, "shard-sync-finished")[0]!.time - lasts).toBeGreaterThan(hours(48));
  });

  it("is recovered from all, once the previous owner has dropped it", () => {
    // Two million slivers at 200 ms take 111 hours; the previous owner keeps them for some 50.
    const facts = run({
      horizon: "12d",
      cohorts: { sliverTime: "200ms" },
      committee: committee({ changes: [shrinks] }),
    });
    expect(ended(facts)).toHaveLength(2);
    for (const { outcome, slivers, recoveredSlivers } of ended(facts)) {
      expect(outcome).toBe("mixed");
      expect((slivers as number) / (hours(48) / 200_000)).toBeCloseTo(1, 2);
      expect((slivers as number) + (recoveredSlivers as number)).toBe(2 * BLOBS);
    }
  });

  it("is missing once, if it comes back to a node that lacked it", () => {
    const facts = run({
      cohorts: { recoveryTime: "100s" },
      committee: committee({
        ...silent,
        changes: [shrinks, { kind: "stake", epoch: 3, node: "node-01", factor: 4 }],
      }),
      faults: emptied,
    });
    expect(found(facts, "epoch-started")[1]!.details.movedShards).toBe(2);
    for (const [time, slivers] of backlogs(facts)) {
      if (time! > hours(96)) expect(slivers).toBeLessThanOrEqual(10 * BLOBS);
    }
  });

  it("comes back without a sync to a node that has it still", () => {
    const facts = run({
      cohorts: { sliverTime: "1s" },
      committee: committee({
        changes: [shrinks, { kind: "stake", epoch: 3, node: "node-01", factor: 4 }],
      }),
    });
    const back = ended(facts).filter(({ epoch }) => epoch === 3);
    expect(back.map(({ node, outcome, slivers }) => [node, outcome, slivers])).toEqual([
      [0, "transferred", 0],
      [0, "transferred", 0],
    ]);
  });

  it("is missing altogether when its new owner loses the disk half-way", () => {
    const { simulated } = start({
      cohorts: { sliverTime: "50ms" },
      committee: committee({ changes: [shrinks] }),
      faults: [{ kind: "disk-loss", nodes: { list: ["node-03"] }, at: "2.5d" }],
    });
    simulated.world.runUntil(hours(60));
    const state = stateOf(simulated);
    const own = state.owners.flatMap((owner, shard) => (owner === 2 ? [shard] : []));
    expect(own.length).toBeGreaterThan(1);
    for (const shard of own) expect(lackedOf(shard, 2, state)).toBeCloseTo(2 * BLOBS, 0);
  });

  it("is lost with all others while only one who lies about it has it", () => {
    // 21 of 31 shards: 10 are left, and 11 reconstruct a blob.
    const facts = run({
      horizon: "54h",
      committee: committee({ changes: [shrinks] }),
      faults: [
        {
          kind: "liars",
          nodes: {
            list: ["01", "02", "04", "05", "06", "07", "13"].map((number) => `node-${number}`),
          },
          behaviour: "withhold",
          from: "1d",
        },
      ],
    });
    expect(found(facts, "fault-started")[0]!.details.shards).toBe(21);
    expect(found(facts, "epoch-started")[0]!.details.movedShards).toBe(2);
    expect(found(facts, "health").at(-1)!.details).toMatchObject({ lost: BLOBS });
  });

  it("is on its way from the beginning of the epoch", () => {
    const facts = run({ committee: committee({ changes: [shrinks] }) });
    const [epoch] = found(facts, "epoch-started");
    expect(ended(facts).map(({ startedAt }) => startedAt)).toEqual([epoch!.time, epoch!.time]);
  });

  it("is waited for again by a node that was away for longer than a source may be silent", () => {
    const facts = run({
      cohorts: { sliverTime: "20ms" },
      committee: committee({ changes: [leaves] }),
      faults: [
        {
          kind: "flap",
          nodes: { list: ["node-02"] },
          at: "2.1d",
          lasts: "20h",
          down: "20h",
          up: "1h",
        },
      ],
    });
    expect(ended(facts)).toHaveLength(5);
    for (const { outcome } of ended(facts)) expect(outcome).toBe("transferred");
  });

  it("is not given by a leaver who is gone, though a fault that held it down is over", () => {
    const facts = run({
      cohorts: { sliverTime: "20ms" },
      committee: committee({ changes: [{ ...leaves, how: "offline" }] }),
      faults: [
        {
          kind: "flap",
          nodes: { list: ["node-01"] },
          at: "2.1d",
          lasts: "1h",
          down: "1h",
          up: "1h",
        },
      ],
    });
    expect(ended(facts)).toHaveLength(5);
    for (const { outcome } of ended(facts)) expect(outcome).toBe("recovered");
  });
});

function lackedOf(shard: number, node: number, state: CohortState, remedy?: GapRemedy): number {
  const lacked = (gap: Gap) =>
    gap.node === node && gap.shards.includes(shard) && (remedy ?? gap.remedy) === gap.remedy;
  let sum = 0;
  for (const gap of [...state.gaps.values()].filter(lacked)) {
    for (const axis of ["primary", "secondary"] as const) {
      const { from, to, idFrom, idTo } = lackingOf(gap, axis, state.at);
      sum += countIn(state.population, from, to) * (idTo - idFrom);
    }
  }
  return sum;
}

describe("a node, in the aggregated form", () => {
  it("is through with its recovery when the last shard it was for goes to another", () => {
    const facts = run({
      cohorts: { recoveryTime: "3000s" },
      committee: committee({
        changes: [{ kind: "stake", epoch: 2, node: "node-13", factor: 0.01 }],
      }),
      faults: [{ kind: "disk-loss", nodes: { list: ["node-13"] }, at: "1d" }],
    });
    const [epoch] = found(facts, "epoch-started");
    expect(found(facts, "node-recovery-finished").map(({ time }) => time)).toEqual([epoch!.time]);
  });

  it("does not get back what too few others have, be it the lesser part of what it lost", () => {
    // From the tenth day on 15 of 31 shards are not stored: 16 are, where a primary sliver takes 21.
    const nodes = { list: ["02", "04", "05", "06", "07"].map((number) => `node-${number}`) };
    const facts = run({
      horizon: "20d",
      workload: {
        ...base.workload!,
        preload: { blobs: 100_000, size: "1MiB" },
        writes: { rate: "1000/h", size: "1MiB" },
      },
      committee: committee({ epoch: "100d" }),
      faults: [
        { kind: "liars", nodes, behaviour: "sign-without-storing", from: "10d" },
        { kind: "disk-loss", nodes: { list: ["node-13"] }, at: "12d" },
      ],
    });
    expect(found(facts, "fault-started")[0]!.details.shards).toBe(15);
    expect(found(facts, "node-recovery-started")).toHaveLength(1);
    expect(found(facts, "node-recovery-finished")).toEqual([]);
    expect(backlogs(facts).at(-1)![1]).toBeGreaterThan(2000 * 24);
    expect(found(facts, "audit")[0]!.details.why).toBe("too few helpers");
  });

  it("is not said to want helpers if it has not noticed that its disk is empty", () => {
    const facts = run({ horizon: "1.5d", committee: committee(silent), faults: emptied });
    expect(found(facts, "audit")[0]!.details.why).toBe("nobody is at it");
  });

  it("catches up after it has lied for an hour, in whatever epoch, and goes over all blobs only after more", () => {
    const facts = run({
      horizon: "9d",
      committee: committee({}),
      workload: { ...base.workload!, writes: { rate: "1000/h", size: "1MiB" } },
      faults: [
        {
          kind: "liars",
          nodes: { list: ["node-02"] },
          behaviour: "sign-without-storing",
          from: "7d",
          lasts: "1h",
        },
      ],
    });
    expect(found(facts, "node-state").map(({ details }) => details.state)).toEqual([
      "catch-up",
      "active",
    ]);
    expect(found(facts, "node-recovery-started")).toEqual([]);
  });
});
