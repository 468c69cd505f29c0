import { describe, expect, it } from "vitest";
import type { Fact, FactDetails } from "../engine/actor.ts";
import { days, hours } from "../engine/sim-time.ts";
import { MetricsCollector } from "./collector.ts";
import { HealthLog } from "./health-log.ts";

const nodes = ["a", "b", "c"].map((name) => {
  return { name, shards: 4, place: "Paris", region: "europe", provider: "ovh" };
});
const noTraffic = nodes.map(() => ({ sentBytes: 0, receivedBytes: 0, lostMessages: 0 }));

const fact = (time: number, name: string, details: FactDetails): Fact => ({
  time,
  actor: 0,
  fact: name,
  details,
});

/** A run of 30 days, the first 10 of them warm-up. */
function rowsOf(...facts: readonly Fact[]) {
  const collector = new MetricsCollector({
    warmUp: days(10),
    horizon: days(30),
    nodes,
    faults: [{ kind: "churn" }],
  });
  for (const each of facts) collector.observe(each);
  return collector.finish(days(31), noTraffic);
}

const epochStarted = (epoch: number, time: number, movedShards: number) =>
  fact(time, "epoch-started", { epoch, members: 3, shards: 12, movedShards });
const syncStarted = (epoch: number, shard: number, node: number, from: number, time: number) =>
  fact(time, "shard-sync-started", { epoch, node, shard, from });
const syncFinished = (
  { epoch, shard, node, from }: Record<"epoch" | "shard" | "node" | "from", number>,
  startedAt: number,
  time: number,
  outcome = "transferred",
) =>
  fact(time, "shard-sync-finished", {
    ...{ epoch, shard, node, from, startedAt, outcome },
    slivers: 10,
    bytes: 1000,
    recoveredSlivers: outcome === "transferred" ? 0 : 5,
    recoveryBytes: outcome === "transferred" ? 0 : 7000,
  });

describe("an epoch", () => {
  const { epochs, transfers, timeline } = rowsOf(
    epochStarted(1, 0, 0),
    epochStarted(2, days(14), 2),
    fact(days(14), "blobs-expired", { epoch: 2, blobs: 3, bytes: 300 }),
    syncStarted(2, 5, 1, 0, days(14)),
    syncStarted(2, 6, 1, 0, days(14)),
    syncFinished({ epoch: 2, shard: 5, node: 1, from: 0 }, days(14), days(14) + hours(2)),
    fact(days(14) + hours(3), "epoch-attested", {
      epoch: 2,
      node: 1,
      shards: 6,
      isFalse: 1,
      startedAt: 0,
    }),
    fact(days(14) + hours(3), "epoch-attested", {
      epoch: 2,
      node: 2,
      shards: 4,
      isFalse: 0,
      startedAt: 0,
    }),
    fact(days(14) + hours(3), "epoch-synced", {
      ...{ epoch: 2, startedAt: days(14), durationMicroseconds: hours(3), weight: 10 },
    }),
    syncFinished({ epoch: 2, shard: 6, node: 1, from: 0 }, days(14), days(15), "mixed"),
    fact(days(20), "garbage-collected", { epoch: 2, node: 0, blobs: 3, bytes: 100 }),
    fact(days(21), "garbage-collected", { epoch: 2, node: 1, blobs: 3, bytes: 200 }),
    fact(days(22), "blob-deleted", { blob: 1, epoch: 2 }),
    syncStarted(3, 5, 2, 1, days(28)),
  );

  it("sums what moved, was recovered, expired and was collected in it", () => {
    expect(epochs.map(({ epoch, startedAt, endedAt }) => [epoch, startedAt, endedAt])).toEqual([
      [1, 0, days(14)],
      [2, days(14), -1],
    ]);
    expect(epochs[1]).toMatchObject({
      ...{ syncedAt: days(14) + hours(3), syncMicroseconds: hours(3), attestedShards: 10 },
      ...{ movedShards: 2, attestations: 2, falseAttestations: 1 },
      ...{ transferredShards: 2, recoveredShards: 1, abandonedShards: 0 },
      ...{ transferredSlivers: 20, transferredBytes: 2000 },
      ...{ recoveredSlivers: 5, recoveryBytes: 7000 },
      ...{ expiredBlobs: 3, collectedBlobs: 6, collectedBytes: 300, deletedBlobs: 1 },
    });
  });

  it("has a row for each shard that moved, and as old as it is for one that still moves", () => {
    expect(
      transfers.map(({ outcome, durationMicroseconds }) => [outcome, durationMicroseconds]),
    ).toEqual([
      ["transferred", hours(2)],
      ["mixed", days(1)],
      ["unfinished", days(3)],
    ]);
  });

  it("puts the bytes of a shard sync where it ended in the timeline", () => {
    // Stretches of six hours: two hours into day 14 is in the 57th, day 15 begins the 61st.
    expect(timeline[56]).toMatchObject({ transferBytes: 1000, recoveryBytes: 0 });
    expect(timeline[60]).toMatchObject({ transferBytes: 1000, recoveryBytes: 7000 });
  });
});

describe("shards that are down", () => {
  it("are those that the node holds by then", () => {
    const { timeline } = rowsOf(
      syncStarted(2, 5, 1, 0, days(1)),
      syncStarted(2, 5, 1, 0, days(1) + 1), // Begun anew after a crash: it does not move twice.
      fact(days(12), "node-down", { node: 1, shards: 5, cause: "crash", fault: 0 }),
      syncStarted(3, 5, 2, 1, days(20)), // The node that is down loses it.
    );
    const share = (day: number) => timeline[day * 4 + 1]!.shardsUpMin;
    expect(share(11)).toBe(1);
    expect(share(15)).toBeCloseTo(1 - 5 / 12);
    expect(share(25)).toBeCloseTo(1 - 4 / 12);
  });
});

describe("time to full redundancy", () => {
  it("lasts from a lost disk until the node's recovery has gone to its end", () => {
    const { redundancy } = rowsOf(
      fact(days(11), "disk-lost", { node: 1, shards: 4, fault: 0 }),
      fact(days(12), "disk-lost", { node: 1, shards: 4, fault: 0 }),
      fact(days(13), "node-recovery-started", { node: 1, blobs: 9 }),
      fact(days(14), "node-recovery-finished", {
        node: 1,
        blobs: 9,
        startedAt: days(13),
        durationMicroseconds: days(1),
      }),
    );
    expect(redundancy).toEqual([
      {
        ...{ cause: "disk", node: 1, blob: -1, startedAt: days(11), restoredAt: days(14) },
        durationMicroseconds: days(3),
      },
    ]);
  });

  it("lasts from a node's loss until the last of its shards has a new owner", () => {
    const moves = [0, 1, 2, 3].map((shard) =>
      syncFinished({ epoch: 2, shard, node: 1, from: 0 }, days(14), days(15) + shard),
    );
    const lost = fact(days(11), "node-lost", { node: 0, shards: 4, cause: "lost", fault: 0 });
    expect(rowsOf(lost, ...moves.slice(1)).redundancy).toMatchObject([
      { cause: "node", restoredAt: -1, durationMicroseconds: days(20) },
    ]);
    expect(rowsOf(lost, ...moves).redundancy).toMatchObject([
      { cause: "node", restoredAt: days(15) + 3 },
    ]);
  });

  it("lasts from a certificate until nodes that had missed the write have recovered it", () => {
    const recovery = (time: number, node: number) =>
      fact(time, "recovery-started", { node, blob: 7, pairs: 4, queuedAt: time });
    const { redundancy } = rowsOf(
      fact(days(11), "blob-certified", { blob: 6, bytes: 10 }),
      fact(days(11), "blob-certified", { blob: 7, bytes: 10 }),
      recovery(days(11) + hours(1), 2),
      fact(days(11) + hours(2), "blob-healed", { blob: 7 }),
      fact(days(12), "blob-healed", { blob: 7 }),
    );
    expect(redundancy).toMatchObject([
      { cause: "write", blob: 7, startedAt: days(11), durationMicroseconds: hours(2) },
    ]);
  });
});

describe("unavailability, challenges, regimes and invalid blobs", () => {
  it("become rows", () => {
    const challenge = { challenge: 3, policy: "light", node: 1, blobs: 10, bytes: 500 };
    const rows = rowsOf(
      fact(days(3), "regime", { fault: 0, regime: "calm" }),
      fact(days(5), "challenge-finished", {
        ...challenge,
        passed: 0,
        durationMicroseconds: 50,
        fault: 0,
      }),
      fact(days(12), "challenge-finished", {
        ...challenge,
        passed: 0,
        durationMicroseconds: 50,
        fault: 0,
      }),
      fact(days(12), "challenge-finished", {
        ...challenge,
        passed: 1,
        durationMicroseconds: 50,
        fault: -1,
      }),
      fact(days(13), "unavailable-span", {
        from: days(11),
        to: days(12),
        blobSeconds: 86_400,
        blobsMax: 2,
      }),
      fact(days(14), "blob-invalid", { blob: 4, node: -1, detectedAt: days(14) }),
      fact(days(20), "regime", { fault: 0, regime: "war" }),
    );
    expect(rows.challenges).toHaveLength(3);
    // Of the measured time: the one of the warm-up is left out.
    expect(rows.challengeTotals).toEqual({
      cheating: 1,
      detected: 1,
      honest: 1,
      wrongful: 0,
      bytes: 1000,
    });
    expect(rows.spans).toEqual([
      {
        from: days(11),
        to: days(12),
        durationMicroseconds: days(1),
        blobSeconds: 86_400,
        blobsMax: 2,
      },
    ]);
    expect(rows.invalidBlobs).toEqual([{ blob: 4, node: -1, at: days(14) }]);
    expect(rows.regimes).toEqual([
      { fault: 0, regime: "calm", from: days(3), to: days(20) },
      { fault: 0, regime: "war", from: days(20), to: days(31) },
    ]);
  });
});

describe("samples of health", () => {
  const sample = (time: number, unavailable: number, marginMin: number) =>
    fact(time, "health", {
      ...{ blobs: 100, unavailable, lost: 0, incomplete: 0, marginMin },
      ...{ m0: 0, m1: 0, m2: 0, m3: 0, m4: 0, m5: 0, m6: 0, m7: 0, m8: 0, m9: 100 - unavailable },
      ...{ shardsActive: 12, shardsSyncing: 0, shardsRecovering: 0, shardsDown: 0, shardsLying: 0 },
      backlogSlivers: 0,
    });

  it("are thinned to as many as a figure needs, the worse of neighbours kept; totals count all", () => {
    const log = new HealthLog(0, 1000, 50);
    for (let time = 0; time < 1000; time += 1) {
      log.sampled(sample(time, time === 500 ? 7 : 0, time === 500 ? -3 : time % 9));
    }
    expect(log.rows().length).toBeLessThanOrEqual(50);
    expect(log.rows().length).toBeGreaterThan(25);
    expect(log.rows().filter(({ unavailable }) => unavailable === 7)).toHaveLength(1);
    expect(log.totals()).toMatchObject({
      ...{ samples: 1000, blobSamples: 100_000 },
      ...{ marginMin: -3, unavailableMax: 7 },
    });
  });

  it("of the warm-up are rows, and in no total", () => {
    const log = new HealthLog(10, 20);
    log.sampled(sample(5, 50, -1));
    expect(log.totals()).toBeUndefined();
    log.sampled(sample(15, 0, 3));
    expect(log.rows()).toHaveLength(2);
    expect(log.totals()).toMatchObject({ samples: 1, marginMin: 3, unavailableMax: 0 });
  });
});
