import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { seconds } from "../engine/sim-time.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { troubles } from "../testing/troubles.ts";
import { buildWorld } from "./build-world.ts";
import type { ScenarioInput } from "./scenario.ts";

// 31 shards: f = 10, a blob takes n - 2f = 11 primary slivers, and a whole one has a margin of 20.
const MARGIN_MAX = 20;

function factsOf(fields: Partial<ScenarioInput>): Fact[] {
  const simulated = buildWorld(smallScenario(fields), 0, {});
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  simulated.run();
  return facts;
}

const named = (facts: readonly Fact[], name: string) => facts.filter(({ fact }) => fact === name);
const numbers = ({ details }: Fact) => details as Record<string, number>;
const isOfHealth = ({ fact }: Fact) => fact === "health" || fact === "unavailable-span";

describe("looking at the health of blobs and shards", () => {
  it.each(Object.entries(troubles))("changes nothing else: %s", (_, fields) => {
    const unseen = factsOf(fields);
    const seen = factsOf({ ...fields, metrics: { healthEvery: "1s" } });
    expect(named(seen, "health")).toHaveLength(121);
    expect(seen.filter((fact) => !isOfHealth(fact))).toEqual(unseen);
  });

  it.each(Object.entries(troubles))("accounts for every blob and shard: %s", (_, fields) => {
    for (const fact of named(factsOf({ ...fields, metrics: { healthEvery: "10s" } }), "health")) {
      const health = numbers(fact);
      const byMargin = Array.from(
        { length: 10 },
        (_, decile) => health[`m${decile}`] ?? Number.NaN,
      );
      const readable = byMargin.reduce((sum, blobs) => sum + blobs, 0);
      expect(readable + health.unavailable!).toBe(health.blobs);
      expect(health.blobs).toBeGreaterThanOrEqual(20);
      const states = ["Active", "Syncing", "Recovering", "Down", "Lying"];
      expect(states.reduce((sum, state) => sum + health[`shards${state}`]!, 0)).toBe(31);
      expect(health.unavailable! > 0).toBe(health.marginMin! < 0);
      expect(health.incomplete! > 0).toBe(health.backlogSlivers! > 0);
      expect(health.lost).toBeLessThanOrEqual(health.unavailable!);
    }
  });

  it("agrees with the audit at the horizon", () => {
    const facts = factsOf({ ...troubles["lost disks"], metrics: { healthEvery: "1s" } });
    const [audit, last] = [named(facts, "audit")[0]!, named(facts, "health").at(-1)!];
    expect(last.time).toBe(audit.time);
    expect(last.details).toMatchObject(audit.details);
  });

  it("finds the margin of all that is whole: 2f, less what is on nodes that are down", () => {
    const facts = factsOf({
      faults: [{ kind: "crash", nodes: { share: "20%", by: "worst" }, at: "60s" }],
      metrics: { healthEvery: "20s" },
      workload: { preload: { blobs: 20, size: "20KiB" } },
    });
    const samples = named(facts, "health").map(numbers);
    expect(samples.map(({ marginMin }) => marginMin! + samples[0]!.shardsDown!)[0]).toBe(
      MARGIN_MAX,
    );
    for (const { marginMin, shardsDown, m9 } of samples) {
      expect(marginMin).toBe(MARGIN_MAX - shardsDown!);
      expect(m9).toBe(marginMin! >= 0.9 * MARGIN_MAX ? 20 : 0);
    }
    expect(samples.at(-1)!.shardsDown).toBeGreaterThan(0);
  });

  it("tells for how long blobs could not be read, to the sample", () => {
    // All but a few nodes are away from 30 s to 70 s: seen at 30 s or 40 s, over by 80 s.
    const facts = factsOf({
      faults: [{ kind: "region-outage", region: "north", at: "25s", lasts: "40s" }],
      committee: { nodes: 13, shards: 31, places: { north: "90%", south: "10%" } },
      metrics: { healthEvery: "10s" },
      workload: { preload: { blobs: 20, size: "20KiB" } },
    });
    const spans = named(facts, "unavailable-span");
    expect(spans.map(({ details }) => details)).toEqual([
      { from: seconds(30), to: seconds(70), blobSeconds: 20 * 40, blobsMax: 20 },
    ]);
  });

  it("ends what lasts at the horizon there", () => {
    const facts = factsOf({
      faults: [{ kind: "crash", nodes: { share: "90%", by: "worst" }, at: "95s" }],
      metrics: { healthEvery: "10s" },
      workload: { preload: { blobs: 20, size: "20KiB" } },
    });
    const [span] = named(facts, "unavailable-span");
    expect(span!.details).toMatchObject({ from: seconds(100), to: seconds(120), blobsMax: 20 });
  });

  it("goes on alike in a fork", () => {
    const fields = { ...troubles.churn, metrics: { healthEvery: "7s" } } as const;
    const whole = buildWorld(smallScenario(fields), 0, {});
    const first = buildWorld(smallScenario(fields), 0, {});
    first.world.runUntil(seconds(50));
    const fork = first.fork();
    whole.run();
    fork.run();
    expect(fork.world.factDigest).toBe(whole.world.factDigest);
  });
});
