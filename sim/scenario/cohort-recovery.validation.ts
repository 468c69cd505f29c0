import { describe, expect, it } from "vitest";
import { kOfNShortfall } from "../../analysis/exact/availability.ts";
import type { Fact } from "../engine/actor.ts";
import { hours } from "../engine/sim-time.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ScenarioInput } from "./scenario.ts";

function factsOf(fields: Partial<ScenarioInput>, replication = 0) {
  const simulated = buildWorld(smallScenario(fields), replication, {});
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  simulated.run();
  return { facts, traffic: simulated.traffic(), simulated };
}

const factsNamed = (facts: readonly Fact[], name: string) =>
  facts.filter(({ fact }) => fact === name);

// Ten nodes of one shard each, so that f = 3: a primary sliver takes 7 symbols, a secondary one 4.
const tenNodes = { nodes: 10, shards: 10, places: { north: "100%" } } as const;

describe("a disk that is lost, message by message and aggregated", () => {
  const lost = (grain: "node" | "cohort") =>
    factsOf({
      grain,
      horizon: "10min",
      committee: tenNodes,
      cohorts: { recoveryTime: "0s" },
      workload: {
        clients: { north: "100%" },
        preload: { blobs: 400, size: "1MiB" },
      },
      faults: [{ kind: "disk-loss", nodes: { count: 1, by: "worst" }, at: "1s" }],
    });
  const [single, cohort] = [lost("node"), lost("cohort")];

  it("moves the same bytes: 11 symbols with their proofs for each blob, and its metadata", () => {
    const received = (traffic: typeof single.traffic) =>
      Math.max(...traffic.map(({ receivedBytes }) => receivedBytes));
    // Requests, and what the node sends them in, are not counted in cohorts: framing of 100 bytes a message,
    // at most 12 a blob, beside some 420,000.
    const ratio = received(cohort.traffic) / received(single.traffic);
    expect(ratio).toBeGreaterThan(0.99);
    expect(ratio).toBeLessThanOrEqual(1);
  });

  it("shows in the traffic of recovery", () => {
    const bytes = (name: string, detail: string, facts: readonly Fact[]) =>
      factsNamed(facts, name).reduce((sum, { details }) => sum + Number(details[detail]), 0);
    const told = bytes("recovery-progress", "bytes", cohort.facts);
    const ratio = told / bytes("recovery-finished", "bytesReceived", single.facts);
    // Symbols with their proofs and metadata are counted in both, requests in none.
    expect(ratio).toBeGreaterThan(0.99);
    expect(ratio).toBeLessThan(1.01);
  });

  it("takes as long, within a third", () => {
    const duration = (facts: readonly Fact[]) =>
      Number(factsNamed(facts, "node-recovery-finished")[0]?.details.durationMicroseconds);
    // Both are bound by the same link; message by message queues form beside.
    const ratio = duration(cohort.facts) / duration(single.facts);
    expect(ratio).toBeGreaterThan(0.67);
    expect(ratio).toBeLessThan(1.5);
  });

  it("leaves nothing incomplete", () => {
    for (const { facts } of [single, cohort]) {
      expect(factsNamed(facts, "audit")[0]?.details).toMatchObject({ incomplete: 0, lost: 0 });
    }
  });
});

describe("reads under independent outages", () => {
  // 100 nodes of ten shards, each down with a chance near two thirds: reads need 34 of them up.
  it.each([0.6, 0.65, 0.7])("succeed as the binomial says at p = %s", (down) => {
    const repair = 3600 * down;
    const failure = 3600 * (1 - down);
    let [hits, all] = [0, 0];
    const blocks: number[] = [];
    for (let replication = 0; replication < 8; replication++) {
      const { facts } = factsOf(
        {
          grain: "cohort",
          horizon: "20h",
          committee: { nodes: 100, shards: 1000, places: { north: "100%" } },
          workload: {
            clients: { north: "100%" },
            preload: { blobs: 1000, size: "1KiB" },
            reads: { rate: "20/h" },
          },
          faults: [
            {
              kind: "crash-recover",
              timeToFailure: `${failure}s`,
              timeToRepair: `${repair}s`,
            },
          ],
        },
        replication,
      );
      const reads = factsNamed(facts, "read-finished");
      const ok = reads.filter(({ details }) => details.outcome === "ok").length;
      blocks.push(ok / reads.length);
      hits += ok;
      all += reads.length;
    }
    // Reads of one replication share outages: the error is that of the means of 8 replications, and five of
    // them for its own error.
    const mean = blocks.reduce((sum, share) => sum + share, 0) / blocks.length;
    const variance = blocks.reduce((sum, share) => sum + (share - mean) ** 2, 0) / 7;
    const error = Math.sqrt(variance / 8);
    expect(all).toBeGreaterThan(1000);
    expect(Math.abs(hits / all - (1 - kOfNShortfall(100, 34, down)))).toBeLessThan(
      5 * error + 1e-3,
    );
  });
});

describe("the same outages, message by message and aggregated", () => {
  it("let as many reads succeed", () => {
    const world = (grain: "node" | "cohort") => {
      const { facts } = factsOf({
        grain,
        horizon: "4h",
        committee: { ...tenNodes, recovery: { enabled: false } },
        workload: {
          clients: { north: "100%" },
          preload: { blobs: 200, size: "100KiB" },
          reads: { rate: "300/h" },
        },
        faults: [{ kind: "crash-recover", timeToFailure: "10min", timeToRepair: "20min" }],
      });
      const reads = factsNamed(facts, "read-finished");
      return reads.filter(({ details }) => details.outcome === "ok").length / reads.length;
    };
    // The same luck of faults and arrivals: only reads that an outage meets under way may differ.
    expect(Math.abs(world("node") - world("cohort"))).toBeLessThan(0.05);
  });
});

describe("a year-long horizon", () => {
  it("keeps the account of time: spans of unavailability are what the binomial says", () => {
    let unavailable = 0;
    const horizon = hours(2000);
    for (let replication = 0; replication < 4; replication++) {
      const { facts } = factsOf(
        {
          grain: "cohort",
          horizon: "2000h",
          committee: { ...tenNodes },
          workload: { clients: { north: "100%" }, preload: { blobs: 1000, size: "1KiB" } },
          faults: [{ kind: "crash-recover", timeToFailure: "1h", timeToRepair: "1h" }],
        },
        replication,
      );
      for (const { details } of factsNamed(facts, "unavailable-span")) {
        unavailable += Number(details.to) - Number(details.from);
      }
    }
    // Fewer than 4 of 10 up, each up half of the time: 176 / 1024. A node changes state every hour, so that
    // 8000 h are some 8000 independent looks at least: the error is below 0.0043.
    const share = unavailable / (4 * horizon);
    expect(Math.abs(share - kOfNShortfall(10, 4, 0.5))).toBeLessThan(4 * 0.0043);
  });
});
