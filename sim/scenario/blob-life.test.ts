import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { minutes } from "../engine/sim-time.ts";
import type { World } from "../engine/world.ts";
import { MetricsCollector } from "../metrics/collector.ts";
import type { WalrusMessage } from "../protocol/messages.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ScenarioInput } from "./scenario.ts";

const writes = { rate: "0.2/s", size: "20KiB" } as const;

/** Epochs of four minutes from the beginning on, on ten shards of as many nodes. */
const fields: Partial<ScenarioInput> = {
  horizon: "10min",
  committee: {
    nodes: 10,
    shards: 10,
    epoch: "4min",
    epochCalls: { jitter: "0s" },
    places: { north: "100%" },
    recovery: { deferral: { small: "2s", medium: "2s", large: "5s" } },
  },
  workload: {
    clients: { north: "100%" },
    preload: { blobs: 20, size: "20KiB", lifetime: 1 },
    writes: { ...writes, lifetime: 1 },
    reads: { rate: "1/s" },
  },
};

function run(scenario = smallScenario(fields)) {
  const simulated = buildWorld(scenario, 0, {});
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  simulated.run();
  const { eventDigest, factDigest } = simulated.world;
  return { simulated, facts, eventDigest, factDigest };
}

const found = (facts: readonly Fact[], kind: string) => facts.filter(({ fact }) => fact === kind);
const sum = (facts: readonly Fact[], detail: string) =>
  facts.reduce((total, { details }) => total + (details[detail] as number), 0);

describe("a blob that is paid for one epoch", () => {
  const { simulated, facts } = run();
  const [start] = found(facts, "epoch-started");
  const certifiedBefore = found(facts, "blob-certified").filter(
    ({ time }) => time < (start as Fact).time,
  ).length;

  it("expires at the beginning of the next, with those that came with the world", () => {
    const [expired] = found(facts, "blobs-expired");
    const blobs = certifiedBefore + 20;
    // What was registered before and certified after ends too, but was never certified.
    expect(expired?.details.blobs).toBe(blobs);
    expect(expired?.details.bytes).toBe(blobs * 20 * 1024);
    expect(certifiedBefore).toBeGreaterThan(30);
  });

  it("is asked for by no demand from then on, and counted by no audit", () => {
    const failed = found(facts, "read-finished").filter(({ details }) => details.outcome !== "ok");
    // A read that is under way when its blob expires finds it no more: no failure to serve it.
    expect(failed.length).toBeLessThanOrEqual(5);
    for (const { details } of failed) expect(details.outcome).toBe("expired");
    const [audit] = found(facts, "audit");
    const last = found(facts, "epoch-started").at(-1) as Fact;
    const since = found(facts, "blob-certified").filter(({ time }) => time > last.time);
    // A write that was registered in the last epoch but one and certified in the last has expired with it.
    expect(audit?.details.blobs).toBeLessThanOrEqual(since.length);
    expect(audit?.details.blobs).toBeGreaterThan(since.length - 5);
  });

  it("is not found by whoever asks for it all the same", () => {
    const world = simulated.world as unknown as World<WalrusMessage>;
    const client = simulated.nodes.length + 2;
    const read = { kind: "start-read", read: 10_000, blob: 3, replyTo: client } as const;
    world.inject(client, read, world.engine.now);
    world.runUntil(world.engine.now + minutes(1));
    const [asked] = found(facts, "read-finished").filter(({ details }) => details.read === 10_000);
    expect(asked?.details.outcome).toBe("not-found");
  });

  it("is deleted by each node within half an epoch, to the byte", () => {
    const first = found(facts, "garbage-collected").filter(({ details }) => details.epoch === 2);
    expect(first.map(({ details }) => details.node).sort()).toEqual([...Array(10).keys()].sort());
    for (const { time } of first) {
      expect(time).toBeGreaterThanOrEqual((start as Fact).time);
      expect(time).toBeLessThanOrEqual((start as Fact).time + minutes(2) + minutes(0.1));
    }
    // n = 10: 4 x 7 symbols of ceil(20480 / 28) -> 732 bytes; a pair is 11 of them, metadata 66 n + 12.
    const perBlob = 10 * (11 * 732 + 672);
    const whole = (certifiedBefore + 20) * perBlob;
    expect(sum(first, "bytes")).toBeGreaterThanOrEqual(whole);
    expect(sum(first, "bytes")).toBeLessThanOrEqual(whole + 5 * perBlob);
  });
});

describe("what is proven to be encoded wrongly", () => {
  it("does not expire: it has been no blob since", () => {
    const scenario = smallScenario(fields);
    const simulated = buildWorld(scenario, 0, {});
    const facts: Fact[] = [];
    simulated.world.observeFacts((fact) => facts.push(fact));
    const world = simulated.world as unknown as World<WalrusMessage>;
    world.runUntil(minutes(2));
    const certified = found(facts, "blob-certified").map(({ details }) => details.blob as number);
    const proof = { node: 0, weight: 10, detectedAt: minutes(2) };
    for (const blob of certified.slice(0, 5)) {
      world.inject(simulated.nodes.length, { kind: "invalidate", blob, ...proof }, minutes(2));
    }
    simulated.run();
    const invalid = found(facts, "blob-invalid");
    expect(invalid).toHaveLength(5);
    const [start] = found(facts, "epoch-started") as [Fact];
    const before = found(facts, "blob-certified").filter(({ time }) => time < start.time).length;
    expect(found(facts, "blobs-expired")[0]?.details.blobs).toBe(20 + before - 5);
  });
});

describe("the owner of a blob", () => {
  const owned = (more: object) =>
    smallScenario({
      ...fields,
      workload: { ...fields.workload, writes: { ...writes, lifetime: 1, ...more } },
    });

  it("may pay for more epochs", () => {
    const { facts } = run(owned({ extended: { share: "100%", after: "1s", epochs: 10 } }));
    const expired = sum(found(facts, "blobs-expired"), "blobs");
    // Those that came with the world, and a few whose extension came too late.
    expect(expired).toBeGreaterThanOrEqual(20);
    expect(expired).toBeLessThanOrEqual(20 + 10);
    expect(found(facts, "blob-extended").length).toBeGreaterThan(80);
  });

  it("may delete it, and nobody stores, reads or counts it any more", () => {
    const scenario = owned({ lifetime: 50, deleted: { share: "50%", after: "1min" } });
    const { facts } = run(scenario);
    const byThen = facts.filter(({ time }) => time <= minutes(10)); // The audit's.
    const deleted = found(byThen, "blob-deleted").length;
    const certified = found(byThen, "blob-certified").length;
    expect(deleted).toBeGreaterThan(30);
    expect(found(facts, "audit")[0]?.details.blobs).toBe(certified - deleted);
    expect(sum(found(facts, "garbage-collected"), "blobs")).toBeGreaterThan(10 * 20);
  });

  it("may delete it while it is being read, which is no failure to serve it", () => {
    const scenario = smallScenario({
      ...fields,
      horizon: "2min",
      network: { latency: { kind: "fixed", oneWay: "1s" } },
      workload: {
        clients: { north: "100%" },
        writes: { ...writes, lifetime: 50, deleted: { share: "100%", after: "10s" } },
        reads: { arrivals: { kind: "on-write", readers: 10, within: "10s" } },
      },
    });
    const { simulated, facts } = run(scenario);
    const outcomes = found(facts, "read-finished").map(({ details }) => details.outcome);
    const over = outcomes.filter((outcome) => outcome === "expired").length;
    expect(over).toBeGreaterThan(5);
    expect(outcomes.filter((outcome) => outcome !== "ok").length).toBe(over);
    const { warmUp, horizon } = scenario;
    const collector = new MetricsCollector({ warmUp, horizon, nodes: simulated.nodes, faults: [] });
    for (const fact of facts) collector.observe(fact);
    const rows = collector.finish(simulated.world.engine.now, simulated.traffic());
    expect(rows.reads.length).toBe(outcomes.length);
    expect(rows.timeline.reduce((sum, { reads }) => sum + reads, 0)).toBe(outcomes.length - over);
  });

  it("changes nothing of a run's repeatability: forks and real bytes agree", () => {
    const more = { lifetime: 2, deleted: { share: "30%", after: "30s" } };
    const scenario = owned(more);
    const whole = run(scenario);
    const first = buildWorld(scenario, 0, {});
    first.world.runUntil((found(whole.facts, "epoch-started")[0] as Fact).time + minutes(0.5));
    const fork = first.fork();
    fork.run();
    expect(fork.world.eventDigest).toBe(whole.eventDigest);
    expect(fork.world.factDigest).toBe(whole.factDigest);
    const bytes = run({ ...scenario, payload: "bytes" });
    expect(bytes.factDigest).toBe(whole.factDigest);
  });
});
