import { type Estimate, tMultiplier } from "./statistics/estimate.ts";

/** Nobody runs more. Beyond it, the value is on the limit for all one can tell. */
const REPLICATIONS_MAX = 100_000;

/**
 * How many more replications would likely bring the whole interval to one side of the limit, if
 * value and spread stay as they are. `null` if no number would do.
 */
export function replicationsNeeded(estimate: Estimate, limit: number): number | null {
  const { value, replications } = estimate;
  if (value === null || value === limit) return null;
  const total =
    estimate.interval === "one-sided"
      ? totalForBound(estimate, value, limit)
      : totalForInterval(estimate, value, limit);
  return total > REPLICATIONS_MAX ? null : Math.max(1, total - replications);
}

/** The bound after n tries without a hit is about 3 / n: it shrinks as their number grows. */
function totalForBound(estimate: Estimate, value: number, limit: number): number {
  const reach = Math.abs((estimate.high ?? estimate.low ?? value) - value);
  return Math.ceil((estimate.replications * reach) / Math.abs(limit - value));
}

/** The reach of an interval shrinks as t / sqrt(R). */
function totalForInterval(estimate: Estimate, value: number, limit: number): number {
  const { replications } = estimate;
  const end = limit > value ? estimate.high : estimate.low;
  // Too few operations for the end of a percentile: how few, the interval does not say.
  if (end === null) return 2 * replications;
  const distance = Math.abs(limit - value);
  const spread = (Math.abs(end - value) * Math.sqrt(replications)) / tMultiplier(replications);
  const isShort = (total: number) => (spread * tMultiplier(total)) / Math.sqrt(total) > distance;
  let [short, enough] = [replications, REPLICATIONS_MAX + 1];
  while (enough - short > 1) {
    const middle = Math.floor((short + enough) / 2);
    if (isShort(middle)) short = middle;
    else enough = middle;
  }
  return enough;
}
