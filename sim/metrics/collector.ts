import type { Fact } from "../engine/actor.ts";
import { invariant } from "../engine/invariant.ts";
import { type Duration, minutes, type SimTime } from "../engine/sim-time.ts";
import { ConvergenceLog } from "./convergence-log.ts";
import { numberIn } from "./fact-details.ts";
import { FaultLog } from "./fault-log.ts";
import { LifeLog } from "./life-log.ts";
import { type NodeIdentity, NodeOutages } from "./node-outages.ts";
import { readRow, unfinishedRead, unfinishedWrite, writeRow } from "./operation-rows.ts";
import { RecoveryLog } from "./recovery-log.ts";
import type { AuditRow, NodeRow, ReadRow, RecoveryRow, ReplicationRows, WriteRow } from "./rows.ts";
import { Timeline } from "./timeline.ts";

export interface CollectorOptions {
  readonly warmUp: SimTime;
  readonly horizon: SimTime;
  /** In order of node index. */
  readonly nodes: readonly NodeIdentity[];
  /** The scenario's `faults`, in its order. */
  readonly faults: readonly { readonly kind: string }[];
  /** Stretches of the timeline; 120 unless told. */
  readonly bins?: number;
  /** An operation open at the end is called failed if it is this old; 5 minutes unless told. */
  readonly unfinishedAge?: Duration;
}

/** What one host has sent and received, in order of node index. */
export interface HostTraffic {
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly lostMessages: number;
}

/** Writes of attackers have numbers below 0: metrics are about what honest clients meet. */
const isHostile = (fact: Fact): boolean => numberIn(fact, "write") < 0;

/** Turns the facts of one replication into its rows. It only listens: the run is the same without. */
export class MetricsCollector {
  readonly #options: CollectorOptions;
  readonly #reads: ReadRow[] = [];
  readonly #writes: WriteRow[] = [];
  readonly #openReads = new Map<number, Fact>();
  readonly #openWrites = new Map<number, Fact>();
  readonly #outages: NodeOutages;
  readonly #timeline: Timeline;
  readonly #faults: FaultLog;
  readonly #recoveries = new RecoveryLog();
  readonly #life: LifeLog;
  readonly #convergence = new ConvergenceLog();
  #audit: AuditRow | undefined;

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#outages = new NodeOutages(options.nodes.map((node) => node.shards));
    this.#timeline = new Timeline(options.horizon, options.bins ?? 120);
    this.#faults = new FaultLog(options.faults);
    this.#life = new LifeLog(options.warmUp, options.horizon);
  }

  /** Facts come in order of time. Those that no metric needs are passed over. */
  observe(fact: Fact): void {
    this.#life.observe(fact);
    switch (fact.fact) {
      case "read-started":
        this.#openReads.set(numberIn(fact, "read"), fact);
        break;
      case "read-finished":
        this.#openReads.delete(numberIn(fact, "read"));
        this.#addRead(readRow(fact));
        break;
      case "write-started":
        if (isHostile(fact)) break;
        this.#openWrites.set(numberIn(fact, "write"), fact);
        break;
      case "write-finished":
        if (isHostile(fact)) break;
        this.#openWrites.delete(numberIn(fact, "write"));
        this.#addWrite(writeRow(fact));
        break;
      case "blob-certified":
        this.#timeline.certified(fact.time);
        break;
      case "recovery-started":
        this.#recoveries.started(fact);
        break;
      case "inconsistency-proven":
        this.#recoveries.provenWrong(fact);
        break;
      case "blob-invalid":
        this.#recoveries.invalid(fact);
        break;
      case "recovery-finished": {
        const { bytesReceived } = this.#recoveries.finished(fact);
        this.#timeline.recovered(fact.time, bytesReceived);
        break;
      }
      case "recovery-progress":
        this.#recoveries.progressed(fact);
        this.#timeline.progressed(numberIn(fact, "from"), fact.time, numberIn(fact, "bytes"));
        break;
      case "node-down":
        this.#outages.down(this.#node(fact), fact.time);
        this.#faults.nodeDown(fact);
        break;
      case "node-up":
        this.#outages.up(this.#node(fact), fact.time);
        break;
      case "node-lost":
        this.#outages.down(this.#node(fact), fact.time);
        this.#outages.lostAt[this.#node(fact)] = fact.time;
        this.#life.nodeLost(this.#node(fact), this.#outages.shardsOf(this.#node(fact)), fact.time);
        this.#faults.nodeDown(fact);
        break;
      case "disk-lost": {
        const node = this.#node(fact);
        this.#outages.disksLost[node] = (this.#outages.disksLost[node] ?? 0) + 1;
        break;
      }
      case "shard-sync-started":
        this.#outages.moved(
          numberIn(fact, "shard"),
          numberIn(fact, "from"),
          this.#node(fact),
          fact.time,
        );
        break;
      case "shard-sync-finished":
        this.#timeline.transferred(
          fact.time,
          numberIn(fact, "bytes"),
          numberIn(fact, "recoveryBytes"),
        );
        break;
      case "fault-started":
        this.#faults.started(fact);
        break;
      case "fault-ended":
        this.#faults.ended(fact);
        break;
      case "fault-bit":
        this.#faults.bit(fact);
        break;
      case "not-recovered":
        this.#convergence.notRecovered(fact);
        break;
      case "recovery-judged":
        this.#convergence.judged(fact);
        break;
      case "audit":
        this.#audit = {
          blobs: numberIn(fact, "blobs"),
          lost: numberIn(fact, "lost"),
          unavailable: numberIn(fact, "unavailable"),
          incomplete: numberIn(fact, "incomplete"),
        };
        break;
    }
  }

  /** The rows, once the world has stopped at `end`. Traffic is by node, in order of node index. */
  finish(end: SimTime, traffic: readonly HostTraffic[]): ReplicationRows {
    const { warmUp, horizon, nodes, unfinishedAge = minutes(5) } = this.#options;
    const isOld = (fact: Fact) => end - fact.time >= unfinishedAge;
    const openReads = [...this.#openReads.values()];
    const openWrites = [...this.#openWrites.values()];
    for (const fact of openReads.filter(isOld)) this.#addRead(unfinishedRead(fact, end));
    for (const fact of openWrites.filter(isOld)) this.#addWrite(unfinishedWrite(fact, end));
    const recoveries = this.#recoveries.rows(warmUp, horizon, end);
    const shardCount = nodes.reduce((sum, node) => sum + node.shards, 0);
    return {
      warmUp,
      horizon,
      end,
      reads: this.#reads,
      writes: this.#writes,
      recoveries,
      nodes: nodes.map((node, index) => ({
        ...this.#nodeRow(node, index, traffic[index]),
        ...this.#recoveryTotals(recoveries, index),
      })),
      timeline: this.#timeline.rows(warmUp, shardCount, this.#outages.steps),
      faults: this.#faults.rows(end),
      audit: this.#audit,
      convergence: this.#convergence.row(),
      ...this.#life.rows(end),
      unfinishedReads: openReads.filter((fact) => !isOld(fact)).length,
      unfinishedWrites: openWrites.filter((fact) => !isOld(fact)).length,
    };
  }

  #addRead(row: ReadRow): void {
    const ok = row.outcome === "ok";
    if (row.outcome !== "expired") {
      this.#timeline.operation("reads", row.startedAt, ok, row.latencyMicroseconds);
    }
    if (this.#isMeasured(row.startedAt)) this.#reads.push(row);
  }

  #addWrite(row: WriteRow): void {
    const ok = row.outcome === "ok";
    this.#timeline.operation("writes", row.startedAt, ok, row.latencyMicroseconds);
    if (this.#isMeasured(row.startedAt)) this.#writes.push(row);
  }

  #isMeasured(startedAt: SimTime): boolean {
    return startedAt >= this.#options.warmUp && startedAt < this.#options.horizon;
  }

  #nodeRow(identity: NodeIdentity, node: number, traffic: HostTraffic | undefined) {
    const { warmUp, horizon } = this.#options;
    const { count, total, longest } = this.#outages.within(node, warmUp, horizon);
    return {
      node,
      name: identity.name,
      shards: identity.shards,
      shardsMean: this.#outages.shardsMean(node, warmUp, horizon),
      place: identity.place,
      region: identity.region,
      provider: identity.provider,
      downMicroseconds: total,
      availability: 1 - total / (horizon - warmUp),
      outages: count,
      longestOutageMicroseconds: longest,
      lostAt: this.#outages.lostAt[node] ?? -1,
      disksLost: this.#outages.disksLost[node] ?? 0,
      sentBytes: traffic?.sentBytes ?? 0,
      receivedBytes: traffic?.receivedBytes ?? 0,
      lostMessages: traffic?.lostMessages ?? 0,
    };
  }

  #recoveryTotals(
    rows: readonly RecoveryRow[],
    node: number,
  ): Pick<NodeRow, "recoveries" | "recoveryBytes"> {
    const { warmUp, horizon } = this.#options;
    const own = rows.filter((row) => row.node === node && row.outcome === "ok");
    const ofBlobs = own.reduce((sum, { bytesReceived }) => sum + bytesReceived, 0);
    const inBulk = this.#recoveries.bytesInBulk(node, warmUp, horizon);
    return { recoveries: own.length, recoveryBytes: ofBlobs + inBulk };
  }

  #node(fact: Fact): number {
    const node = numberIn(fact, "node");
    invariant(node in this.#options.nodes, () => `fact ${fact.fact} names no node: ${node}`);
    return node;
  }
}
