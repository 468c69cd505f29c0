import seedrandom from "seedrandom";

import { MetricsCollector } from "../../sim/metrics/collector.ts";
import type { ReplicationRows } from "../../sim/metrics/rows.ts";

/** What a made-up experiment may vary. No model runs: the numbers have the shape of results only. */
export interface SyntheticOptions {
  readonly replications?: number;
  readonly reads?: number;
  readonly writes?: number;
  /** Chance that a read fails, in calm and while the outage lasts. */
  readonly failing?: { readonly calm: number; readonly outage: number };
}

const minutes = (count: number) => Math.round(count * 60e6);
const hours = (count: number) => minutes(60 * count);
const horizon = hours(48);
const warmUp = hours(4);
const places = [
  { place: "Frankfurt", region: "europe", delay: 0.6 },
  { place: "Virginia", region: "america", delay: 0.9 },
  { place: "Tokyo", region: "asia", delay: 1.5 },
];

/** Replications of a two-day experiment with a region outage from 20 h to 26 h. */
export function syntheticRows(options: SyntheticOptions = {}): ReplicationRows[] {
  const { replications = 10 } = options;
  return Array.from({ length: replications }, (_, index) => replication(index, options));
}

function replication(index: number, options: SyntheticOptions): ReplicationRows {
  const { reads = 600, writes = 200, failing = { calm: 0.001, outage: 0.25 } } = options;
  const random = seedrandom.alea(`synthetic/${index}`);
  const nodes = Array.from({ length: 40 }, (_, node) => {
    const { place, region } = places[node % places.length] ?? { place: "", region: "" };
    return { name: `node-${node}`, shards: 25, place, region, provider: "assumed" };
  });
  const faults = [{ kind: "crash-recover" }, { kind: "region-outage" }, { kind: "slow" }];
  const collector = new MetricsCollector({ warmUp, horizon, nodes, faults });
  const facts: { time: number; fact: string; details: Record<string, number | string> }[] = [];
  const add = (time: number, fact: string, details: Record<string, number | string>) =>
    facts.push({ time, fact, details });

  const outageStart = hours(20) + Math.floor(random() * minutes(30));
  const outageEnd = outageStart + hours(6);
  add(0, "fault-started", { fault: 0, kind: "crash-recover", nodes: 40, shards: 1000 });
  add(outageStart, "fault-started", { fault: 1, kind: "region-outage", nodes: 14, shards: 350 });
  add(outageEnd, "fault-ended", { fault: 1 });
  add(outageStart + 1, "fault-bit", { fault: 1, count: 500 });
  add(hours(10), "fault-bit", { fault: 0, count: 40 });
  for (const [node, { shards, region }] of nodes.entries()) {
    const since = Math.floor(random() * horizon);
    const until = since + minutes(20 + 200 * random());
    add(since, "node-down", { node, shards, cause: "crash", fault: 0 });
    add(until, "node-up", { node, shards, fault: 0 });
    if (region !== "europe" || (since < outageEnd && until > outageStart)) continue;
    add(outageStart, "node-down", { node, shards, cause: "region-outage", fault: 1 });
    add(outageEnd, "node-up", { node, shards, fault: 1 });
  }

  for (let read = 0; read < reads; read += 1) {
    const startedAt = Math.floor(random() * horizon);
    const { place, delay } = places[read % places.length] ?? { place: "", delay: 1 };
    const isOutage = startedAt >= outageStart && startedAt < outageEnd;
    const fails = random() < (isOutage ? failing.outage : failing.calm);
    const seconds = delay * (isOutage ? 1.8 : 1) * (0.6 - 0.45 * Math.log(1 - random()));
    const latency = fails ? minutes(5) : Math.round(seconds * 1e6);
    add(startedAt + latency, "read-finished", {
      read,
      blob: read,
      client: `client-${place}`,
      place,
      kind: "whole",
      bytes: 8_388_608,
      startedAt,
      outcome: fails ? (read % 5 === 0 ? "timeout" : "not-enough-slivers") : "ok",
      metadataMicroseconds: Math.round(latency / 4),
      sliversMicroseconds: Math.round(latency / 2),
      decodeMicroseconds: Math.round(latency / 4),
      requests: 340,
      failedRequests: 6,
      sliversReceived: 334,
      bytesReceived: 8_900_000,
      cause: fails ? "region-outage" : "",
    });
  }

  for (let write = 0; write < writes; write += 1) {
    const startedAt = Math.floor(random() * horizon);
    const { place, delay } = places[write % places.length] ?? { place: "", delay: 1 };
    const bytes = Math.round(65_536 * Math.exp(9 * random()));
    const upload = Math.round(1e6 * delay * (1 + bytes / 6e7 - 0.3 * Math.log(1 - random())));
    const phases = {
      encodeMicroseconds: Math.round(2e5 + bytes / 80),
      statusMicroseconds: Math.round(3e5 * delay),
      registerMicroseconds: 900_000,
      uploadMicroseconds: upload,
      tailMicroseconds: Math.round(0.5 * upload + 5e5),
      confirmMicroseconds: Math.round(2.5e5 * delay),
      certifyMicroseconds: 1_100_000,
    };
    const latency = Object.values(phases).reduce((sum, phase) => sum + phase, 0);
    add(startedAt + latency, "write-finished", {
      write,
      blob: write,
      client: `client-${place}`,
      place,
      bytes,
      startedAt,
      outcome: "ok",
      ...phases,
      requests: 2210,
      failedRequests: 3,
      bytesSent: Math.round(bytes * 4.5),
      weight: 900,
      reuploads: 0,
    });
    add(startedAt + latency, "blob-certified", { blob: write, bytes });
  }
  for (let blob = 0; blob < 50; blob += 1) {
    const queuedAt = Math.floor(random() * horizon);
    const duration = Math.round(minutes(2) * (1 - Math.log(1 - random())));
    const start = { node: blob % nodes.length, blob, pairs: 25, queuedAt };
    add(queuedAt, "recovery-started", start);
    if (blob === 49) continue; // One that never ends.
    add(queuedAt + duration, "recovery-finished", {
      ...start,
      bytes: 8_388_608,
      startedAt: queuedAt,
      metadataMicroseconds: 70_000,
      secondaryMicroseconds: Math.round(duration / 3),
      primaryMicroseconds: duration - 70_000,
      requests: 100,
      failedRequests: 4,
      symbols: 25_025,
      wrongSymbols: 0,
      bytesReceived: 25_025 * 376 + 66_044,
      pauses: 0,
    });
  }
  add(horizon, "audit", {
    blobs: writes,
    lost: 0,
    unavailable: index === 3 ? 2 : 0,
    incomplete: 0,
  });

  facts.sort((a, b) => a.time - b.time);
  for (const fact of facts) collector.observe({ actor: 0, ...fact });
  const traffic = nodes.map((_, node) => ({
    sentBytes: 1e9 + node,
    receivedBytes: 2e9 + node,
    lostMessages: node,
  }));
  return collector.finish(horizon + minutes(6), traffic);
}
