import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { milliseconds, seconds } from "../engine/sim-time.ts";
import { listFaults } from "../faults/add-faults.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { troubles } from "../testing/troubles.ts";
import { buildWorld } from "./build-world.ts";
import { resolveScenario } from "./resolve.ts";
import type { ScenarioInput } from "./scenario.ts";

function factsOf(fields: Partial<ScenarioInput>): Fact[] {
  const simulated = buildWorld(smallScenario(fields), 0, {});
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  simulated.run();
  return facts;
}

describe("every fault of the catalogue", () => {
  it.each(["enemies", "war"])("bites: %s", (name) => {
    const fields = troubles[name]!;
    const bitten = new Set(
      factsOf(fields)
        .filter(({ fact }) => fact === "fault-bit")
        .map(({ details }) => details.fault),
    );
    const faults = listFaults(smallScenario(fields).faults);
    const kinds = faults.map(({ kind }, fault) => `${kind} ${bitten.has(fault)}`);
    expect(kinds).toEqual(faults.map(({ kind }) => `${kind} true`));
  });
});

describe("an adversary that adapts", () => {
  const adaptive = {
    kind: "adaptive",
    budget: "33%",
    watches: "recovery",
    does: "crash",
    every: "50ms",
    reaction: "20ms",
  } as const;
  const lost = { kind: "disk-loss", nodes: { count: 2 }, at: "30s" } as const;
  const facts = factsOf({
    faults: [lost, adaptive],
    // Without writes nobody has anything to recover but those who lost their disks.
    workload: {
      clients: { north: "50%", south: "50%" },
      preload: { blobs: 50, size: "20KiB" },
      reads: { rate: "1/s" },
    },
  });

  it("strikes those who recover, the time it takes to react after a look", () => {
    const nodesOf = (name: string) =>
      facts.filter(({ fact }) => fact === name).map(({ details }) => details.node);
    const down = nodesOf("node-down");
    expect(down.length).toBeGreaterThan(0);
    for (const node of down) expect(nodesOf("disk-lost")).toContain(node);
    const moves = facts.filter(({ fact }) => fact === "adversary-moved");
    expect(moves[0]!.time).toBeGreaterThan(seconds(30));
    for (const { time } of moves) expect(time % milliseconds(50)).toBe(milliseconds(20));
  });

  it("never holds more than its budget", () => {
    let down = 0;
    for (const { fact, details } of facts) {
      if (fact === "node-down") down += details.shards as number;
      if (fact === "node-up") down -= details.shards as number;
      if (fact === "adversary-moved") expect(details.shards).toBeLessThanOrEqual(10);
      expect(down).toBeLessThanOrEqual(10); // A third of 31.
    }
  });
});

describe("hostile demand", () => {
  it("is in no metric of honest clients, and on the chain", () => {
    const flood = {
      kind: "small-blob-flood",
      client: "north",
      at: "10s",
      lasts: "60s",
      rate: "1/s",
    } as const;
    const facts = factsOf({ faults: [flood] });
    const writes = facts.filter(({ fact }) => fact === "write-finished");
    const hostile = writes.filter(({ details }) => (details.write as number) < 0);
    expect(hostile.length).toBeGreaterThan(30);
    expect(hostile.every(({ details }) => details.bytes === 1)).toBe(true);
    const honest = (all: readonly Fact[]) =>
      all.filter(({ fact, details }) => fact === "write-started" && (details.write as number) >= 0);
    // The same demand as without it, but for the blobs' numbers.
    expect(honest(facts).map(({ time }) => time)).toEqual(
      honest(factsOf({})).map(({ time }) => time),
    );
  });
});

describe("faults that cannot bite are mistakes", () => {
  const mistakes = (fault: object, more: object = {}) => {
    const result = resolveScenario({
      name: "test",
      question: "Does it hold?",
      committee: { nodes: 10, shards: 100 },
      workload: { clients: { "us-east": "100%" }, preload: { blobs: 1, size: "1MiB" } },
      faults: [{ kind: "crash", nodes: { count: 1 }, at: "10min" }, fault],
      ...more,
    });
    return result.ok ? [] : result.mistakes;
  };
  const liars = { kind: "liars", behaviour: "withhold" } as const;
  it.each([
    [
      { ...liars, nodes: { share: "5%" } },
      "faults[1].nodes.share: expected at least what the smallest node holds, 10%: else it strikes nobody, found 5%",
    ],
    [
      { ...liars, nodes: { sameAs: 1 } },
      "faults[1].nodes.sameAs: expected the place of an earlier fault, below 1, found 1",
    ],
    [
      { ...liars, nodes: { sameAs: 0 } },
      "faults[1].nodes.sameAs: expected a fault that begins by 0s, found one that begins at 10min",
    ],
    [
      { ...liars, behaviour: "delay", nodes: "all", margin: "10s" },
      'faults[1].margin: expected less than the shortest time limit, 5s, found "10s"',
    ],
    [
      { ...liars, behaviour: "wrong-bytes", nodes: "all", blobs: { share: "5%" } },
      "faults[1].blobs: expected only with withhold",
    ],
    [
      { ...liars, nodes: "all", clients: ["mars"] },
      'faults[1].clients[0]: expected a place of workload.clients (us-east), found "mars"',
    ],
    [
      { ...liars, nodes: { share: "20%", by: "search", hurting: "latency" } },
      "faults[1].nodes.region: expected a region where latency is to be hurt, and only there",
    ],
    [
      { kind: "restart", at: "1s", within: "1s", downtime: "1s", failShare: "10%" },
      "faults[1]: expected both of failShare and harm, or neither",
    ],
    [
      { kind: "regime", calm: "1h", war: "1h", faults: [] },
      "faults[1].faults: expected one fault or more",
    ],
  ])("%j", (fault, text) => {
    expect(mistakes(fault).map((line) => line.slice(0, text.length))).toEqual([text]);
  });

  it("one who watches recoveries where nobody recovers", () => {
    const fault = { kind: "adaptive", budget: "20%", watches: "recovery", does: "crash" };
    const committee = { nodes: 10, shards: 100, recovery: { enabled: false } };
    expect(mistakes(fault, { committee })).toEqual([
      'faults[1].watches: expected margin, where committee.recovery.enabled is false and no node recovers, found "recovery"',
    ]);
  });
});
