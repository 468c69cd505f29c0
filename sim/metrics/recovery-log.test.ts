import { describe, expect, it } from "vitest";
import type { Fact } from "../engine/actor.ts";
import { hours, minutes, type SimTime } from "../engine/sim-time.ts";
import { MetricsCollector } from "./collector.ts";

const nodes = ["a", "b"].map((name) => ({
  name,
  shards: 5,
  place: "Paris",
  region: "europe",
  provider: "ovh",
}));
const noTraffic = nodes.map(() => ({ sentBytes: 0, receivedBytes: 0, lostMessages: 0 }));

const started = (node: number, blob: number, queuedAt: SimTime, time = queuedAt): Fact => ({
  time,
  actor: node,
  fact: "recovery-started",
  details: { node, blob, pairs: 2, queuedAt },
});

const finished = (node: number, blob: number, queuedAt: SimTime, time: SimTime): Fact => ({
  time,
  actor: node,
  fact: "recovery-finished",
  details: {
    node,
    blob,
    bytes: 1000,
    pairs: 2,
    queuedAt,
    startedAt: queuedAt,
    metadataMicroseconds: 1,
    secondaryMicroseconds: 2,
    primaryMicroseconds: 3,
    requests: 4,
    failedRequests: 1,
    symbols: 11,
    wrongSymbols: 0,
    bytesReceived: 700,
    pauses: 0,
  },
});

/** An hour, of which the first quarter is warm-up, in four stretches. */
const rowsOf = (facts: readonly Fact[]) => {
  const options = { warmUp: minutes(15), horizon: hours(1), nodes, faults: [], bins: 4 };
  const collector = new MetricsCollector(options);
  for (const fact of facts) collector.observe(fact);
  return collector.finish(hours(2), noTraffic);
};

describe("rows of recoveries", () => {
  it("tell how long each took from when it was due", () => {
    const { recoveries } = rowsOf([
      started(0, 7, minutes(20), minutes(25)),
      finished(0, 7, minutes(20), minutes(30)),
    ]);
    expect(recoveries).toMatchObject([
      { node: 0, blob: 7, outcome: "ok", durationMicroseconds: minutes(10), bytesReceived: 700 },
    ]);
  });

  it("leave out what was due in the warm-up or after the horizon", () => {
    const { recoveries } = rowsOf([
      finished(0, 1, minutes(14), minutes(16)),
      finished(0, 2, minutes(15), minutes(17)),
      finished(0, 3, hours(1), hours(1.5)),
    ]);
    expect(recoveries.map(({ blob }) => blob)).toEqual([2]);
  });

  it("count those that never ended, as old as they are when the run is over", () => {
    const { recoveries } = rowsOf([
      started(0, 1, minutes(20)),
      started(1, 1, minutes(30)),
      finished(1, 1, minutes(30), minutes(31)),
    ]);
    const unfinished = recoveries.filter(({ outcome }) => outcome === "unfinished");
    expect(unfinished).toMatchObject([
      { node: 0, finishedAt: -1, durationMicroseconds: hours(2) - minutes(20) },
    ]);
  });

  it("count the last beginning alone of a node that crashed on the way", () => {
    const { recoveries } = rowsOf([
      started(0, 1, minutes(20)),
      started(0, 1, minutes(40)),
      finished(0, 1, minutes(40), minutes(45)),
    ]);
    expect(recoveries).toMatchObject([{ outcome: "ok", durationMicroseconds: minutes(5) }]);
  });

  it("sum up to what each node and each stretch of time has", () => {
    const { nodes: nodeRows, timeline } = rowsOf([
      finished(0, 1, minutes(20), minutes(25)),
      finished(0, 2, minutes(20), minutes(35)),
      finished(1, 2, minutes(20), minutes(35)),
      started(1, 3, minutes(20)),
    ]);
    expect(nodeRows.map(({ recoveries, recoveryBytes }) => [recoveries, recoveryBytes])).toEqual([
      [2, 1400],
      [1, 700],
    ]);
    expect(timeline.map(({ recoveries, recoveryBytes }) => [recoveries, recoveryBytes])).toEqual([
      [0, 0],
      [1, 700],
      [2, 1400],
      [0, 0],
    ]);
  });
});

describe("recoveries of a blob that was encoded wrongly", () => {
  const proven: Fact = {
    time: minutes(21),
    actor: 0,
    fact: "inconsistency-proven",
    details: { node: 0, blob: 7, axis: "primary" },
  };
  const invalid: Fact = {
    time: minutes(22),
    actor: 2,
    fact: "blob-invalid",
    details: { blob: 7, node: 0, detectedAt: minutes(21) },
  };
  const outcomes = (facts: readonly Fact[]) =>
    rowsOf(facts).recoveries.map(({ node, blob, outcome }) => ({ node, blob, outcome }));
  const begun = [
    started(0, 7, minutes(20)),
    started(1, 7, minutes(20)),
    started(1, 8, minutes(20)),
  ];

  it("are no recoveries: not that of the node that proved it, and then nobody's", () => {
    const others = { node: 1, outcome: "unfinished" };
    expect(outcomes([...begun, proven])).toEqual([
      { ...others, blob: 7 },
      { ...others, blob: 8 },
    ]);
    expect(outcomes([...begun, proven, invalid])).toEqual([{ ...others, blob: 8 }]);
  });
});
