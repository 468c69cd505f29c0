import { describe, expect, it } from "vitest";
import { seconds } from "../engine/sim-time.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ResolvedScenario, ScenarioInput } from "./scenario.ts";

// Blobs that are all challenged, cheats that keep half of them, and a forger of symbols.
const challenged: Partial<ScenarioInput> = {
  horizon: "90s",
  workload: {
    clients: { north: "100%" },
    preload: { blobs: 6, size: "20KiB" },
    reads: { rate: "1/s" },
    writes: { rate: "0.1/s", size: "20KiB" },
  },
  faults: [
    { kind: "keep-share", nodes: { count: 2, by: "random" }, keeps: "50%" },
    { kind: "liars", nodes: { count: 1, by: "random" }, behaviour: "wrong-bytes" },
    { kind: "crash", nodes: { count: 1, by: "random" }, at: "50s" },
  ],
};

const policies: readonly NonNullable<ScenarioInput["challenges"]>[] = [
  { policy: "light", period: "20s", blobs: 2, deadline: "3s", late: { share: "10%", delay: "1s" } },
  { policy: "full", period: "30s", grace: "2s", deadline: "20s" },
];

function run(scenario: ResolvedScenario, forkAt?: number) {
  const facts = new Map<string, number>();
  let simulated = buildWorld(scenario, 0, {});
  if (forkAt !== undefined) {
    simulated.world.runUntil(forkAt);
    simulated = simulated.fork();
  }
  simulated.world.observeFacts(({ fact, details }) => {
    const name = fact === "challenge-finished" ? `${fact} ${details.passed}` : fact;
    facts.set(name, (facts.get(name) ?? 0) + 1);
  });
  simulated.run();
  return { digest: simulated.world.factDigest, facts };
}

describe.each(policies)("challenges of the policy $policy", (challenges) => {
  const counted = run(smallScenario({ ...challenged, challenges }));

  it("come to the same with real symbols as with counted ones", () => {
    const bytes = run(smallScenario({ ...challenged, challenges, payload: "bytes" }));
    expect(bytes.digest).toBe(counted.digest);
    expect(counted.facts.get("challenge-finished 0")).toBeGreaterThan(1);
    expect(counted.facts.get("challenge-finished 1")).toBeGreaterThan(10);
  });

  it("go on bit-identically from a fork in their midst", () => {
    const scenario = smallScenario({ ...challenged, challenges });
    for (const at of [21, 30.3, 31]) {
      expect(run(scenario, seconds(at)).digest).toBe(counted.digest);
    }
  });
});
