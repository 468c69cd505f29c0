import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
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

describe("a challenge where committees change", () => {
  /** The facts of challenges every 40 s, the change of committee coming after a minute. */
  function overAChange(challenges: NonNullable<ScenarioInput["challenges"]>) {
    const simulated = buildWorld(
      smallScenario({
        horizon: "100s",
        committee: {
          nodes: 13,
          shards: 31,
          places: { north: "100%" },
          epoch: "5min",
          epochAge: "4min",
          epochCalls: { jitter: "1s" },
          changes: [
            { epoch: 2, kind: "leaves", node: "node-01" },
            { epoch: 2, kind: "joins", node: "late", stake: "10%" },
          ],
        },
        workload: { clients: { north: "100%" }, preload: { blobs: 6, size: "20KiB" } },
        challenges,
      }),
      0,
      {},
    );
    const facts: Fact[] = [];
    simulated.world.observeFacts((fact) => facts.push(fact));
    simulated.run();
    const found = (kind: string) =>
      facts.filter(({ fact }) => fact === kind).map(({ details }) => details);
    const late = simulated.nodes.length - 1;
    return { found, late };
  }

  it("is of the nodes that have shards: nobody else fails it", () => {
    const { found, late } = overAChange({
      policy: "light",
      period: "40s",
      blobs: 2,
      deadline: "3s",
    });
    expect(found("challenge-started").map(({ nodes }) => nodes)).toEqual([13, 13]);
    const finished = found("challenge-finished");
    const nodesOf = (which: number) =>
      finished.filter(({ challenge }) => challenge === which).map(({ node }) => node);
    expect(nodesOf(0)).toContain(0);
    expect(nodesOf(0)).not.toContain(late);
    expect(nodesOf(1)).toContain(late);
    expect(nodesOf(1)).not.toContain(0);
  });

  it("goes by the shards of the epoch that it began in", () => {
    const { found } = overAChange({
      policy: "light",
      period: "58s",
      blobs: 2,
      hush: "0s",
      deadline: "10s",
    });
    expect(found("epoch-started")).toHaveLength(1);
    // All that had shards when it began have passed, though one of them has none when it ends.
    expect(found("challenge-closed")[0]).toMatchObject({ passedWeight: 31 });
  });
});
