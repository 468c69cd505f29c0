import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { minutes, seconds } from "../engine/sim-time.ts";
import { smallScenario } from "../testing/small-scenario.ts";
import { buildWorld } from "./build-world.ts";

/** A hundred nodes of 1,000 shards. After a minute one leaves, one joins, and a tenth of all stake moves. */
const scenario = smallScenario({
  horizon: "3min",
  committee: {
    nodes: 100,
    shards: 1000,
    stake: { kind: "zipf", exponent: 0.5 },
    places: { north: "60%", south: "40%" },
    epoch: "5min",
    epochAge: "4min",
    epochCalls: { jitter: "1s" },
    stakeMoved: "10%",
    changes: [
      { epoch: 2, kind: "leaves", node: "node-003" },
      { epoch: 2, kind: "joins", node: "late", stake: "1%" },
    ],
  },
  workload: {
    clients: { north: "50%", south: "50%" },
    preload: { blobs: 100, size: "100KiB" },
    reads: { arrivals: { kind: "periodic", every: "250ms" } },
    writes: { arrivals: { kind: "periodic", every: "3s" }, size: "100KiB" },
  },
});

describe("a change of committee at the size of mainnet (P2)", () => {
  const facts: Fact[] = [];
  const simulated = buildWorld(scenario, 0, {});
  simulated.world.observeFacts((fact) => facts.push(fact));
  simulated.run();

  const found = (kind: string) => facts.filter(({ fact }) => fact === kind);
  const [started] = found("epoch-started") as [Fact];
  const [synced] = found("epoch-synced") as [Fact];
  const durationOf = ({ time, details }: Fact) => time - (details.startedAt as number);

  it("moves shards, and ends", () => {
    expect(found("shard-sync-finished").length).toBeGreaterThan(20);
    expect(synced.time).toBeLessThan(minutes(2));
  });

  it.each(["read-finished", "write-finished"])("lets every operation succeed: %s", (kind) => {
    const finished = found(kind);
    expect(finished.filter(({ details }) => details.outcome !== "ok")).toEqual([]);
    const during = finished.filter(
      ({ time, details }) => (details.startedAt as number) < synced.time && time > started.time,
    );
    expect(during.length).toBeGreaterThan(0);
  });

  it("keeps no reader waiting: one every 250 ms, and no more than two round trips later than before", () => {
    // In between a reader asks first which committee holds the blob, of nodes that answer in milliseconds at
    // 20 ms: no read takes a tenth of a second more than the slowest of the minute before.
    const reads = found("read-finished").filter(({ time }) => time > seconds(5));
    const slowest = (list: readonly Fact[]) => Math.max(...list.map(durationOf));
    const before = reads.filter(({ time }) => time < started.time);
    expect(before.length).toBeGreaterThan(200);
    expect(slowest(reads)).toBeLessThan(slowest(before) + seconds(0.1));
  });
});
