/** Parts that fail and are repaired independently, each at constant rates (a birth-death chain). */
interface RepairableParts {
  readonly count: number;
  /** As long as so many work, the whole does. */
  readonly needed: number;
  /** Mean time to failure of one part, and to its repair, in one unit. */
  readonly timeToFailure: number;
  readonly timeToRepair: number;
}

/** Share of time for which one part is down, in the long run. */
export function downShare({ timeToFailure, timeToRepair }: RepairableParts): number {
  return timeToRepair / (timeToFailure + timeToRepair);
}

/**
 * Mean time from all working until, for the first time, fewer than `needed` work, where all failed
 * parts are repaired at once. With `down` failed, the mean time to one more is
 * h(down) = (1 + repairs h(down - 1)) / failures, and the answer is their sum: all terms positive.
 */
export function meanTimeToShortfall(parts: RepairableParts): number {
  const { count, needed, timeToFailure, timeToRepair } = parts;
  let total = 0;
  let oneMore = 0;
  for (let down = 0; down <= count - needed; down += 1) {
    const failures = (count - down) / timeToFailure;
    const repairs = down / timeToRepair;
    oneMore = (1 + repairs * oneMore) / failures;
    total += oneMore;
  }
  return total;
}
