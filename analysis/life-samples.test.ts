import { describe, expect, it } from "vitest";
import type { ReplicationRows } from "../sim/metrics/rows.ts";
import { summarize } from "./summary.ts";
import { guarantees } from "./testing/guarantees.ts";
import { syntheticLife } from "./testing/synthetic-life.ts";
import { syntheticRows } from "./testing/synthetic-rows.ts";

const scenario = { scenario: "made-up", question: "Is it?" };
const replications = syntheticLife();
const day = 86_400e6;

const summaryOf = (rows: readonly ReplicationRows[], ...texts: readonly string[]) =>
  summarize({ ...scenario, replications: rows, guarantees: guarantees(...texts) });
const numberOf = (rows: readonly ReplicationRows[], name: string, aggregation: string) =>
  summaryOf(rows).metrics.find((m) => m.metric === name && m.aggregation === aggregation)!;

describe("metrics over time", () => {
  it("take a sample in time as one try for availability, however many blobs there are", () => {
    const [calm] = syntheticLife({ replications: 1, unavailable: 0 });
    // Two-hourly from day 7 to 98, both ends included: 1,093 samples a replication.
    const readable = numberOf([calm!, calm!], "blobs.readable", "ratio");
    expect(readable).toMatchObject({ value: 1, interval: "one-sided", count: 2 * 1093 });
    expect(readable.low).toBeCloseTo(0.05 ** (1 / (2 * 1093)), 9);

    // A day of a million unreadable blobs, of ten million in 91 days.
    const span = { from: 20 * day, to: 21 * day, durationMicroseconds: day, blobsMax: 1e6 };
    const spans = [{ ...span, blobSeconds: 1e6 * 86_400 }];
    const worse = replications.map((rows) => ({ ...rows, spans }));
    const { value, count } = numberOf(worse, "blobs.readable", "ratio");
    expect(value).toBeCloseTo(1 - 0.1 / 91, 9);
    expect(count).toBe(4 * 1093);
    // Between samples that saw nothing of it.
    const unseen = [calm!, calm!].map((rows) => ({ ...rows, spans }));
    expect(numberOf(unseen, "blobs.margin", "min").value).toBe(-1);
    expect(numberOf(unseen, "blobs.unavailable", "max").value).toBe(1e6);
  });

  it("tell the worst margin, also one below zero", () => {
    expect(numberOf(replications, "blobs.margin", "min")).toMatchObject({
      ...{ value: -3, low: -3, high: -3, unit: "slivers", text: "-3" },
    });
    const { guarantees: judged } = summaryOf(replications, "blobs.margin: min >= 0");
    expect(judged[0]).toMatchObject({ verdict: "broken", noData: false });
  });

  it("tell the most blobs that could not be read at once, and for how long some could not", () => {
    expect(numberOf(replications, "blobs.unavailable", "max").value).toBe(40_000);
    const [first] = replications;
    const spans = [
      { from: 6 * day, to: 8 * day, durationMicroseconds: 2 * day, blobSeconds: 1, blobsMax: 1 },
      { from: 20 * day, to: 23 * day, durationMicroseconds: 3 * day, blobSeconds: 1, blobsMax: 1 },
    ];
    // The first one lies in the warm-up of a week by half.
    expect(numberOf([{ ...first!, spans }], "unavailable.time", "mean").value).toBe(4 * 86_400);
    expect(numberOf([{ ...first!, spans }], "unavailable.time", "max").value).toBe(3 * 86_400);
  });

  it("count epochs that began in the measured time", () => {
    const first = replications.map((rows) => ({ ...rows, warmUp: 15 * day }));
    expect(numberOf(first, "shards.moved", "mean")).toMatchObject({ value: 10, count: 4 * 5 });
    expect(numberOf(first, "epoch.duration", "max")).toMatchObject({ value: 14 * 86_400 });
    // The last epoch has no end yet.
    expect(numberOf(first, "epoch.duration", "mean").count).toBe(4 * 4);
  });

  it("count an epoch that was never synced, a transfer and a loss that never ended, by their age", () => {
    const aged = replications.map((rows) => ({
      ...rows,
      epochs: rows.epochs.slice(-1).map((row) => ({ ...row, syncedAt: -1, syncMicroseconds: -1 })),
      redundancy: rows.redundancy.filter(({ restoredAt }) => restoredAt === -1),
    }));
    expect(numberOf(aged, "epoch.sync", "max").value).toBe(14 * 86_400);
    const ages = aged.map(({ redundancy }) => redundancy[0]!.durationMicroseconds / 1e6);
    const mean = ages.reduce((sum, age) => sum + age, 0) / ages.length;
    expect(numberOf(aged, "redundancy.time", "mean").value).toBeCloseTo(mean, 3);
  });

  it("leave out a transfer that the next change of committee made void", () => {
    const [rows] = replications;
    const [transfer] = rows!.transfers;
    const transfers = (["abandoned", "unfinished", "recovered"] as const).map((outcome, index) => ({
      ...transfer!,
      outcome,
      durationMicroseconds: (index + 1) * 1e6,
    }));
    expect(numberOf([{ ...rows!, transfers }], "transfer.duration", "mean")).toMatchObject({
      value: 2.5,
      count: 2,
    });
  });

  it("tell what share of cheats a challenge finds, and of others it wrongs", () => {
    const totals = { cheating: 10, detected: 8, honest: 90, wrongful: 0, bytes: 0 };
    const challenged = replications.map((rows) => ({ ...rows, challengeTotals: totals }));
    expect(numberOf(challenged, "challenge.detected", "ratio")).toMatchObject({ value: 0.8 });
    expect(numberOf(challenged, "challenge.wrongful", "ratio")).toMatchObject({ value: 0 });
  });

  it("count what all nodes receive for a blob against its bytes, once", () => {
    const [rows] = syntheticRows({ replications: 1, reads: 1, writes: 1 });
    const recovery = { ...rows!.recoveries.find(({ outcome }) => outcome === "ok")!, bytes: 100 };
    const recoveries = [
      { ...recovery, blob: 1, bytesReceived: 60 },
      { ...recovery, blob: 1, bytesReceived: 80 },
      { ...recovery, blob: 2, bytesReceived: 100 },
    ];
    expect(numberOf([{ ...rows!, recoveries }], "recovery.overhead", "mean").value).toBe(1.2);
  });

  it("set a node's load against the mean of all", () => {
    const [rows] = replications;
    const nodes = [300, 100, 50, 50].map((sentBytes, node) => ({
      ...rows!.nodes[node]!,
      sentBytes,
    }));
    expect(numberOf([{ ...rows!, nodes }], "node.load", "max").value).toBe(2.4);
  });

  it("have no data in a run in which nobody looked, and guarantees on them fail", () => {
    const { guarantees: judged } = summaryOf(
      syntheticRows({ replications: 2, reads: 10, writes: 1 }),
      ...["blobs.readable: ratio >= 0.9", "blobs.margin: min >= 0", "blobs.unavailable: max <= 0"],
      ...["unavailable.time: max <= 1h", "epoch.sync: p95 <= 4h", "transfer.duration: p95 <= 1h"],
      ...["challenge.detected: ratio >= 0.5", "shards.moved: max <= 100"],
    );
    expect(judged.map(({ noData, verdict }) => [noData, verdict])).toEqual(
      judged.map(() => [true, "broken"]),
    );
  });
});
