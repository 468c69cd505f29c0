import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { hours } from "../engine/sim-time.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ScenarioInput } from "./scenario.ts";

type Fault = NonNullable<ScenarioInput["faults"]>[number];
type Behaviour = Extract<Fault, { kind: "liars" }>["behaviour"];

const found = (facts: readonly Fact[], name: string) => facts.filter(({ fact }) => fact === name);

/** Node 1 lies from the first day on, and gives some of its shards to others with epoch 2. Nobody reads. */
function run(behaviour?: Behaviour, fields: Partial<ScenarioInput> = {}, node = "node-01"): Fact[] {
  const nodes = { list: [node] };
  const lies: Fault[] =
    behaviour === undefined ? [] : [{ kind: "liars", nodes, behaviour, from: "1d" }];
  const simulated = buildWorld(
    smallScenario({
      grain: "cohort",
      horizon: "4d",
      committee: {
        nodes: 13,
        shards: 31,
        stake: { kind: "zipf", exponent: 0.8 },
        places: { north: "60%", south: "40%" },
        epoch: "2d",
        changes: [{ kind: "stake", epoch: 2, node: "node-01", factor: 0.25 }],
      },
      cohorts: { sliverTime: "20ms", sampledWrites: "0%" },
      workload: {
        clients: { north: "100%" },
        preload: { blobs: 1_000_000, size: "1MiB" },
        writes: { rate: "100/h", size: "1MiB" },
        reads: [],
      },
      ...fields,
      faults: [...lies, ...(fields.faults ?? [])],
    }),
    0,
    {},
  );
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  simulated.run();
  return facts;
}

const bites = (facts: readonly Fact[]) =>
  found(facts, "fault-bit")
    .filter(({ details }) => details.fault === 0)
    .reduce((sum, { details }) => sum + Number(details.count), 0);
const ended = (facts: readonly Fact[]) =>
  found(facts, "shard-sync-finished").map(({ time, details: { node, outcome } }) => ({
    time,
    node: Number(node),
    outcome,
  }));

describe("a lie that no reader meets, in the aggregated form", () => {
  it("is told of each blob that a node signs for and does not store", () => {
    // A hundred an hour, for three days.
    expect(bites(run("sign-without-storing"))).toBe(3 * 24 * 100);
  });

  it("costs who asks a node for its shards half a day, and the work of recovering them", () => {
    const honest = ended(run());
    const refused = run("refuse-handover");
    expect(honest.length).toBeGreaterThan(1);
    expect(bites(refused)).toBe(honest.length);
    for (const { outcome } of honest) expect(outcome).toBe("transferred");
    const [epoch] = found(refused, "epoch-started");
    for (const { time, outcome } of ended(refused)) {
      expect(outcome).toBe("recovered");
      expect(time).toBeGreaterThan(epoch!.time + hours(12));
    }
  });

  it("lets reads move to nodes that have nothing yet", () => {
    const [gainer] = ended(run());
    const name = `node-${String(gainer!.node + 1).padStart(2, "0")}`;
    const facts = run("attest-falsely", {}, name);
    const untrue = found(facts, "epoch-attested").filter(({ details }) => details.isFalse === 1);
    expect(untrue.map(({ details }) => details.node)).toEqual([gainer!.node]);
    expect(bites(facts)).toBe(1);
    const [sync] = ended(facts).filter(({ node }) => node === gainer!.node);
    expect(untrue[0]!.time).toBeLessThan(sync!.time);
  });

  it("meets nodes that recover", () => {
    const faults: Fault[] = [{ kind: "disk-loss", nodes: { list: ["node-05"] }, at: "1.5d" }];
    expect(bites(run("withhold", { faults }))).toBeGreaterThan(0);
    expect(bites(run("wrong-bytes", { faults }))).toBeGreaterThan(0);
  });

  it("is none if it meets nobody", () => {
    const committee = { nodes: 13, shards: 31 };
    expect(bites(run("refuse-handover", { committee }))).toBe(0);
    expect(bites(run("withhold", { committee }))).toBe(0);
  });
});
