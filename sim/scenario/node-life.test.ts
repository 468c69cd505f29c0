import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { milliseconds, minutes, seconds } from "../engine/sim-time.ts";
import type { World } from "../engine/world.ts";
import type { WalrusMessage } from "../protocol/messages.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ScenarioInput } from "./scenario.ts";

type Committee = NonNullable<ScenarioInput["committee"]>;

/** The first change of committee comes after a minute: one node leaves, another joins. */
function changing(committee: Partial<Committee> = {}) {
  const scenario = smallScenario({
    horizon: "5min",
    committee: {
      nodes: 13,
      shards: 31,
      stake: { kind: "zipf", exponent: 0.8 },
      places: { north: "100%" },
      epoch: "5min",
      epochAge: "4min",
      epochCalls: { jitter: "1s" },
      changes: [
        { epoch: 2, kind: "leaves", node: "node-03" },
        { epoch: 2, kind: "joins", node: "late", stake: "20%" },
      ],
      recovery: { deferral: { small: "2s", medium: "2s", large: "5s" } },
      shardSync: { timeout: "20s", backoff: { min: "5s", max: "30s" }, giveUp: "1min" },
      ...committee,
    },
    workload: { clients: { north: "100%" }, preload: { blobs: 20, size: "2KiB" } },
  });
  const simulated = buildWorld(scenario, 0, {});
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  return { simulated, facts, inside: simulated.world as unknown as World<WalrusMessage> };
}

const found = (facts: readonly Fact[], kind: string) => facts.filter(({ fact }) => fact === kind);

describe("an attestation", () => {
  it("of nodes that keep nothing is false where they gained shards, and only there", () => {
    const { simulated, facts, inside } = changing();
    const garbage = { kind: "behave", fault: 0, lies: [{ kind: "wrong-bytes" }] } as const;
    for (const node of simulated.nodes.keys()) inside.inject(node, garbage, 0);
    simulated.run();
    const attested = found(facts, "epoch-attested").map(({ details }) => details);
    // Shards move to some, and nobody syncs them.
    expect(found(facts, "shard-sync-started")).toEqual([]);
    const isFalse = attested.filter((each) => each.isFalse === 1).map(({ node }) => node);
    const before = simulated.nodes.map(({ shards }) => shards);
    const gained = attested.filter(
      ({ node, shards }) => (shards as number) > (before[node as number] as number),
    );
    expect(attested).toHaveLength(13);
    expect(gained.length).toBeGreaterThan(0);
    expect(gained.length).toBeLessThan(13);
    expect(isFalse).toEqual(gained.map(({ node }) => node));
  });
});

describe("a new member", () => {
  // Slower than others, so that its shards take a while.
  const { simulated, facts, inside } = changing();
  const late = simulated.nodes.findIndex(({ name }) => name === "late");
  const slow = { kind: "slow-service", factor: 100, fault: -1 } as const;
  inside.inject(late, slow, minutes(0.5));
  simulated.run();

  it("is in the committee, and current, once it has the metadata", () => {
    const states = found(facts, "node-state").filter(({ details }) => details.node === late);
    expect(states.map(({ details }) => details.state)).toEqual(["recover-metadata", "active"]);
    const [synced] = found(facts, "metadata-synced");
    expect(states[1]?.time).toBe(synced?.time);
    const shards = found(facts, "shard-sync-finished").filter(
      ({ details }) => details.node === late,
    );
    expect(shards.length).toBeGreaterThan(0);
    for (const { time } of shards) expect(time).toBeGreaterThan((synced as Fact).time);
  });
});

describe("a new member that crashes while it fetches metadata", () => {
  it("goes on where it was, and counts what came before", () => {
    const { simulated, facts, inside } = changing();
    const late = simulated.nodes.findIndex(({ name }) => name === "late");
    while (found(facts, "epoch-started").length === 0) {
      inside.runUntil(inside.engine.now + milliseconds(10));
    }
    // Metadata comes 40 ms after it was asked for; some of it has when the node crashes.
    const { time: startedAt } = found(facts, "epoch-started")[0] as Fact;
    const isUnderWay = () =>
      found(facts, "node-state").some(({ details }) => details.node === late) &&
      found(facts, "metadata-synced").length === 0;
    while (!isUnderWay()) inside.runUntil(inside.engine.now + milliseconds(1));
    inside.runUntil(inside.engine.now + milliseconds(44));
    expect(isUnderWay()).toBe(true);
    const { now } = inside.engine;
    inside.inject(late, { kind: "crash", fault: -1 }, now);
    inside.inject(late, { kind: "restart", fault: -1 }, now + seconds(20));
    simulated.run();
    const [synced] = found(facts, "metadata-synced") as [Fact];
    expect(synced.details.blobs).toBe(20);
    expect(synced.details.startedAt).toBeLessThan(startedAt + seconds(1));
    expect(synced.time).toBeGreaterThan(now + seconds(20));
  });
});

describe("a node that leaves the committee while it is away", () => {
  it("stands by when it is back, for there is nothing that it has to catch up on", () => {
    const { simulated, facts, inside } = changing({
      epoch: "2min",
      epochAge: "1min",
      changes: [{ epoch: 3, kind: "leaves", node: "node-03" }],
    });
    const leaver = 2;
    inside.inject(leaver, { kind: "crash", fault: -1 }, minutes(0.5));
    inside.inject(leaver, { kind: "restart", fault: -1 }, minutes(4));
    simulated.run();
    const states = found(facts, "node-state").filter(({ details }) => details.node === leaver);
    expect(states.map(({ details }) => details.state)).toEqual(["catch-up", "standby"]);
  });
});
