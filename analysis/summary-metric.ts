import type { Metric } from "../sim/metrics/catalogue.ts";
import { displayUnit, formatEstimate, formatInterval, toDisplay } from "./format.ts";
import type { Estimate } from "./statistics/estimate.ts";

/** One number of the run. `null` is what the data cannot say. */
export interface SummaryMetric {
  readonly metric: string;
  readonly aggregation: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** `s`, `bytes`, `share`, `count`, `slivers` or `times`. */
  readonly unit: string;
  readonly interval: Estimate["interval"];
  /** Operations behind it; replications, where each gives one number. */
  readonly count: number;
  readonly replications: number;
  /** Value and interval in words, with units. */
  readonly text: string;
  readonly intervalText: string;
  readonly note: string;
}

/** A metric's estimate in the units and words that people read. */
export function describeMetric(
  metric: Metric,
  aggregation: string,
  estimate: Estimate,
): SummaryMetric {
  const { unit } = metric;
  const display = (value: number | null) => (value === null ? null : toDisplay(unit, value));
  return {
    metric: metric.name,
    aggregation,
    value: display(estimate.value),
    low: display(estimate.low),
    high: display(estimate.high),
    unit: displayUnit[unit].name,
    interval: estimate.interval,
    count: estimate.count,
    replications: estimate.replications,
    text: formatEstimate(unit, estimate),
    intervalText: formatInterval(unit, estimate),
    note: estimate.note,
  };
}
