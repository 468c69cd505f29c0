import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { hours, minutes } from "../engine/sim-time.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ScenarioInput } from "./scenario.ts";

function run(fields: Partial<ScenarioInput>): Fact[] {
  const simulated = buildWorld(smallScenario({ grain: "cohort", ...fields }), 0, {});
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  simulated.run();
  return facts;
}

const found = (facts: readonly Fact[], name: string) => facts.filter(({ fact }) => fact === name);

/** Nothing is there when the world begins, and a hundred blobs are certified in each hour. */
const fromNothing = (reads: object[] = []): ScenarioInput["workload"] => ({
  clients: { north: "100%" },
  preload: { blobs: 0 },
  writes: { rate: "100/h", size: "20KiB" },
  reads: reads as never,
});

describe("blobs that are certified while nothing else happens", () => {
  it("are read from the first on", () => {
    const facts = run({
      horizon: "1d",
      metrics: { healthEvery: "1d" },
      workload: fromNothing([{ rate: "60/h", popularity: { kind: "newest", blobs: 1 } }]),
    });
    const reads = found(facts, "read-started");
    // The first of a hundred an hour is there after 18 s; one minute goes by from read to read.
    expect(reads[0]!.time).toBeLessThan(minutes(10));
    // 1440 are expected; their standard deviation is 38.
    expect(reads.length).toBeGreaterThan(1440 - 4 * 38);
    // A hundred blobs an hour give sixty reads an hour nearly as many newest ones to choose.
    expect(new Set(reads.map(({ details }) => details.blob)).size).toBeGreaterThan(1000);
  });

  it("are unavailable from the first on, if too few nodes store them", () => {
    // 31 shards: 21 certify, 11 make a blob readable, and fewer store it.
    const facts = run({
      horizon: "10h",
      metrics: { healthEvery: "10h" },
      workload: fromNothing(),
      faults: [
        {
          kind: "liars",
          nodes: { count: 11, by: "worst" },
          behaviour: "sign-without-storing",
          from: "1h",
        },
      ],
    });
    const [span, ...others] = found(facts, "unavailable-span");
    expect(others).toEqual([]);
    expect(span?.details).toMatchObject({ from: hours(1), to: hours(10), blobsMax: 900 });
    // Nine hours in which they become 900, at an even pace.
    expect(span?.details.blobSeconds).toBeCloseTo(3600 * ((9 * 900) / 2), 3);
  });
});
