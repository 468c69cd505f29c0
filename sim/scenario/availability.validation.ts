import { describe, expect, it } from "vitest";
import { kOfNShortfall } from "../../analysis/exact/availability.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ResolvedScenario, ScenarioInput } from "./scenario.ts";

// Nodes fail independently: each is down with probability p at the instant of asking, having failed
// and been repaired for ever. Operations end long before that changes.
const alternating = (down: number) =>
  ({
    kind: "crash-recover",
    timeToFailure: `${Math.round((1 - down) * 10_000)}d`,
    timeToRepair: `${Math.round(down * 10_000)}d`,
  }) as const;

function scenarioOf(
  nodes: number,
  shards: number,
  down: number,
  workload: ScenarioInput["workload"],
) {
  return smallScenario({
    horizon: "1s",
    committee: { nodes, shards, places: { here: "100%" } },
    client: { handshakeRoundTrips: 0, connectTimeout: "1s" },
    workload: { clients: { here: "100%" }, ...workload },
    faults: [alternating(down)],
  });
}

function shareOf(
  scenario: ResolvedScenario,
  repeats: number,
  fact: string,
  isHit: (details: Readonly<Record<string, number | string>>) => boolean,
) {
  let hits = 0;
  let seen = 0;
  for (let replication = 0; replication < repeats; replication++) {
    const simulated = buildWorld(scenario, replication, {});
    simulated.world.observeFacts((each) => {
      if (each.fact !== fact) return;
      seen++;
      if (isHit(each.details)) hits++;
    });
    simulated.run();
  }
  expect(seen).toBe(repeats);
  return hits / repeats;
}

/** Four standard errors of a share of `repeats` independent worlds. */
const tolerance = (p: number, repeats: number) => 4 * Math.sqrt((p * (1 - p)) / repeats);

describe("a hundred nodes of ten shards, of which each is down with p", () => {
  it.each([
    { p: 0.3, published: 0.2207 },
    { p: 0.25, published: undefined },
  ])("fail writes when fewer than 67 are up, p = $p", ({ p, published }) => {
    const exact = kOfNShortfall(100, 67, p);
    if (published !== undefined) expect(exact).toBeCloseTo(published, 4);
    const repeats = 400;
    const scenario = scenarioOf(100, 1000, p, {
      writes: { arrivals: { kind: "periodic", every: "600ms" }, size: "1KiB" },
    });
    const failed = shareOf(scenario, repeats, "write-finished", ({ outcome }) => outcome !== "ok");
    expect(Math.abs(failed - exact)).toBeLessThan(tolerance(exact, repeats));
  });

  // At p = 0.3 the exact figure is 2.7e-14, beyond what plain runs can see: so p is near 2/3 here.
  it.each([{ p: 0.62 }, { p: 0.66 }])("fail reads when fewer than 34 are up, p = $p", ({ p }) => {
    const exact = kOfNShortfall(100, 34, p);
    const repeats = 400;
    const scenario = scenarioOf(100, 1000, p, {
      preload: { blobs: 1, size: "1KiB" },
      reads: { arrivals: { kind: "periodic", every: "600ms" } },
    });
    const failed = shareOf(scenario, repeats, "read-finished", ({ outcome }) => outcome !== "ok");
    expect(Math.abs(failed - exact)).toBeLessThan(tolerance(exact, repeats));
  });
});

describe("a thousand nodes of one shard, of which each is down with p", () => {
  // What the audit sees at the horizon: whether the nodes that are up could be read from.
  it.each([{ p: 0.65 }])("hold too little for reads, p = $p", ({ p }) => {
    const exact = kOfNShortfall(1000, 334, p);
    const repeats = 150;
    const scenario = scenarioOf(1000, 1000, p, { preload: { blobs: 1, size: "1KiB" } });
    const short = shareOf(scenario, repeats, "audit", ({ unavailable }) => unavailable === 1);
    expect(Math.abs(short - exact)).toBeLessThan(tolerance(exact, repeats));
  });

  // At p = 0.3, too, a figure is published. Of 300 worlds some three would be short: too few to tell.
  it("are as seldom too few for writes as published", () => {
    expect(kOfNShortfall(1000, 667, 0.3)).toBeCloseTo(0.0109, 4);
    expect(kOfNShortfall(1000, 667, 0.33)).toBeCloseTo(0.4056, 4);
  });

  it.each([{ p: 0.33 }])("are too few for writes, p = $p", ({ p }) => {
    const exact = kOfNShortfall(1000, 667, p);
    const repeats = 300;
    const scenario = scenarioOf(1000, 1000, p, {});
    let short = 0;
    for (let replication = 0; replication < repeats; replication++) {
      const simulated = buildWorld(scenario, replication, {});
      let up = 1000;
      simulated.world.observeFacts(({ fact, details }) => {
        if (fact === "node-down") up -= details.shards as number;
        if (fact === "node-up") up += details.shards as number;
      });
      simulated.run();
      if (up < 667) short++;
    }
    expect(Math.abs(short / repeats - exact)).toBeLessThan(tolerance(exact, repeats));
  });
});
