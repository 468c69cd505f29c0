import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ScenarioInput } from "./scenario.ts";

const spread = (median: `${number}ms`) => ({ kind: "log-normal", median, sigma: 0.8 }) as const;

/** Some 600 writes and 1,200 reads at 1,000 shards, each by itself; every answer takes a time of its own. */
const operations: Partial<ScenarioInput> = {
  horizon: "4h",
  committee: {
    nodes: 50,
    shards: 1000,
    stake: { kind: "zipf", exponent: 0.5 },
    places: { north: "60%", south: "40%" },
    responseTime: {
      status: spread("10ms"),
      metadata: spread("20ms"),
      serve: spread("50ms"),
      store: spread("50ms"),
      confirm: spread("10ms"),
    },
    // What the tail of an upload leaves out would be recovered message by message.
    recovery: { enabled: false },
  },
  cohorts: { sampledWrites: "100%" },
  workload: {
    clients: { north: "100%" },
    preload: { blobs: 200, size: "1MiB" },
    reads: { rate: "300/h" },
    writes: { rate: "150/h", size: "1MiB" },
  },
};

function run(grain: "node" | "cohort") {
  const simulated = buildWorld(smallScenario({ ...operations, grain }), 0, {});
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  simulated.run();
  const finished = (fact: string) =>
    facts
      .filter((each) => each.fact === fact)
      .map(({ time, details }) => ({ ...details, latency: time - Number(details.startedAt) }));
  const traffic = (way: "sentBytes" | "receivedBytes") =>
    simulated.traffic().reduce((sum, node) => sum + node[way], 0);
  return { reads: finished("read-finished"), writes: finished("write-finished"), traffic };
}

describe("reads and writes, message by message and aggregated", () => {
  const [single, cohort] = [run("node"), run("cohort")];

  it.each([
    ["reads", "latency"],
    ["reads", "metadataMicroseconds"],
    ["reads", "sliversMicroseconds"],
    ["writes", "latency"],
    ["writes", "statusMicroseconds"],
    ["writes", "registerMicroseconds"],
    ["writes", "uploadMicroseconds"],
    ["writes", "tailMicroseconds"],
    ["writes", "confirmMicroseconds"],
    ["writes", "certifyMicroseconds"],
  ] as const)("take as long: %s, %s", (operation, phase) => {
    const times = ({ [operation]: all }: typeof single) =>
      all.map((details) => Number((details as Record<string, unknown>)[phase]));
    const [ours, theirs] = [times(cohort).sort((a, b) => a - b), times(single)];
    expect(theirs.length).toBeGreaterThan(500);
    for (const share of [0.5, 0.9]) {
      const quantile = ours[Math.floor(share * ours.length)]!;
      const below = theirs.filter((time) => time < quantile).length / theirs.length;
      // Two counts of a chance: the variance of their difference is the sum of both.
      const variance = share * (1 - share) * (1 / ours.length + 1 / theirs.length);
      expect(Math.abs(below - share)).toBeLessThan(4 * Math.sqrt(variance));
    }
  });

  it("move the same bytes, but for headers and short answers", () => {
    for (const way of ["sentBytes", "receivedBytes"] as const) {
      // Not counted are framing and short answers: in a write 222 uploads of slivers, 50 of metadata, thrice as many
      // questions and confirmations, some 65 kB of 4 MB sent and 60 kB of 11 MB received.
      const ratio = cohort.traffic(way) / single.traffic(way);
      expect(ratio).toBeGreaterThan(0.97);
      expect(ratio).toBeLessThan(1);
    }
  });
});
