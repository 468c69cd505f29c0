import { overall, type Verdict } from "../gate.ts";
import type { Summary, SummaryMetric } from "../summary.ts";
import { round } from "./figure.ts";
import { timeUnit } from "./time-unit.ts";

/** One point of a sweep: what was set, and what came of it. */
export interface SweepPoint {
  readonly values: Readonly<Record<string, string | number>>;
  readonly summary: Summary;
}

/** A number that a sweep's figures show, at every point. */
export interface SweptNumber {
  /** Such as `read.latency: p99`. */
  readonly label: string;
  /** For file names. */
  readonly slug: string;
  /** As in a summary; times in the unit that suits them. */
  readonly unit: string;
  /** What is promised anywhere, in `unit`, and in words; none and "" if nothing is. */
  readonly limits: readonly number[];
  readonly promise: string;
  readonly at: readonly SweptValue[];
}

export interface SweptValue {
  readonly values: SweepPoint["values"];
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly text: string;
  readonly intervalText: string;
  readonly verdict: Verdict | "none";
}

/** Shown where the scenario promises nothing. */
export const usualNumbers = [
  "read.success: ratio",
  "read.latency: p50",
  "read.latency: p99",
  "write.latency: p50",
] as const;

/** Shown beside what is promised, where they differ for more than luck. */
const headlines = [
  "read.success: ratio",
  "read.latency: p50",
  "write.success: ratio",
  "write.latency: p50",
  "redundancy.time: mean",
  "unavailable.time: mean",
  "transfer.duration: mean",
] as const;

/**
 * What is worth a figure: every number that is promised something, and those that differ; where
 * nothing is promised, the usual ones. What is the same at all points has none: a table says it.
 */
export function sweptNumbers(points: readonly SweepPoint[]): SweptNumber[] {
  const promised = promisedLabels(points);
  const labels = promised.length > 0 ? [...promised, ...tellingNumbers(points)] : usualNumbers;
  return labels
    .map((label) => sweptNumber(points, label))
    .filter(({ at }) => new Set(at.map((each) => each.text + each.intervalText)).size > 1);
}

/** Numbers that nothing is promised of, and whose intervals at some two points lie apart. */
export function tellingNumbers(points: readonly SweepPoint[]): string[] {
  const promised = promisedLabels(points);
  return headlines.filter((label) => {
    if (promised.includes(label)) return false;
    const { at } = sweptNumber(points, label);
    const highest = Math.max(...at.map(({ low }) => low ?? -Infinity));
    return at.some(({ high }) => high !== null && high < highest);
  });
}

const promisedLabels = (points: readonly SweepPoint[]) => [
  ...new Set(points.flatMap(({ summary }) => summary.guarantees.map(labelOf))),
];

/** The unit for the end of a title, where the numbers do not say it themselves. */
export function unitLabel({ unit }: SweptNumber): string {
  return unit === "share" || unit === "count" ? "" : ` (${unit})`;
}

const labelOf = ({ metric, aggregation }: SummaryMetric) => `${metric}: ${aggregation}`;

/** One number at every point that has data on it, whether or not the point promises anything. */
function sweptNumber(points: readonly SweepPoint[], label: string): SweptNumber {
  const found = points.flatMap(({ values, summary }) => {
    const guarantees = summary.guarantees.filter((each) => labelOf(each) === label);
    const number = guarantees[0] ?? summary.metrics.find((each) => labelOf(each) === label);
    return number === undefined || number.value === null ? [] : { values, number, guarantees };
  });
  const promised = found.flatMap(({ guarantees }) => guarantees);
  const texts = [...new Set(promised.map(({ guarantee }) => guarantee))];
  const { name: unit, size } = unitOf(found.map(({ number }) => number));
  return {
    label,
    slug: (texts.length === 1 ? texts.join() : label).replace(/[^a-z0-9.]+/g, "-"),
    unit,
    limits: [...new Set(promised.map(({ limit }) => limit / size))],
    promise: texts.join(" or "),
    at: found.map(({ values, number, guarantees }) => ({
      values,
      value: round((number.value ?? 0) / size),
      low: endOf(number, number.low, size),
      high: endOf(number, number.high, size),
      text: number.text,
      intervalText: number.intervalText,
      verdict: guarantees.length === 0 ? "none" : overall(guarantees),
    })),
  };
}

/** Only a two-sided interval can be open at an end; elsewhere it begins at the value, or is none. */
function endOf({ value, interval }: SummaryMetric, end: number | null, size: number) {
  if (end !== null) return round(end / size);
  return interval === "two-sided" ? null : round((value ?? 0) / size);
}

/** The unit of a number for a figure, and how many of a summary's it is. */
function unitOf(numbers: readonly SummaryMetric[]): { name: string; size: number } {
  const name = numbers[0]?.unit ?? "";
  if (name !== "s") return { name, size: 1 };
  const longest = Math.max(...numbers.map(({ value }) => value ?? 0));
  const unit = timeUnit(longest * 1e6);
  const size = unit.microseconds / 1e6;
  return { name: size === 1 ? "s" : unit.name, size };
}
