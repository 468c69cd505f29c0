import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { days } from "../engine/sim-time.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import { resolveScenario } from "./resolve.ts";
import type { ResolvedScenario, ScenarioInput } from "./scenario.ts";

/** A troubled quarter: churn, lost disks, slow nodes, liars, and a provider away for a day. */
const quarter = (fields: Partial<ScenarioInput> = {}): ResolvedScenario =>
  smallScenario({
    grain: "cohort",
    horizon: "90d",
    cohorts: { sampledWrites: "1%", recoveryTime: "1s" },
    workload: {
      clients: { north: "50%", south: "50%" },
      preload: { blobs: 100_000, size: { kind: "log-normal", median: "1MiB", sigma: 1.4 } },
      writes: { rate: "100/h", size: { kind: "log-normal", median: "1MiB", sigma: 1.4 } },
      reads: { rate: "1/h" },
    },
    faults: [
      { kind: "crash-recover", timeToFailure: "10d", timeToRepair: "8h" },
      { kind: "disk-loss", timeToFailure: "200d" },
      { kind: "provider-outage", provider: "big", at: "30d", lasts: "1d" },
      { kind: "slow", nodes: { share: "30%" }, at: "40d", lasts: "2d", factor: 20 },
      { kind: "slow", nodes: { share: "30%" }, at: "45d", lasts: "2d", factor: 4, what: "network" },
      { kind: "liars", nodes: { share: "20%" }, behaviour: "sign-without-storing", from: "50d" },
    ],
    ...fields,
  });

function outcomeOf(scenario: ResolvedScenario) {
  const simulated = buildWorld(scenario, 0, {});
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  simulated.run();
  return { simulated, facts };
}

describe("an aggregated world", () => {
  it("runs the same twice, watched or not, and goes on bit-identically from forks at any instant", () => {
    const { simulated, facts } = outcomeOf(quarter());
    expect(facts.length).toBeGreaterThan(2000);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: days(90) }), (instant) => {
        const first = buildWorld(quarter(), 0, {});
        first.world.runUntil(instant);
        const fork = first.fork();
        fork.run();
        first.run();
        for (const { world } of [fork, first]) {
          expect(world.eventDigest).toBe(simulated.world.eventDigest);
          expect(world.factDigest).toBe(simulated.world.factDigest);
        }
      }),
      { numRuns: 6 },
    );
  });

  it("has fresh luck from a fork with a salt on", () => {
    const first = buildWorld(quarter(), 0, {});
    first.world.runUntil(days(20));
    const [same, other] = [first.fork(), first.fork("other")];
    same.run();
    other.run();
    expect(other.world.factDigest).not.toBe(same.world.factDigest);
  });

  it("sends every byte that is received", () => {
    const { reads: _, ...workload } = quarter().workload;
    const { simulated } = outcomeOf({
      ...quarter(),
      workload: { ...workload, reads: [] },
      cohorts: { ...quarter().cohorts, sampledWrites: 0 }, // Those come from clients.
    });
    const traffic = simulated.traffic();
    const sent = traffic.reduce((sum, { sentBytes }) => sum + sentBytes, 0);
    const received = traffic.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0);
    expect(received).toBeGreaterThan(1e9);
    expect(sent / received).toBeCloseTo(1, 9);
  });

  it("refuses at the door what populations cannot tell", () => {
    const result = resolveScenario({
      name: "refused",
      question: "What does it not do?",
      grain: "cohort",
      payload: "bytes",
      workload: {
        preload: { blobs: 1 },
        reads: { rate: "1/h", range: { bytes: "1MiB" } },
        surges: [{ at: "1s", lasts: "1s", factor: 2 }],
      },
      faults: [{ kind: "partition", from: { count: 1 }, at: "1s", lasts: "1s" }],
    });
    expect(result).toMatchObject({
      ok: false,
      mistakes: [
        'payload: expected "counted" in grain "cohort", found "bytes"',
        'workload.reads[0].range: expected whole blobs in grain "cohort", found byte ranges',
        'workload.surges: expected none in grain "cohort", found some',
        'faults[0].kind: expected a fault of nodes in grain "cohort", found "partition"',
      ],
    });
  });
});
