import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { minutes } from "../engine/sim-time.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";
import type { ScenarioInput } from "./scenario.ts";

// The second epoch begins a minute after the world. n = 31, f = 10.
const committee: NonNullable<ScenarioInput["committee"]> = {
  nodes: 13,
  shards: 31,
  stake: { kind: "zipf", exponent: 0.8 },
  places: { north: "60%", south: "40%" },
  epoch: "5min",
  epochAge: "4min",
  epochCalls: { jitter: "5s" },
  stakeMoved: "3%",
  recovery: { deferral: { small: "2s", medium: "2s", large: "5s" } },
};

const leaves = (node: string, how: "serves" | "offline" = "serves") =>
  ({ epoch: 2, kind: "leaves", node, how }) as const;

function world(fields: Partial<ScenarioInput>, replication: number) {
  const simulated = buildWorld(smallScenario(fields), replication, {});
  const facts: Fact[] = [];
  simulated.world.observeFacts((fact) => facts.push(fact));
  const found = (name: string) => facts.filter(({ fact }) => fact === name);
  return { simulated, found };
}

const written = { rate: "1/s", size: "2KiB" } as const;

describe("recovery while a committee comes into office", () => {
  it("goes on though leavers and newcomers are asked for symbols of a range", () => {
    for (const replication of [0, 1, 2]) {
      const { simulated, found } = world(
        {
          horizon: "3min",
          committee: {
            ...committee,
            changes: [leaves("node-03"), { epoch: 2, kind: "joins", node: "late", stake: "10%" }],
          },
          workload: {
            clients: { north: "100%" },
            preload: { blobs: 20, size: "20KiB" },
            reads: { rate: "5/s", range: { bytes: "1KiB" } },
          },
          faults: [{ kind: "crash", nodes: { count: 1, by: "random" }, at: "30s" }],
        },
        replication,
      );
      simulated.run();
      expect(found("read-finished").length).toBeGreaterThan(700);
    }
  });

  // With real bytes a source that counted twice would not lead to the sliver.
  it("counts no sliver twice, once on its previous owner and once on the node that gained it", () => {
    let recovered = 0;
    for (const replication of [0, 1, 2, 3]) {
      const { simulated, found } = world(
        {
          horizon: "150s",
          payload: "bytes",
          committee: {
            ...committee,
            changes: [
              leaves("node-01"),
              leaves("node-02", "offline"),
              leaves("node-04"),
              leaves("node-05", "offline"),
            ],
            shardSync: {
              batch: 7,
              timeout: "20s",
              backoff: { min: "5s", max: "30s" },
              giveUp: "20s",
            },
          },
          workload: {
            clients: { north: "100%" },
            preload: { blobs: 20, size: "2KiB" },
            writes: { rate: "0.1/s", size: "2KiB" },
          },
        },
        replication,
      );
      simulated.run();
      recovered += found("recovery-finished").length;
    }
    expect(recovered).toBeGreaterThan(20);
  });

  it("asks the new committee for what the old one cannot give, so that the epoch comes to an end", () => {
    for (const replication of [0, 1, 2, 3, 4, 5, 6, 7]) {
      const { simulated, found } = world(
        {
          horizon: "15min",
          committee: {
            ...committee,
            changes: [
              leaves("node-01"),
              leaves("node-02", "offline"),
              leaves("node-05", "offline"),
            ],
            recovery: { ...committee.recovery, symbolTimeout: "5s" },
            shardSync: {
              batch: 10,
              timeout: "20s",
              backoff: { min: "5s", max: "30s" },
              giveUp: "10s",
            },
          },
          workload: {
            clients: { north: "100%" },
            preload: { blobs: 10, size: "2KiB" },
            writes: written,
          },
        },
        replication,
      );
      simulated.world.runUntil(minutes(6));
      expect(found("epoch-synced").length).toBeGreaterThanOrEqual(1);
    }
  });

  it("begins a shard again whose disk was lost while the last of it was being recovered", () => {
    const fields: Partial<ScenarioInput> = {
      horizon: "30min",
      committee: {
        ...committee,
        stakeMoved: "0%",
        epoch: "60min",
        epochAge: "59min",
        changes: [leaves("node-01", "offline")],
        shardSync: {
          batch: 20,
          timeout: "20s",
          backoff: { min: "5s", max: "30s" },
          giveUp: "10s",
          recoveryBlobs: 20,
        },
      },
      workload: {
        clients: { north: "100%" },
        preload: { blobs: 300, size: "2KiB" },
        reads: { rate: "0.1/s" },
      },
    };
    const first = world(fields, 0);
    first.simulated.run();
    const [begun] = first.found("recovery-started");
    const node = first.simulated.nodes[begun?.details.node as number]?.name as string;
    const at = `${Math.round((begun?.time ?? 0) / 1000) + 2000}ms` as const;
    const { simulated, found } = world(
      { ...fields, faults: [{ kind: "disk-loss", nodes: { list: [node] }, at }] },
      0,
    );
    simulated.run();
    const later = found("shard-sync-finished").filter(({ time }) => time > (begun?.time ?? 0));
    expect(later.length).toBeGreaterThan(0);
    expect(found("audit").map(({ details }) => details)).toMatchObject([{ incomplete: 0 }]);
  });
});
