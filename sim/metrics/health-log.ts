import type { Fact } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import { numberIn } from "./fact-details.ts";
import type { HealthRow, HealthTotals } from "./life-rows.ts";

/** A year of hourly samples, and a few more. */
const ROWS_MAX = 10_000;

/** Samples of how all blobs and shards stand. However many come, only so many are kept as rows. */
export class HealthLog {
  readonly #from: SimTime;
  readonly #to: SimTime;
  #rows: HealthRow[] = [];
  readonly #totals = {
    samples: 0,
    blobSamples: 0,
    marginMin: undefined as number | undefined,
    marginSum: 0,
    marginSamples: 0,
    unavailableMax: 0,
  };
  readonly #rowsMax: number;

  /** Totals are of the samples from `from` to `to`. */
  constructor(from: SimTime, to: SimTime, rowsMax = ROWS_MAX) {
    this.#from = from;
    this.#to = to;
    this.#rowsMax = rowsMax;
  }

  sampled(fact: Fact): void {
    const row = healthRow(fact);
    if (row.at >= this.#from && row.at <= this.#to) this.#add(row);
    this.#rows.push(row);
    if (this.#rows.length > this.#rowsMax) this.#rows = worseOfEachTwo(this.#rows);
  }

  rows(): readonly HealthRow[] {
    return this.#rows;
  }

  /** `undefined` without a single sample. */
  totals(): HealthTotals | undefined {
    return this.#totals.samples === 0 ? undefined : { ...this.#totals };
  }

  #add({ blobs, unavailable, marginMin }: HealthRow): void {
    const totals = this.#totals;
    totals.samples += 1;
    totals.blobSamples += blobs;
    totals.unavailableMax = Math.max(totals.unavailableMax, unavailable);
    if (blobs === 0) return;
    totals.marginMin = Math.min(totals.marginMin ?? marginMin, marginMin);
    totals.marginSum += marginMin;
    totals.marginSamples += 1;
  }
}

/** Of two neighbours the one with the narrower margin: what is left out was never worse. */
function worseOfEachTwo(rows: readonly HealthRow[]): HealthRow[] {
  const kept: HealthRow[] = [];
  for (let index = 0; index < rows.length; index += 2) {
    const [first, second] = [rows[index] as HealthRow, rows[index + 1]];
    kept.push(second !== undefined && isWorse(second, first) ? second : first);
  }
  return kept;
}

const isWorse = (a: HealthRow, b: HealthRow) =>
  a.unavailable > b.unavailable || (a.unavailable === b.unavailable && a.marginMin < b.marginMin);

const fields = [
  "blobs",
  "unavailable",
  "lost",
  "incomplete",
  "marginMin",
  ...(["m0", "m1", "m2", "m3", "m4", "m5", "m6", "m7", "m8", "m9"] as const),
  "shardsActive",
  "shardsSyncing",
  "shardsRecovering",
  "shardsDown",
  "shardsLying",
  "backlogSlivers",
] as const;

function healthRow(fact: Fact): HealthRow {
  const details = Object.fromEntries(fields.map((name) => [name, numberIn(fact, name)]));
  return { at: fact.time, ...(details as Omit<HealthRow, "at">) };
}
