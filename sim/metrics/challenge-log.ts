import type { Fact } from "../engine/actor.ts";
import { numberIn, textIn } from "./fact-details.ts";
import type { ChallengeRow, ChallengeTotals } from "./life-rows.ts";

/** A light challenge of every node every few hours is a million a year. */
const ROWS_MAX = 20_000;

/** Challenges that came to their end. All are counted; only so many are kept as rows. */
export class ChallengeLog {
  readonly #rows: ChallengeRow[] = [];
  readonly #totals = { cheating: 0, detected: 0, honest: 0, wrongful: 0, bytes: 0 };
  readonly #rowsMax: number;

  constructor(rowsMax = ROWS_MAX) {
    this.#rowsMax = rowsMax;
  }

  finished(fact: Fact, isMeasured: boolean): void {
    const row = challengeRow(fact);
    if (this.#rows.length < this.#rowsMax) this.#rows.push(row);
    if (!isMeasured) return;
    const totals = this.#totals;
    const failed = row.passed ? 0 : 1;
    totals.bytes += row.bytes;
    if (row.fault >= 0) {
      totals.cheating += 1;
      totals.detected += failed;
    } else {
      totals.honest += 1;
      totals.wrongful += failed;
    }
  }

  rows(): readonly ChallengeRow[] {
    return this.#rows;
  }

  totals(): ChallengeTotals {
    return { ...this.#totals };
  }
}

function challengeRow(fact: Fact): ChallengeRow {
  const durationMicroseconds = numberIn(fact, "durationMicroseconds");
  return {
    challenge: numberIn(fact, "challenge"),
    policy: textIn(fact, "policy"),
    node: numberIn(fact, "node"),
    blobs: numberIn(fact, "blobs"),
    passed: numberIn(fact, "passed") === 1,
    bytes: numberIn(fact, "bytes"),
    startedAt: fact.time - durationMicroseconds,
    finishedAt: fact.time,
    durationMicroseconds,
    fault: numberIn(fact, "fault"),
  };
}
