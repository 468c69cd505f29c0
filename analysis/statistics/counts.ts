import { CONFIDENCE, type Estimate } from "./estimate.ts";
import { replicationMean } from "./mean.ts";

/**
 * The mean count per replication, by t; or, if every replication counted zero, a one-sided bound.
 *
 * With R zeros the chance that a replication counts any is below 1 - 0.05^(1/R) at 95 %, whatever
 * the counts' distribution; for Poisson counts that is a mean below -ln(0.05) / R.
 */
export function countPerReplication(counts: readonly (number | undefined)[]): Estimate {
  const mean = replicationMean(counts);
  if (mean.value !== 0 || mean.interval === "none") return mean;
  const seen = chanceOfAny(mean.count);
  return {
    ...mean,
    low: null,
    high: -Math.log(1 - CONFIDENCE) / mean.count,
    interval: "one-sided",
    note: `none in ${mean.count} replications: the chance that one has any is < ${(100 * seen).toPrecision(2)} % at 95 %; the bound on the mean takes the counts for Poisson`,
  };
}

/** Upper bound at 95 % on the chance that a replication counts any, after so many without. */
export function chanceOfAny(replications: number): number {
  return 1 - Math.exp(Math.log(1 - CONFIDENCE) / replications);
}
