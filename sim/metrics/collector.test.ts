import { describe, expect, it } from "vitest";
import type { Fact, FactDetails } from "../engine/actor.ts";
import { hours, minutes, seconds } from "../engine/sim-time.ts";
import { MetricsCollector } from "./collector.ts";

const nodes = [
  { name: "node-0", shards: 6, place: "Paris", region: "europe", provider: "ovh" },
  { name: "node-1", shards: 4, place: "Tokyo", region: "asia", provider: "aws" },
];
const noTraffic = nodes.map(() => ({ sentBytes: 0, receivedBytes: 0, lostMessages: 0 }));

/** An hour, of which the first quarter is warm-up, in four stretches. */
const collectorOfAnHour = (faults: readonly { kind: string }[] = []) =>
  new MetricsCollector({ warmUp: minutes(15), horizon: hours(1), nodes, faults, bins: 4 });

const fact = (time: number, name: string, details: FactDetails): Fact => ({
  time,
  actor: 0,
  fact: name,
  details,
});

const readFinished = (read: number, startedAt: number, time: number, outcome = "ok") =>
  fact(time, "read-finished", {
    read,
    blob: 7,
    client: "client-0",
    place: "Paris",
    kind: "whole",
    bytes: 1000,
    startedAt,
    outcome,
    metadataMicroseconds: 10,
    sliversMicroseconds: 20,
    decodeMicroseconds: 30,
    requests: 334,
    failedRequests: 2,
    sliversReceived: 334,
    bytesReceived: 4000,
    cause: "",
  });

const writeFinished = (write: number, startedAt: number, time: number, outcome = "ok") =>
  fact(time, "write-finished", {
    write,
    blob: 8,
    client: "client-0",
    place: "Paris",
    bytes: 1000,
    startedAt,
    outcome,
    encodeMicroseconds: 1,
    statusMicroseconds: 2,
    registerMicroseconds: 3,
    uploadMicroseconds: 4,
    tailMicroseconds: 5,
    confirmMicroseconds: 6,
    certifyMicroseconds: 7,
    requests: 2210,
    failedRequests: 0,
    bytesSent: 70_000,
    weight: 9,
    reuploads: 0,
  });

describe("operations", () => {
  it("count from the end of the warm-up to the horizon, by when they began", () => {
    const collector = collectorOfAnHour();
    const starts = [minutes(15) - 1, minutes(15), hours(1) - 1, hours(1)];
    for (const [read, startedAt] of starts.entries()) {
      collector.observe(readFinished(read, startedAt, startedAt + seconds(1)));
      collector.observe(writeFinished(read, startedAt, startedAt + seconds(2)));
    }
    const rows = collector.finish(hours(1), noTraffic);
    expect(rows.reads.map((row) => row.read)).toEqual([1, 2]);
    expect(rows.writes.map((row) => row.write)).toEqual([1, 2]);
    expect(rows.reads.map((row) => row.latencyMicroseconds)).toEqual([seconds(1), seconds(1)]);
  });

  it("are timeouts if still open at the end and older than five minutes, else left out", () => {
    const collector = collectorOfAnHour();
    for (const [serial, startedAt] of [minutes(54), minutes(56)].entries()) {
      const details = { read: serial, write: serial, blob: 1, bytes: 5, kind: "whole" };
      collector.observe(fact(startedAt, "read-started", details));
      collector.observe(fact(startedAt, "write-started", details));
    }
    const rows = collector.finish(hours(1), noTraffic);
    expect(rows.reads).toMatchObject([{ read: 0, outcome: "timeout" }]);
    expect(rows.writes).toMatchObject([{ write: 0, outcome: "timeout" }]);
    expect([rows.unfinishedReads, rows.unfinishedWrites]).toEqual([1, 1]);
  });

  it("appear in the stretch in which they began, warm-up included", () => {
    const collector = collectorOfAnHour();
    collector.observe(readFinished(0, minutes(1), minutes(20)));
    collector.observe(readFinished(1, minutes(15), minutes(15) + 100));
    collector.observe(readFinished(2, minutes(16), minutes(16) + 300));
    collector.observe(readFinished(3, minutes(17), minutes(40), "timeout"));
    collector.observe(fact(minutes(50), "blob-certified", { blob: 8, bytes: 1000 }));
    const { timeline } = collector.finish(hours(1), noTraffic);
    expect(timeline.map((row) => row.reads)).toEqual([1, 3, 0, 0]);
    expect(timeline.map((row) => row.readsOk)).toEqual([1, 2, 0, 0]);
    expect(timeline.map((row) => row.readLatencyP50Microseconds)).toEqual([
      minutes(19),
      100,
      -1,
      -1,
    ]);
    expect(timeline.map((row) => row.readLatencyP99Microseconds)).toEqual([
      minutes(19),
      300,
      -1,
      -1,
    ]);
    expect(timeline.map((row) => row.warmUp)).toEqual([true, false, false, false]);
    expect(timeline.map((row) => row.blobsCertified)).toEqual([0, 0, 0, 1]);
  });
});

describe("a node", () => {
  const outage = (collector: MetricsCollector, node: number, from: number, to: number) => {
    collector.observe(fact(from, "node-down", { node, shards: 4, cause: "crash", fault: -1 }));
    collector.observe(fact(to, "node-up", { node, shards: 4, fault: -1 }));
  };

  it("is available for the share of the measured time in which it is up", () => {
    const collector = collectorOfAnHour();
    outage(collector, 1, minutes(10), minutes(20)); // Five minutes of it are measured.
    outage(collector, 1, minutes(30), minutes(34));
    const [first, second] = collector.finish(hours(1), noTraffic).nodes;
    expect(first).toMatchObject({ availability: 1, outages: 0, lostAt: -1 });
    expect(second).toMatchObject({
      availability: 1 - 9 / 45,
      outages: 2,
      downMicroseconds: minutes(9),
      longestOutageMicroseconds: minutes(5),
    });
  });

  it("holds shards for as long as it does, of those it gains and loses", () => {
    const collector = collectorOfAnHour();
    // Of the 45 minutes that are measured a shard is 30 with the second.
    const move = { epoch: 2, shard: 0, from: 0, node: 1 };
    collector.observe(fact(minutes(30), "shard-sync-started", move));
    const [first, second] = collector.finish(hours(1), noTraffic).nodes;
    expect(first!.shards - first!.shardsMean).toBeCloseTo(30 / 45, 12);
    expect(second!.shardsMean - second!.shards).toBeCloseTo(30 / 45, 12);
  });

  it("that recovers many blobs at a time receives them evenly", () => {
    const collector = collectorOfAnHour();
    const progress = { node: 1, from: minutes(25), bytes: 1000 };
    collector.observe(fact(minutes(50), "recovery-progress", progress));
    const { timeline, nodes } = collector.finish(hours(1), noTraffic);
    expect(timeline.map(({ recoveryBytes }) => recoveryBytes)).toEqual([0, 200, 600, 200]);
    expect(nodes.map(({ recoveryBytes }) => recoveryBytes)).toEqual([0, 1000]);
  });

  it("that is lost for good is down to the horizon", () => {
    const collector = collectorOfAnHour();
    collector.observe(fact(minutes(45), "node-lost", { node: 0, shards: 6, fault: -1 }));
    collector.observe(fact(minutes(45), "disk-lost", { node: 0, shards: 6, fault: -1 }));
    const [first] = collector.finish(hours(1), noTraffic).nodes;
    expect(first).toMatchObject({
      lostAt: minutes(45),
      disksLost: 1,
      downMicroseconds: minutes(15),
    });
  });

  it("takes its shards with it, weighted by time", () => {
    const collector = collectorOfAnHour();
    outage(collector, 1, minutes(20), minutes(23)); // A fifth of the second quarter.
    const { timeline } = collector.finish(hours(1), noTraffic);
    expect(timeline.map((row) => row.shardsUpMean)).toEqual([1, 1 - 0.4 / 5, 1, 1]);
    expect(timeline.map((row) => row.shardsUpMin)).toEqual([1, 0.6, 1, 1]);
  });

  it("takes them from every stretch that its outage reaches into", () => {
    const collector = collectorOfAnHour();
    outage(collector, 1, minutes(20), minutes(40));
    const { timeline } = collector.finish(hours(1), noTraffic);
    expect(timeline.map((row) => row.shardsUpMin)).toEqual([1, 0.6, 0.6, 1]);
  });

  it("that a second fault hits while it is down goes down once", () => {
    const collector = collectorOfAnHour();
    collector.observe(
      fact(minutes(20), "node-down", { node: 1, shards: 4, cause: "a", fault: -1 }),
    );
    outage(collector, 1, minutes(25), minutes(30));
    expect(collector.finish(hours(1), noTraffic).nodes[1]).toMatchObject({
      outages: 1,
      downMicroseconds: minutes(10),
    });
  });

  it("keeps the traffic it is told of", () => {
    const traffic = [1, 2].map((n) => ({ sentBytes: n, receivedBytes: 10 * n, lostMessages: 0 }));
    const rows = collectorOfAnHour().finish(hours(1), traffic);
    expect(rows.nodes.map((row) => row.receivedBytes)).toEqual([10, 20]);
  });
});

describe("a fault of the scenario", () => {
  it("has a row also if it never began", () => {
    const rows = collectorOfAnHour([{ kind: "slow" }]).finish(hours(1), noTraffic);
    expect(rows.faults).toEqual([{ fault: 0, kind: "slow", spans: [], nodesDown: 0, bites: 0 }]);
  });

  it("is in force from each start to its end, or to the end of the run", () => {
    const collector = collectorOfAnHour([{ kind: "slow" }, { kind: "partition" }]);
    const started = { fault: 1, kind: "partition", nodes: 1, shards: 4 };
    collector.observe(fact(minutes(20), "fault-started", started));
    collector.observe(fact(minutes(30), "fault-ended", { fault: 1 }));
    collector.observe(fact(minutes(50), "fault-started", started));
    collector.observe(fact(minutes(51), "fault-bit", { fault: 1, count: 3 }));
    collector.observe(fact(minutes(52), "fault-bit", { fault: 1, count: 2 }));
    const [, partition] = collector.finish(hours(1), noTraffic).faults;
    expect(partition?.bites).toBe(5);
    expect(partition?.spans.map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual([
      [minutes(20), minutes(30)],
      [minutes(50), hours(1)],
    ]);
  });
});

it("a fault in force twice over ends first where it began first", () => {
  const collector = collectorOfAnHour([{ kind: "restart" }]);
  for (const time of [minutes(10), minutes(20)]) {
    const started = { fault: 0, kind: "restart", nodes: 1, shards: 4 };
    collector.observe(fact(time, "fault-started", started));
  }
  collector.observe(fact(minutes(30), "fault-ended", { fault: 0 }));
  const [restart] = collector.finish(hours(1), noTraffic).faults;
  expect(restart?.spans.map(({ startedAt, endedAt }) => [startedAt, endedAt])).toEqual([
    [minutes(10), minutes(30)],
    [minutes(20), hours(1)],
  ]);
});

it("keeps the audit, and says so if there was none", () => {
  const collector = collectorOfAnHour();
  expect(collector.finish(hours(1), noTraffic).audit).toBeUndefined();
  const audit = { blobs: 10, lost: 1, unavailable: 2, incomplete: 3 };
  collector.observe(fact(hours(1), "audit", audit));
  expect(collector.finish(hours(1), noTraffic).audit).toEqual(audit);
});

it("gives rows that a worker can post", () => {
  const collector = collectorOfAnHour([{ kind: "slow" }]);
  collector.observe(readFinished(0, minutes(20), minutes(21)));
  const rows = collector.finish(hours(1), noTraffic);
  expect(structuredClone(rows)).toEqual(rows);
});

it("ends the run if a fact lacks what it must have: that is a mistake of ours", () => {
  const collector = collectorOfAnHour();
  expect(() => collector.observe(fact(0, "fault-bit", { fault: 3, count: 1 }))).toThrow(/no fault/);
  expect(() => collector.observe(fact(0, "read-finished", { read: 0 }))).toThrow(/startedAt/);
});
