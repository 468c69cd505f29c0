import type { Fact } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { idIn, numberIn } from "./fact-details.ts";
import type { RecoveryRow } from "./rows.ts";

/** What nodes recovered, and what they began and did not end. */
export class RecoveryLog {
  readonly #rows: RecoveryRow[] = [];
  /** By node and blob. A node that crashed begins again: the last beginning counts. */
  readonly #open = new Map<string, Fact>();
  readonly #progress: Fact[] = [];

  started(fact: Fact): void {
    this.#open.set(keyOf(fact), fact);
  }

  finished(fact: Fact): RecoveryRow {
    this.#open.delete(keyOf(fact));
    const row = finishedRow(fact);
    this.#rows.push(row);
    return row;
  }

  /** A node of an aggregated world has received so much for what it recovers: no blob is told alone. */
  progressed(fact: Fact): void {
    this.#progress.push(fact);
  }

  bytesInBulk(node: number, from: SimTime, to: SimTime): number {
    return this.#progress
      .filter((fact) => numberIn(fact, "node") === node && fact.time >= from && fact.time <= to)
      .reduce((sum, fact) => sum + numberIn(fact, "bytes"), 0);
  }

  /** A node has given up, for the blob was encoded wrongly: nothing of it was to be recovered. */
  provenWrong(fact: Fact): void {
    this.#open.delete(keyOf(fact));
  }

  /** And so do all others, now that the chain says so. */
  invalid(fact: Fact): void {
    const blob = idIn(fact, "blob");
    for (const [key, start] of this.#open) {
      if (idIn(start, "blob") === blob) this.#open.delete(key);
    }
  }

  /** Those of the time from `from` to `to`; what is still open at `end` is as old as it is then. */
  rows(from: SimTime, to: SimTime, end: SimTime): RecoveryRow[] {
    const open = [...this.#open.values()].map((fact) => unfinishedRow(fact, end));
    return [...this.#rows, ...open].filter(({ queuedAt }) => queuedAt >= from && queuedAt < to);
  }
}

const keyOf = (fact: Fact) => `${numberIn(fact, "node")}/${idIn(fact, "blob")}`;

function finishedRow(fact: Fact): RecoveryRow {
  const queuedAt = numberIn(fact, "queuedAt");
  return {
    ...beginning(fact),
    bytes: numberIn(fact, "bytes"),
    startedAt: numberIn(fact, "startedAt"),
    finishedAt: fact.time,
    durationMicroseconds: fact.time - queuedAt,
    outcome: "ok",
    metadataMicroseconds: numberIn(fact, "metadataMicroseconds"),
    secondaryMicroseconds: numberIn(fact, "secondaryMicroseconds"),
    primaryMicroseconds: numberIn(fact, "primaryMicroseconds"),
    requests: numberIn(fact, "requests"),
    failedRequests: numberIn(fact, "failedRequests"),
    symbols: numberIn(fact, "symbols"),
    wrongSymbols: numberIn(fact, "wrongSymbols"),
    bytesReceived: numberIn(fact, "bytesReceived"),
    pauses: numberIn(fact, "pauses"),
  };
}

function unfinishedRow(fact: Fact, end: SimTime): RecoveryRow {
  const start = beginning(fact);
  return {
    ...start,
    bytes: 0,
    startedAt: fact.time,
    finishedAt: -1,
    durationMicroseconds: end - start.queuedAt,
    outcome: "unfinished",
    metadataMicroseconds: 0,
    secondaryMicroseconds: 0,
    primaryMicroseconds: 0,
    requests: 0,
    failedRequests: 0,
    symbols: 0,
    wrongSymbols: 0,
    bytesReceived: 0,
    pauses: 0,
  };
}

const beginning = (fact: Fact) => ({
  node: numberIn(fact, "node"),
  blob: idIn(fact, "blob"),
  pairs: numberIn(fact, "pairs"),
  queuedAt: numberIn(fact, "queuedAt"),
});
