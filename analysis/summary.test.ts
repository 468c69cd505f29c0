import { describe, expect, it } from "vitest";
import { catalogue } from "../sim/metrics/catalogue.ts";
import type { ReplicationRows } from "../sim/metrics/rows.ts";
import { samplers } from "./samples.ts";
import { type Summary, summarize } from "./summary.ts";
import { guarantees } from "./testing/guarantees.ts";
import { syntheticRows } from "./testing/synthetic-rows.ts";

const scenario = { scenario: "made-up", question: "Is it?" };
const replications = syntheticRows({ replications: 4, reads: 200, writes: 50 });

const numberOf = (summary: Summary, name: string, aggregation: string) =>
  summary.metrics.find((m) => m.metric === name && m.aggregation === aggregation);

const emptied = (rows: ReplicationRows): ReplicationRows => ({
  ...rows,
  reads: [],
  writes: [],
  audit: undefined,
});

describe("a summary", () => {
  const summary = summarize({ ...scenario, replications, guarantees: [] });

  it("has every metric of the catalogue with every aggregation, in its order", () => {
    const names = summary.metrics.map(({ metric, aggregation }) => `${metric}/${aggregation}`);
    const wanted = catalogue.flatMap((m) => m.aggregations.map((a) => `${m.name}/${a}`));
    expect(names).toEqual(wanted);
    expect(Object.keys(samplers).sort()).toEqual(catalogue.map(({ name }) => name).sort());
  });

  it("is plain JSON", () => {
    expect(JSON.parse(JSON.stringify(summary))).toEqual(summary);
  });

  it("counts what the rows hold", () => {
    const reads = replications.flatMap((rows) => rows.reads);
    const ok = reads.filter((row) => row.outcome === "ok");
    expect(numberOf(summary, "read.success", "ratio")?.value).toBe(ok.length / reads.length);
    expect(numberOf(summary, "read.success", "ratio")?.count).toBe(reads.length);
    expect(numberOf(summary, "read.count", "count")?.value).toBe(reads.length / 4);
    expect(summary.outcomes.reads[0]).toMatchObject({ outcome: "ok", count: ok.length });
  });

  it("calls no read a failure whose blob expired meanwhile", () => {
    const expired = replications.map((rows) => ({
      ...rows,
      reads: rows.reads.map((row) => ({
        ...row,
        outcome: row.outcome === "ok" ? "ok" : "expired",
      })),
    }));
    const judged = summarize({ ...scenario, replications: expired, guarantees: [] });
    const ok = replications.flatMap((rows) => rows.reads).filter((row) => row.outcome === "ok");
    expect(ok.length).toBeLessThan(4 * 200);
    expect(numberOf(judged, "read.success", "ratio")).toMatchObject({ value: 1, count: ok.length });
    expect(numberOf(judged, "read.failures", "count")?.value).toBe(0);
    expect(numberOf(judged, "read.count", "count")).toEqual(
      numberOf(summary, "read.count", "count"),
    );
  });

  it("gives latencies in seconds, over operations that succeeded", () => {
    const ok = replications.flatMap((rows) => rows.reads.filter((row) => row.outcome === "ok"));
    const slowest = replications.map((rows) =>
      Math.max(...rows.reads.filter((r) => r.outcome === "ok").map((r) => r.latencyMicroseconds)),
    );
    const mean = ok.reduce((sum, row) => sum + row.latencyMicroseconds, 0) / ok.length / 1e6;
    expect(numberOf(summary, "read.latency", "mean")).toMatchObject({ unit: "s" });
    expect(numberOf(summary, "read.latency", "mean")?.value).toBeCloseTo(mean, 9);
    const longest = slowest.reduce((sum, latency) => sum + latency, 0) / 4 / 1e6;
    expect(numberOf(summary, "read.latency", "max")?.value).toBeCloseTo(longest, 9);
  });

  it("counts bytes received by reads that succeeded, for each byte asked for", () => {
    const [first] = replications;
    const [read] = first!.reads;
    const reads = [
      { ...read!, outcome: "ok", bytes: 100, bytesReceived: 400 },
      { ...read!, outcome: "ok", bytes: 10, bytesReceived: 60 },
      { ...read!, outcome: "timeout", bytes: 10, bytesReceived: 9000 },
    ];
    const few = summarize({ ...scenario, replications: [{ ...first!, reads }], guarantees: [] });
    expect(numberOf(few, "read.amplification", "mean")?.value).toBe(5);
  });

  it("weighs a node's availability by the shards that it held", () => {
    const [first] = replications;
    const nodes = [0.5, 1, 0].map((availability, node) => ({
      ...first!.nodes[node]!,
      availability,
      shardsMean: [1, 3, 0][node]!,
    }));
    const skewed = summarize({
      ...scenario,
      replications: [1, 2].map(() => ({ ...first!, nodes })),
      guarantees: [],
    });
    expect(numberOf(skewed, "node.availability", "mean")?.value).toBe(0.875);
    expect(numberOf(skewed, "node.availability", "min")?.value).toBe(0.5);
  });

  it("says that one replication has no interval", () => {
    const one = summarize({ ...scenario, replications: replications.slice(0, 1), guarantees: [] });
    expect(one.metrics.every(({ low, high }) => low === null && high === null)).toBe(true);
    expect(one.warnings.map(({ kind }) => kind)).toContain("one-replication");
  });

  it("never shows 0 or 100 % for want of a hit", () => {
    const writes = numberOf(summary, "write.success", "ratio");
    expect(writes).toMatchObject({ value: 1, high: null, interval: "one-sided" });
    expect(writes?.text).toMatch(/^all of \d+$/);
    expect(writes?.intervalText).toMatch(/^misses < \d\.\de-\d$/);
    const lost = numberOf(summary, "blobs.lost", "count");
    expect(lost).toMatchObject({ value: 0, text: "none in 4 replications" });
    expect(lost?.note).toContain("53 %");
  });

  it("has nothing to say without operations, and guarantees then fail", () => {
    const empty = summarize({
      ...scenario,
      replications: replications.map(emptied),
      guarantees: guarantees("read.success: ratio >= 0.9", "read.failures: count == 0"),
      expect: "broken",
    });
    expect(numberOf(empty, "read.latency", "p99")).toMatchObject({ value: null, text: "no data" });
    expect(empty.guarantees.map(({ noData }) => noData)).toEqual([true, true]);
    expect(empty.exitCode).toBe(1);
  });

  it("does not depend on the order of rows within a replication", () => {
    const reversed = replications.map((rows) => ({ ...rows, reads: [...rows.reads].reverse() }));
    const other = summarize({ ...scenario, replications: reversed, guarantees: [] });
    expect(numberOf(other, "read.latency", "p99")).toEqual(
      numberOf(summary, "read.latency", "p99"),
    );
  });
});

describe("a verdict in a summary", () => {
  it("comes with limit, value, interval and reason", () => {
    const { guarantees: judged, verdict } = summarize({
      ...scenario,
      replications,
      guarantees: guarantees("read.latency: p50 <= 90s", "read.latency: p99.5 <= 1ms"),
    });
    expect(judged[0]).toMatchObject({
      guarantee: "read.latency: p50 <= 90s",
      verdict: "met",
      limit: 90,
      limitText: "<= 90 s",
      unit: "s",
    });
    expect(judged[1]).toMatchObject({ aggregation: "p99.5", verdict: "broken", limit: 0.001 });
    expect(verdict).toBe("broken");
  });
});

describe("warnings", () => {
  const kinds = (rows: readonly ReplicationRows[]) =>
    summarize({ ...scenario, replications: rows, guarantees: [] }).warnings;

  it("name a fault that never began, and one that no operation met", () => {
    const faults = replications[0]!.faults.map((fault) => ({ ...fault, bites: 0 }));
    const messages = kinds([{ ...replications[0]!, faults }]).map(({ message }) => message);
    expect(messages[0]).toContain("faults[0] (crash-recover) was in force, yet no operation");
    expect(messages[2]).toContain("faults[2] (slow) never began");
  });

  it("are silent on a fault that bit in any replication", () => {
    const told = kinds(replications).filter(({ message }) => message.includes("faults[1]"));
    expect(told).toEqual([]);
  });

  it("tell of operations left out, and of what is assumed", () => {
    const { warnings } = summarize({
      ...scenario,
      replications: [{ ...replications[0]!, unfinishedReads: 2 }, replications[1]!],
      guarantees: [],
      assumed: [{ path: "committee.uplink", value: "1Gbit/s", why: "no public measurement" }],
    });
    const messages = warnings.map(({ message }) => message);
    expect(messages).toContain("2 operations were still open at the end and are left out.");
    expect(messages).toContain("committee.uplink = 1Gbit/s is assumed: no public measurement.");
  });
});
