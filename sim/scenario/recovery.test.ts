import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { milliseconds, seconds } from "../engine/sim-time.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ResolvedScenario, ScenarioInput } from "./scenario.ts";

/** Disks lost at 20 s, lies, churn, and work that takes its time: recovery goes on for most of it. */
const fields: Partial<ScenarioInput> = {
  horizon: "90s",
  committee: {
    nodes: 13,
    shards: 31,
    places: { north: "60%", south: "40%" },
    serviceTime: "100ms",
    cores: 2,
    recovery: { deferral: { small: "2s", medium: "2s", large: "5s" } },
  },
  faults: [
    { kind: "disk-loss", nodes: { share: "20%", by: "random" }, at: "20s" },
    { kind: "liars", nodes: { count: 1, by: "random" }, behaviour: "wrong-bytes" },
    { kind: "liars", nodes: { count: 1, by: "random" }, behaviour: "withhold" },
    { kind: "crash-recover", timeToFailure: "5min", timeToRepair: "10s" },
  ],
};

function run(scenario: ResolvedScenario) {
  const simulated = buildWorld(scenario, 0, {});
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  simulated.run();
  const { eventDigest, factDigest } = simulated.world;
  return { facts, eventDigest, factDigest };
}

const timesOf = (facts: readonly Fact[], kind: string) =>
  facts.filter(({ fact }) => fact === kind).map(({ time }) => time);

describe("recovery in a scenario", () => {
  const scenario = smallScenario(fields);
  const whole = run(scenario);

  it("goes on bit-identically from a fork at any instant of it", () => {
    const started = timesOf(whole.facts, "recovery-started").filter((at) => at < seconds(89));
    expect(started.length).toBeGreaterThan(30);
    fc.assert(
      fc.property(
        // Right after something began to be recovered, when most is under way.
        fc.constantFrom(...started),
        fc.integer({ min: 0, max: milliseconds(500) }),
        (start, later) => {
          const first = buildWorld(scenario, 0, {});
          first.world.runUntil(start + later);
          const fork = first.fork();
          fork.run();
          expect(fork.world.eventDigest).toBe(whole.eventDigest);
          expect(fork.world.factDigest).toBe(whole.factDigest);
          first.run();
          expect(first.world.eventDigest).toBe(whole.eventDigest);
        },
      ),
      { numRuns: 8 },
    );
  });

  it("says the same with real symbols, proofs and slivers, lies included", () => {
    const bytes = run(smallScenario({ ...fields, payload: "bytes" }));
    expect(bytes.factDigest).toBe(whole.factDigest);
    const finished = whole.facts.filter(({ fact }) => fact === "recovery-finished");
    expect(finished.length).toBeGreaterThan(20);
    expect(finished.some(({ details }) => (details.wrongSymbols as number) > 0)).toBe(true);
  });

  it.each([
    { scheme: "reed-solomon", dataShards: 5, totalShards: 12 },
    { scheme: "replication", copies: 3 },
  ] as const)("says the same with real slivers of $scheme", (encoding) => {
    const [counted, bytes] = (["counted", "bytes"] as const).map((payload) =>
      run(smallScenario({ ...fields, encoding, payload })),
    );
    expect(bytes?.factDigest).toBe(counted?.factDigest);
    expect(timesOf(counted?.facts ?? [], "recovery-finished").length).toBeGreaterThan(5);
  });

  it("shows that the lost disks mattered, though clients may not have met them", () => {
    const scans = whole.facts.filter(({ fact }) => fact === "node-recovery-started");
    const bites = whole.facts.filter(
      ({ fact, details }) => fact === "fault-bit" && details.fault === 0,
    );
    expect(scans.length).toBeGreaterThan(0);
    expect(bites.map(({ actor }) => actor).sort()).toEqual(scans.map(({ actor }) => actor).sort());
  });

  it("can be turned off: what was lost stays so", () => {
    const off = run(
      smallScenario({
        ...fields,
        committee: { ...fields.committee, recovery: { enabled: false } },
      }),
    );
    expect(timesOf(off.facts, "recovery-started")).toEqual([]);
    const [audit] = off.facts.filter(({ fact }) => fact === "audit");
    expect(audit?.details.incomplete).toBeGreaterThanOrEqual(20); // All that came with the world.
  });

  it("keeps no run from ending: only the clients' operations do", () => {
    const last = whole.facts.at(-1);
    expect(last?.time).toBeLessThan(seconds(90 + 600));
  });
});
