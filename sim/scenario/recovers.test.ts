import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { minutes } from "../engine/sim-time.ts";
import { listFaults } from "../faults/add-faults.ts";
import { MetricsCollector } from "../metrics/collector.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ResolvedScenario, ScenarioInput } from "./scenario.ts";

/** So f = 3: a primary sliver takes symbols of 7 shards, a secondary one of 4. */
const shape = { nodes: 10, shards: 10, places: { north: "100%" } } as const;

const ten = (fields: Partial<ScenarioInput>) =>
  smallScenario({
    horizon: "20min",
    committee: {
      ...shape,
      providers: { big: "30%", small: "70%" },
      recovery: { deferral: { small: "2s", medium: "2s", large: "5s" } },
    },
    workload: {
      clients: { north: "100%" },
      preload: { blobs: 30, size: "20KiB" },
      writes: { rate: "2/min", size: "20KiB" },
    },
    recovers: { within: "10min" },
    ...fields,
  });

/** The same shape for days. */
const cohorts = (fields: Partial<ScenarioInput>) =>
  ten({
    grain: "cohort",
    horizon: "10d",
    committee: { ...shape, providers: { big: "30%", small: "70%" }, epochAge: "1d" },
    workload: { clients: { north: "100%" }, preload: { blobs: 1000, size: "20KiB" } },
    cohorts: { recoveryTime: "1s" },
    recovers: { within: "1d" },
    ...fields,
  });

function run(scenario: ResolvedScenario) {
  const simulated = buildWorld(scenario, 0, {});
  const { world, nodes } = simulated;
  const { warmUp, horizon } = scenario;
  const faults = listFaults(scenario.faults);
  const collector = new MetricsCollector({ warmUp, horizon, nodes, faults });
  const facts: Fact[] = [];
  world.observeFacts((fact) => {
    facts.push(fact);
    collector.observe(fact);
  });
  simulated.run();
  const { convergence } = collector.finish(world.engine.now, simulated.traffic());
  return { simulated, facts, convergence, digest: world.factDigest };
}

type At = `${number}${"min" | "d"}`;

const lostDisks = (count: number, at: At) => {
  const list = ["node-08", "node-09"].slice(0, count);
  return { kind: "disk-loss" as const, nodes: { list }, at };
};

describe.each([
  { grain: "messages", world: ten, at: "5min", within: minutes(10) },
  { grain: "cohorts", world: cohorts, at: "2d", within: minutes(24 * 60) },
] as const)("a scenario that claims to recover, by $grain", ({ world, at, within }) => {
  it("promises it among its guarantees", () => {
    const text = world === ten ? "10min" : "1d";
    expect(world({}).guarantees).toEqual([`recovery.convergence: max <= ${text}`]);
  });

  it("is whole again some time after the last fault", () => {
    const { convergence } = run(world({ faults: [lostDisks(2, at)] }));
    expect(convergence).toMatchObject({ isWhole: true, unrecovered: [] });
    expect(convergence?.tookMicroseconds).toBeGreaterThan(0);
    expect(convergence?.tookMicroseconds).toBeLessThanOrEqual(within);
  });

  it("has what passes end at the horizon, and goes on until all is whole", () => {
    const lasting = { kind: "provider-outage", provider: "big", at, lasts: "1000d" } as const;
    const { convergence, facts } = run(world({ faults: [lasting] }));
    const horizon = facts.find(({ fact }) => fact === "audit")?.time as number;
    expect(convergence).toMatchObject({ calmSince: horizon, isWhole: true });
    expect(facts.filter(({ fact }) => fact === "node-up").length).toBeGreaterThan(0);
  });

  // Four of ten are gone, more than a third: five are left to help the one that lost its disk.
  it("says that primary slivers want helpers once more than a third is gone", () => {
    const dead = { list: ["node-01", "node-02", "node-03", "node-04"] };
    const faults = [{ kind: "crash" as const, nodes: dead, at }, lostDisks(1, at)];
    const { convergence } = run(world({ faults }));
    expect(convergence?.isWhole).toBe(false);
    expect(convergence?.tookMicroseconds).toBeGreaterThan(within);
    expect(convergence?.unrecovered).toMatchObject([
      {
        why: "too-few-helpers",
        axis: "primary",
        nodes: 1,
        needed: 7,
        shardsDown: 4,
        shardsLying: 0,
      },
    ]);
    expect(convergence?.unrecovered[0]?.helpers).toBeLessThan(7);
  });

  it("says that nobody is at it where nobody recovers", () => {
    const committee = { ...shape, recovery: { enabled: false } };
    const { convergence } = run(world({ faults: [lostDisks(1, at)], committee }));
    expect(convergence?.unrecovered).toMatchObject([{ why: "nobody-at-it", axis: "" }]);
  });

  it("goes on alike from a fork, in calm and in what comes after the horizon", () => {
    const scenario = world({
      faults: [
        lostDisks(1, at),
        {
          kind: "crash-recover",
          timeToFailure: within === minutes(10) ? "10min" : "2d",
          timeToRepair: "5min",
        },
      ],
    });
    const whole = run(scenario);
    expect(whole.convergence?.calmSince).toBe(scenario.horizon);
    const first = buildWorld(scenario, 0, {});
    first.world.runUntil(scenario.horizon - 1);
    const fork = first.fork();
    fork.run();
    expect(fork.world.factDigest).toBe(whole.digest);
  });
});

describe("the war of a regime", () => {
  it("ends at the horizon too, and no other comes", () => {
    const war: NonNullable<ScenarioInput["faults"]>[number] = {
      kind: "regime",
      calm: "7min",
      war: "6min",
      faults: [
        { kind: "flap", nodes: { count: 3 }, at: "0s", lasts: "1d", up: "10s", down: "30s" },
      ],
    };
    const { convergence, facts } = run(ten({ faults: [war] }));
    expect(convergence).toMatchObject({ calmSince: minutes(20), isWhole: true });
    const after = facts.filter(({ fact, time }) => fact === "regime" && time > minutes(20));
    expect(after).toEqual([]);
  });
});
