import { chanceOfAny } from "./counts.ts";
import { type Estimate, noData } from "./estimate.ts";

/** The worst that any replication saw, beside the least and the greatest of them. */
export function worstOfReplications(
  aggregation: "min" | "max",
  values: readonly (number | undefined)[],
): Estimate {
  const known = values.filter((value) => value !== undefined);
  const count = known.length;
  if (count === 0) return noData(values.length);
  const low = known.reduce((a, b) => Math.min(a, b));
  const high = known.reduce((a, b) => Math.max(a, b));
  const chance = (100 * chanceOfAny(count)).toPrecision(2);
  return {
    value: aggregation === "min" ? low : high,
    low,
    high,
    interval: "range",
    count,
    replications: values.length,
    note: `least and greatest over replications, no interval: the chance that another lies beyond is < ${chance} % at 95 %`,
  };
}
