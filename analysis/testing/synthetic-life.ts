import seedrandom from "seedrandom";

import { MetricsCollector } from "../../sim/metrics/collector.ts";
import type { ReplicationRows } from "../../sim/metrics/rows.ts";

type Fact = Parameters<MetricsCollector["observe"]>[0];
type FactDetails = Fact["details"];

/** What a made-up life of data may vary. No model runs: the numbers have the shape of results only. */
export interface SyntheticLifeOptions {
  readonly replications?: number;
  /** Blobs that cannot be read at the worst of it. */
  readonly unavailable?: number;
}

const hours = (count: number) => Math.round(count * 3600e6);
const days = (count: number) => hours(24 * count);
const horizon = days(98);
const warmUp = days(7);
const blobs = 10_000_000;
/** Primary slivers of a whole blob above what reconstructs it (n = 1,000). */
const marginMax = 666;

/** Replications of seven epochs of two weeks, in which an outage of two days in week 6 meets lost disks. */
export function syntheticLife(options: SyntheticLifeOptions = {}): ReplicationRows[] {
  const { replications = 4 } = options;
  return Array.from({ length: replications }, (_, index) => replication(index, options));
}

function replication(index: number, { unavailable = 40_000 }: SyntheticLifeOptions) {
  const random = seedrandom.alea(`synthetic-life/${index}`);
  const nodes = Array.from({ length: 50 }, (_, node) => {
    const region = ["europe", "america", "asia"][node % 3] ?? "";
    return { name: `node-${node}`, shards: 20, place: region, region, provider: "assumed" };
  });
  const faults = [{ kind: "churn" }, { kind: "region-outage" }, { kind: "disk-loss" }];
  const facts: Fact[] = [];
  const add = (time: number, fact: string, details: FactDetails) =>
    facts.push({ time, actor: 0, fact, details });

  const outage = { from: days(40) + hours(random() * 6), to: days(42) + hours(random() * 6) };
  add(outage.from, "fault-started", { fault: 1, nodes: 17, shards: 340 });
  add(outage.to, "fault-ended", { fault: 1 });
  add(outage.from, "fault-bit", { fault: 1, count: 300 });
  add(days(20), "fault-started", { fault: 2, nodes: 1, shards: 20 });
  add(days(20), "fault-ended", { fault: 2 });
  add(0, "fault-started", { fault: 0, nodes: 50, shards: 1000 });
  add(0, "regime", { fault: 0, regime: "calm" });
  add(days(38), "regime", { fault: 0, regime: "war" });
  add(days(50), "regime", { fault: 0, regime: "calm" });
  addEpochs(add, random);
  addLosses(add, random);

  for (let at = 0; at <= horizon; at += hours(2)) {
    const away = at >= outage.from && at < outage.to ? 340 : 0;
    const down = Math.round(10 + 20 * random());
    const recovering = at > days(20) && at < days(22) ? 20 : 0;
    const syncing = at % days(14) < hours(9) && at >= days(14) ? 10 : 0;
    const bad = away > 0 && random() < 0.5 ? Math.round(unavailable * random()) : 0;
    addHealth(add, at, { away, down, recovering, syncing, bad });
  }
  if (unavailable > 0) {
    const blobsMax = unavailable;
    const length = outage.to - outage.from;
    const stretches = [0.1, 0.5, 0.8].map((share) => ({
      from: Math.round(outage.from + share * length),
      to: Math.round(outage.from + (share + 0.15 * random()) * length),
    }));
    for (const { from, to } of stretches) {
      const blobSeconds = ((to - from) / 1e6) * 0.5 * blobsMax;
      add(to, "unavailable-span", { from, to, blobSeconds, blobsMax });
    }
  }
  for (let challenge = 0; challenge < 200; challenge += 1) {
    const cheats = challenge % 10 === 0;
    add(Math.round(random() * horizon), "challenge-finished", {
      ...{ challenge, policy: "light", node: challenge % 50, blobs: 30, bytes: 90_000 },
      passed: cheats && random() < 0.8 ? 0 : 1,
      durationMicroseconds: 2e6,
      fault: cheats ? 0 : -1,
    });
  }
  add(days(60), "blob-invalid", { blob: 12, node: 3, detectedAt: days(60) });
  add(horizon, "audit", { blobs, lost: 0, unavailable: 0, incomplete: 0 });

  const collector = new MetricsCollector({ warmUp, horizon, nodes, faults });
  for (const fact of facts.sort((a, b) => a.time - b.time)) collector.observe(fact);
  const traffic = nodes.map((_, node) => ({
    sentBytes: Math.round(1e12 * (1 + 4 / (node + 1)) * (0.9 + 0.2 * random())),
    receivedBytes: 2e12,
    lostMessages: node,
  }));
  return collector.finish(horizon, traffic);
}

type Add = (time: number, fact: string, details: FactDetails) => void;

function addEpochs(add: Add, random: () => number): void {
  add(0, "epoch-started", { epoch: 1, members: 50, shards: 1000, movedShards: 0 });
  for (let epoch = 2; epoch <= 7; epoch += 1) {
    const startedAt = days(14 * (epoch - 1));
    add(startedAt, "epoch-started", { epoch, members: 50, shards: 1000, movedShards: 10 });
    add(startedAt, "blobs-expired", { epoch, blobs: 100_000, bytes: 1e12 });
    let last = startedAt;
    for (let shard = 0; shard < 10; shard += 1) {
      const move = { epoch, node: shard, shard: 20 * epoch + shard, from: 10 + shard };
      const finishedAt = startedAt + hours(1 + 7 * random());
      last = Math.max(last, finishedAt);
      const isRecovered = random() < 0.2;
      add(startedAt, "shard-sync-started", move);
      add(finishedAt, "shard-sync-finished", {
        ...move,
        startedAt,
        outcome: isRecovered ? "recovered" : "transferred",
        slivers: isRecovered ? 0 : 2 * blobs,
        bytes: isRecovered ? 0 : Math.round(6e10 * (0.9 + 0.2 * random())),
        recoveredSlivers: isRecovered ? 2 * blobs : 0,
        recoveryBytes: isRecovered ? 4e12 : 0,
      });
      add(finishedAt, "epoch-attested", { epoch, node: shard, shards: 20, isFalse: 0, startedAt });
    }
    const durationMicroseconds = last - startedAt;
    add(last, "epoch-synced", { epoch, startedAt, durationMicroseconds, weight: 1000 });
    add(last + hours(20), "garbage-collected", { epoch, node: 4, blobs: 100_000, bytes: 1e11 });
  }
}

function addLosses(add: Add, random: () => number): void {
  for (let loss = 0; loss < 12; loss += 1) {
    const at = days(8 + 7 * loss) + hours(random() * 100);
    add(at, "disk-lost", { node: loss, shards: 20, fault: 2 });
    if (loss === 11) continue; // One that is never made good.
    const length = hours(4 + 40 * random());
    add(at + 1, "node-recovery-started", { node: loss, blobs });
    add(at + length, "node-recovery-finished", {
      ...{ node: loss, blobs, startedAt: at + 1, durationMicroseconds: length - 1 },
    });
  }
}

function addHealth(
  add: Add,
  at: number,
  shards: Readonly<Record<"away" | "down" | "recovering" | "syncing" | "bad", number>>,
): void {
  const { away, down, recovering, syncing, bad } = shards;
  const missing = away + down + recovering + syncing;
  const marginMin = bad > 0 ? -3 : marginMax - missing;
  const tenths = new Array<number>(10).fill(0);
  const tenth = Math.min(9, Math.floor((10 * (marginMax - missing)) / marginMax));
  tenths[tenth] = blobs - bad - 1_000_000;
  tenths[Math.max(0, tenth - 1)] = 1_000_000;
  add(at, "health", {
    ...{ blobs, unavailable: bad, lost: 0, incomplete: recovering > 0 ? blobs : 0, marginMin },
    ...Object.fromEntries(tenths.map((count, decile) => [`m${decile}`, count])),
    shardsActive: 1000 - missing,
    shardsSyncing: syncing,
    shardsRecovering: recovering,
    shardsDown: away + down,
    shardsLying: 0,
    backlogSlivers: recovering * 1_000_000,
  });
}
