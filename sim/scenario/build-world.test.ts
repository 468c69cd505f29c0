import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { seconds } from "../engine/sim-time.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { troubles } from "../testing/troubles.ts";
import { buildWorld } from "./build-world.ts";
import type { ResolvedScenario } from "./scenario.ts";

function outcomeOf(scenario: ResolvedScenario) {
  const simulated = buildWorld(scenario, 0, {});
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  simulated.run();
  return { facts, digest: simulated.world.factDigest, events: simulated.world.eventDigest };
}

const outcomes = (facts: readonly Fact[], kind: string) =>
  facts.filter(({ fact }) => fact === kind).map(({ details }) => details.outcome);

describe("a world built from a scenario", () => {
  it("runs the same twice, and is not disturbed by being watched", () => {
    const scenario = smallScenario(troubles.churn);
    const watched = outcomeOf(scenario);
    const alone = buildWorld(scenario, 0, {});
    alone.run();
    expect(alone.world.eventDigest).toBe(watched.events);
    expect(alone.world.factDigest).toBe(watched.digest);
    expect(watched.facts.length).toBeGreaterThan(100);
  });

  it("has other luck in each replication", () => {
    const scenario = smallScenario();
    const digests = [0, 1].map((replication) => {
      const simulated = buildWorld(scenario, replication, {});
      simulated.run();
      return simulated.world.factDigest;
    });
    expect(digests[0]).not.toBe(digests[1]);
  });

  it("goes on bit-identically from a fork at any instant, troubles and all", () => {
    for (const fields of Object.values(troubles)) {
      const scenario = smallScenario({ ...fields, horizon: "90s" });
      const whole = outcomeOf(scenario);
      fc.assert(
        fc.property(fc.integer({ min: 0, max: seconds(90) }), (instant) => {
          const first = buildWorld(scenario, 0, {});
          first.world.runUntil(instant);
          const fork = first.fork();
          fork.run();
          expect(fork.world.eventDigest).toBe(whole.events);
          expect(fork.world.factDigest).toBe(whole.digest);
          first.run();
          expect(first.world.eventDigest).toBe(whole.events);
        }),
        { numRuns: 4 },
      );
    }
  });

  it("has another future from a fork with a salt, and the same one from the same salt", () => {
    const simulated = buildWorld(smallScenario(troubles.churn), 0, {});
    simulated.world.runUntil(seconds(30));
    const futures = ["a", "a", "b"].map((salt) => {
      const fork = simulated.fork(salt);
      fork.run();
      return fork.world.factDigest;
    });
    expect(futures[0]).toBe(futures[1]);
    expect(futures[0]).not.toBe(futures[2]);
  });
});

describe("real bytes and counted ones", () => {
  it.each(Object.entries(troubles))("say the same of %s", (_, fields) => {
    const counted = outcomeOf(smallScenario(fields));
    const bytes = outcomeOf(smallScenario({ ...fields, payload: "bytes" }));
    expect(outcomes(bytes.facts, "read-finished")).toEqual(
      outcomes(counted.facts, "read-finished"),
    );
    expect(bytes.digest).toBe(counted.digest);
    expect(outcomes(counted.facts, "read-finished").length).toBeGreaterThan(50);
  });

  it.each([
    { scheme: "reed-solomon", dataShards: 5, totalShards: 12 },
    { scheme: "replication", copies: 3 },
  ] as const)("say the same of $scheme", (encoding) => {
    const counted = outcomeOf(smallScenario({ ...troubles["lost disks"], encoding }));
    const bytes = outcomeOf(
      smallScenario({ ...troubles["lost disks"], encoding, payload: "bytes" }),
    );
    expect(bytes.digest).toBe(counted.digest);
  });

  it("are compared within a run, for a sample of the reads", () => {
    const counted = outcomeOf(smallScenario(troubles.liars));
    const sampled = outcomeOf(smallScenario({ ...troubles.liars, verifyReads: "50%" }));
    expect(sampled.digest).toBe(counted.digest);
  });
});

describe("the coarse and the fine grain", () => {
  it.each(Object.entries(troubles))("count alike under %s", (_, fields) => {
    const tally = (grain: "node" | "sliver") => {
      const { facts } = outcomeOf(smallScenario({ ...fields, grain }));
      return ["read-finished", "write-finished"].map((kind) => {
        const all = outcomes(facts, kind);
        return { operations: all.length, ok: all.filter((outcome) => outcome === "ok").length };
      });
    };
    expect(tally("sliver")).toEqual(tally("node"));
  });
});
