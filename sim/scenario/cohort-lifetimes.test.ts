import { describe, expect, it } from "vitest";
import type { CohortState } from "../cohorts/cohort-state.ts";
import type { Fact } from "../engine/actor.ts";
import { days, hours } from "../engine/sim-time.ts";
import type { World } from "../engine/world.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ScenarioInput } from "./scenario.ts";
import type { SimulatedWorld } from "./simulated-world.ts";

function start(fields: Partial<ScenarioInput>) {
  const simulated = buildWorld(smallScenario({ grain: "cohort", ...fields }), 0, {});
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

function stateOf({ world, nodes }: SimulatedWorld): CohortState {
  const parts = (world as unknown as World<never>).snapshot().parts;
  return (parts.get("world") as { states: CohortState[] }).states[nodes.length]!;
}

const committee: ScenarioInput["committee"] = {
  nodes: 13,
  shards: 31,
  places: { north: "60%", south: "40%" },
  providers: { big: "30%", small: "70%" },
  epoch: "2d",
};
const fields: Partial<ScenarioInput> = {
  horizon: "30d",
  committee,
  workload: {
    clients: { north: "100%" },
    preload: { blobs: 100_000, size: "20KiB", lifetime: 1 },
    writes: { rate: "1000/h", size: "20KiB", lifetime: 2 },
    reads: [],
  },
};

describe("blobs that are paid for a while, in the aggregated form", () => {
  it("expire when an epoch begins, so that a population becomes steady", () => {
    const facts = run({ ...fields, metrics: { healthEvery: "1h" } });
    const starts = found(facts, "epoch-started");
    expect(starts.length).toBeGreaterThan(12);
    const expired = found(facts, "blobs-expired").map(({ details }) => details);
    expect(expired[0]).toMatchObject({ epoch: 2, blobs: 100_000, bytes: 100_000 * 20 * 1024 });
    // What was certified in an epoch expires with the second after it.
    const certified = (index: number) =>
      (1000 * ((starts[index]?.time ?? 0) - (starts[index - 1]?.time ?? 0))) / hours(1);
    expired.slice(1).forEach(({ blobs }, index) => {
      expect(blobs).toBe(Math.round(certified(index)));
    });
    for (const { time, details } of found(facts, "health")) {
      if (time < starts[2]!.time) continue;
      // The blobs of one epoch at least, and of two at most.
      expect(details.blobs).toBeGreaterThan(47_000);
      expect(details.blobs).toBeLessThan(99_000);
    }
  });

  it("stay for longer if they are paid for again", () => {
    const { workload } = fields;
    const writes = { rate: "1000/h", size: "20KiB", lifetime: 2 } as const;
    const extended = { share: "25%", after: "1h", epochs: 100 } as const;
    const facts = run({ ...fields, workload: { ...workload, writes: { ...writes, extended } } });
    const all = (known: readonly Fact[]) =>
      found(known, "blobs-expired")
        .slice(1)
        .reduce((sum, { details }) => sum + (details.blobs as number), 0);
    expect(all(facts) / all(run(fields))).toBeCloseTo(0.75, 4);
  });

  it("are missing nowhere once they have expired, and nobody is held up by them", () => {
    // Two thirds of the disks are lost, and 21 of 31 shards are too many to get anything back.
    const facts = run({
      ...fields,
      faults: [{ kind: "disk-loss", nodes: { count: 9, by: "random" }, at: "1d" }],
      workload: { ...fields.workload, writes: [] },
    });
    const [expired] = found(facts, "blobs-expired");
    const ended = found(facts, "node-recovery-finished");
    expect(ended).toHaveLength(9);
    for (const { time } of ended) expect(time).toBe(expired!.time);
    expect(found(facts, "audit")[0]?.details).toMatchObject({ blobs: 0, why: "whole" });
    expect(found(facts, "epoch-synced").length).toBeGreaterThan(10);
  });

  it("leave nothing behind: what is known of the nodes does not grow with the years", () => {
    const troubled: Partial<ScenarioInput> = {
      ...fields,
      horizon: "400d",
      committee: { ...committee, stakeMoved: "5%", recovery: { noticeDiskLoss: false } },
      faults: [
        { kind: "crash-recover", timeToFailure: "10d", timeToRepair: "8h" },
        { kind: "disk-loss", timeToFailure: "60d" },
      ],
    };
    const { simulated } = start(troubled);
    const sizes = [100, 200, 300, 400].map((day) => {
      simulated.world.runUntil(days(day));
      const { gaps, population } = stateOf(simulated);
      return { gaps: gaps.size, cohorts: population.cohorts.length };
    });
    for (const { gaps, cohorts } of sizes) {
      // A cohort for each of the epochs that are paid for, two hundred if none expired; a gap or two a node.
      expect(gaps).toBeLessThan(26);
      expect(cohorts).toBeLessThan(5);
    }
  });

  it("cannot be deleted one by one", () => {
    const writes = { rate: "1/h", size: "1KiB", deleted: { share: "50%", after: "1d" } } as const;
    expect(() => start({ workload: { ...fields.workload, writes } })).toThrow(
      'workload.writes[0].deleted: expected none in grain "cohort", found some',
    );
  });
});
