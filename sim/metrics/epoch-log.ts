import type { Fact } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { numberIn, textIn } from "./fact-details.ts";
import type { EpochRow, TransferRow } from "./life-rows.ts";

type Mutable<Row> = { -readonly [Key in keyof Row]: Row[Key] };

/** What happened in each epoch, and each shard that moved. */
export class EpochLog {
  readonly #epochs = new Map<number, Mutable<EpochRow>>();
  readonly #transfers: TransferRow[] = [];
  /** By epoch, node and shard. A node that crashed begins again: its first beginning counts. */
  readonly #open = new Map<string, Fact>();
  #current = 0;

  observe(fact: Fact): void {
    switch (fact.fact) {
      case "epoch-started":
        this.#started(fact);
        break;
      case "epoch-synced": {
        const row = this.#of(fact);
        row.syncedAt = fact.time;
        row.syncMicroseconds = numberIn(fact, "durationMicroseconds");
        row.attestedShards = numberIn(fact, "weight");
        break;
      }
      case "epoch-attested": {
        const row = this.#of(fact);
        row.attestations += 1;
        row.falseAttestations += numberIn(fact, "isFalse");
        break;
      }
      case "shard-sync-started":
        if (!this.#open.has(keyOf(fact))) this.#open.set(keyOf(fact), fact);
        break;
      case "shard-sync-finished":
        this.#transferred(fact);
        break;
      case "metadata-synced": {
        const row = this.#of(fact);
        row.metadataBlobs += numberIn(fact, "blobs");
        row.metadataBytes += numberIn(fact, "bytes");
        row.metadataMicroseconds = Math.max(
          row.metadataMicroseconds,
          fact.time - numberIn(fact, "startedAt"),
        );
        break;
      }
      case "blobs-expired": {
        const row = this.#of(fact);
        row.expiredBlobs += numberIn(fact, "blobs");
        row.expiredBytes += numberIn(fact, "bytes");
        break;
      }
      case "blob-deleted":
        this.#at(this.#current).deletedBlobs += 1;
        break;
      case "blob-extended":
        this.#at(this.#current).extendedBlobs += 1;
        break;
      case "garbage-collected": {
        const row = this.#of(fact);
        row.collectedBlobs += numberIn(fact, "blobs");
        row.collectedBytes += numberIn(fact, "bytes");
        break;
      }
    }
  }

  /** All epochs in order, the warm-up's too. */
  epochs(): EpochRow[] {
    return [...this.#epochs.values()].sort((a, b) => a.epoch - b.epoch);
  }

  /** All shards that moved; those still moving at `end` are as old as they are then. */
  transfers(end: SimTime): TransferRow[] {
    const open = [...this.#open.values()].map((fact) => unfinishedRow(fact, end));
    return [...this.#transfers, ...open];
  }

  #started(fact: Fact): void {
    const row = this.#of(fact);
    row.startedAt = fact.time;
    row.members = numberIn(fact, "members");
    row.shards = numberIn(fact, "shards");
    row.movedShards = numberIn(fact, "movedShards");
    const before = this.#epochs.get(row.epoch - 1);
    if (before !== undefined) before.endedAt = fact.time;
    this.#current = row.epoch;
  }

  #transferred(fact: Fact): void {
    this.#open.delete(keyOf(fact));
    const transfer = finishedRow(fact);
    this.#transfers.push(transfer);
    const row = this.#of(fact);
    const { outcome } = transfer;
    if (outcome === "transferred" || outcome === "mixed") row.transferredShards += 1;
    if (outcome === "recovered" || outcome === "mixed") row.recoveredShards += 1;
    if (outcome === "abandoned") row.abandonedShards += 1;
    row.transferredSlivers += transfer.slivers;
    row.transferredBytes += transfer.bytes;
    row.recoveredSlivers += transfer.recoveredSlivers;
    row.recoveryBytes += transfer.recoveryBytes;
  }

  #of(fact: Fact): Mutable<EpochRow> {
    return this.#at(numberIn(fact, "epoch"));
  }

  #at(epoch: number): Mutable<EpochRow> {
    let row = this.#epochs.get(epoch);
    if (row === undefined) {
      row = emptyEpoch(epoch);
      this.#epochs.set(epoch, row);
    }
    return row;
  }
}

const emptyEpoch = (epoch: number): EpochRow => ({
  epoch,
  startedAt: -1,
  syncedAt: -1,
  syncMicroseconds: -1,
  endedAt: -1,
  members: 0,
  shards: 0,
  movedShards: 0,
  attestedShards: 0,
  attestations: 0,
  falseAttestations: 0,
  transferredShards: 0,
  recoveredShards: 0,
  abandonedShards: 0,
  transferredSlivers: 0,
  transferredBytes: 0,
  recoveredSlivers: 0,
  recoveryBytes: 0,
  metadataBlobs: 0,
  metadataBytes: 0,
  metadataMicroseconds: 0,
  expiredBlobs: 0,
  expiredBytes: 0,
  extendedBlobs: 0,
  deletedBlobs: 0,
  collectedBlobs: 0,
  collectedBytes: 0,
});

const keyOf = (fact: Fact) =>
  `${numberIn(fact, "epoch")}/${numberIn(fact, "node")}/${numberIn(fact, "shard")}`;

const beginning = (fact: Fact) => ({
  epoch: numberIn(fact, "epoch"),
  node: numberIn(fact, "node"),
  from: numberIn(fact, "from"),
  shard: numberIn(fact, "shard"),
});

function finishedRow(fact: Fact): TransferRow {
  const startedAt = numberIn(fact, "startedAt");
  return {
    ...beginning(fact),
    startedAt,
    finishedAt: fact.time,
    durationMicroseconds: fact.time - startedAt,
    outcome: textIn(fact, "outcome"),
    slivers: numberIn(fact, "slivers"),
    bytes: numberIn(fact, "bytes"),
    recoveredSlivers: numberIn(fact, "recoveredSlivers"),
    recoveryBytes: numberIn(fact, "recoveryBytes"),
  };
}

function unfinishedRow(fact: Fact, end: SimTime): TransferRow {
  return {
    ...beginning(fact),
    startedAt: fact.time,
    finishedAt: -1,
    durationMicroseconds: end - fact.time,
    outcome: "unfinished",
    slivers: 0,
    bytes: 0,
    recoveredSlivers: 0,
    recoveryBytes: 0,
  };
}
