import type { Guarantee, Operator } from "../sim/metrics/guarantee.ts";
import { replicationsNeeded } from "./replications-needed.ts";
import { chanceOfAny } from "./statistics/counts.ts";
import type { Estimate } from "./statistics/estimate.ts";

export type Verdict = "met" | "broken" | "undecided";

export interface Judgement {
  readonly verdict: Verdict;
  /** There was nothing to judge by, which counts as broken. */
  readonly noData: boolean;
  /** More replications that are likely to decide it; `null` if it is decided, or none would. */
  readonly replicationsMore: number | null;
  /** Why, as the end of a sentence. */
  readonly reason: string;
}

/**
 * Judges a guarantee by its interval: met if the whole interval keeps it, broken if none of it does,
 * undecided if it lies across the limit. So a verdict is wrong at most once in twenty.
 *
 * `count == 0` is about what was seen: one hit in any replication breaks it. So are promises about `min` and `max`,
 * which every replication must keep.
 */
export function judge(guarantee: Guarantee, estimate: Estimate): Judgement {
  const { value, low, high, replications } = estimate;
  const { operator, value: limit } = guarantee;
  if (value === null) return decided("broken", "no data to judge it by", true);
  const saysNone = guarantee.aggregation === "count" && operator === "<=" && limit === 0;
  if (operator === "==" || saysNone) return judgeEqual(limit, estimate);
  if (estimate.interval === "range") return judgeExtreme(guarantee, estimate);
  if (estimate.interval === "none") {
    return undecided(Math.max(1, 2 - replications), "one replication has no interval");
  }
  const isUpper = operator === "<=" || operator === "<";
  const [best, worst] = isUpper ? [low, high] : [high, low];
  // What a one-sided bound leaves open on its other side is the value itself: nothing, or all.
  const open = estimate.interval === "one-sided" ? value : null;
  const [near, far] = [best ?? open, worst ?? open];
  if (far !== null && keeps(far, operator, limit)) {
    return decided("met", "the whole interval keeps it");
  }
  if (near !== null && !keeps(near, operator, limit)) {
    return decided("broken", "the whole interval is beyond it");
  }
  const more = replicationsNeeded(estimate, limit);
  if (more !== null) return undecided(more, "the interval lies across the limit");
  return undecided(null, "the value lies on the limit, which no number of replications can settle");
}

// A promise about the least or greatest is one about each replication.
function judgeExtreme({ operator, value: limit }: Guarantee, estimate: Estimate): Judgement {
  const { low, high, count } = estimate;
  const worst = operator === "<=" || operator === "<" ? high : low;
  if (!keeps(worst ?? Number.NaN, operator, limit)) {
    return decided("broken", "a replication is beyond it");
  }
  const runs =
    count === 1 ? "the one replication keeps it" : `each of ${count} replications keeps it`;
  const chance = (100 * chanceOfAny(count)).toPrecision(2);
  return decided("met", `${runs} (chance that another does not < ${chance} % at 95 %)`);
}

function judgeEqual(limit: number, estimate: Estimate): Judgement {
  const { value, low, high, count } = estimate;
  const isSteady = count === 1 || low === high;
  if (value === 0 && limit === 0) {
    const chance = (100 * chanceOfAny(count)).toPrecision(2);
    const runs = count === 1 ? "the one replication" : `any of ${count} replications`;
    return decided("met", `none in ${runs} (chance in one < ${chance} % at 95 %)`);
  }
  if (limit === 0) return decided("broken", "seen at least once");
  if (value === limit && isSteady) {
    return decided("met", "every replication counts just that");
  }
  return decided("broken", "not every replication counts just that");
}

function keeps(end: number, operator: Operator, limit: number): boolean {
  switch (operator) {
    case "<=":
      return end <= limit;
    case "<":
      return end < limit;
    case ">=":
      return end >= limit;
    case ">":
      return end > limit;
    case "==":
      return end === limit;
  }
}

const decided = (verdict: "met" | "broken", reason: string, noData = false): Judgement => ({
  verdict,
  noData,
  replicationsMore: null,
  reason,
});

const undecided = (replicationsMore: number | null, reason: string): Judgement => ({
  verdict: "undecided",
  noData: false,
  replicationsMore,
  reason,
});

/** What a scenario is there to show: that its guarantees hold, or that one does not. */
export type Expectation = "met" | "broken";

/** All guarantees in one word. A scenario without any has met them. */
export function overall(judgements: readonly Pick<Judgement, "verdict">[]): Verdict {
  if (judgements.some(({ verdict }) => verdict === "broken")) return "broken";
  if (judgements.some(({ verdict }) => verdict === "undecided")) return "undecided";
  return "met";
}

/**
 * Exit code of a run: 0 as expected, 1 not as expected, 4 undecided. A scenario that expects to be
 * broken shows it with one guarantee broken by data; for want of data it fails like any other.
 */
export function exitCode(
  judgements: readonly Pick<Judgement, "verdict" | "noData">[],
  expect: Expectation = "met",
): 0 | 1 | 4 {
  if (judgements.some(({ noData }) => noData)) return 1;
  const verdict = overall(judgements);
  if (verdict === "undecided") return 4;
  return verdict === expect ? 0 : 1;
}

/** A verdict in words, where it is known what the scenario is there to show. */
export function verdictWords(verdict: Verdict, expect: Expectation): string {
  return verdict === "broken" && expect === "broken" ? "broken, as expected" : verdict;
}
