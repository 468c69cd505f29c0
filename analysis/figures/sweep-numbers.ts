import type { Verdict } from "../gate.ts";
import type { Summary, SummaryGuarantee, SummaryMetric } from "../summary.ts";
import { round } from "./figure.ts";

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
  readonly unit: string;
  /** What is promised, in `unit`; `null` if nothing is. */
  readonly limit: number | null;
  readonly guarantee: string | null;
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
const usual = [
  "read.success: ratio",
  "read.latency: p50",
  "read.latency: p99",
  "write.latency: p50",
];

/** What is worth a figure: every number that is promised something; else the usual ones. */
export function sweptNumbers(points: readonly SweepPoint[]): SweptNumber[] {
  const guarantees = [
    ...new Set(points.flatMap(({ summary }) => summary.guarantees.map((g) => g.guarantee))),
  ];
  const numbers =
    guarantees.length > 0
      ? guarantees.map((guarantee) =>
          sweptNumber(points, ({ guarantees: all }) => all.find((g) => g.guarantee === guarantee)),
        )
      : usual.map((label) =>
          sweptNumber(points, ({ metrics }) => metrics.find((metric) => labelOf(metric) === label)),
        );
  return numbers.filter((number) => number.at.length > 0);
}

/** The unit for the end of a title, where the numbers do not say it themselves. */
export function unitLabel({ unit }: SweptNumber): string {
  return unit === "s" ? " (s)" : "";
}

const labelOf = ({ metric, aggregation }: SummaryMetric) => `${metric}: ${aggregation}`;

const isGuarantee = (number: SummaryMetric): number is SummaryGuarantee => "guarantee" in number;

function sweptNumber(
  points: readonly SweepPoint[],
  find: (summary: Summary) => SummaryMetric | undefined,
): SweptNumber {
  const found = points.flatMap(({ values, summary }) => {
    const number = find(summary);
    return number === undefined || number.value === null ? [] : { values, number };
  });
  const first = found[0]?.number;
  const label = first === undefined ? "" : labelOf(first);
  const promised = first !== undefined && isGuarantee(first) ? first : undefined;
  return {
    label,
    slug: (promised?.guarantee ?? label).replace(/[^a-z0-9.]+/g, "-"),
    unit: first?.unit ?? "",
    limit: promised?.limit ?? null,
    guarantee: promised?.guarantee ?? null,
    at: found.map(({ values, number }) => ({
      values,
      value: round(number.value ?? 0),
      low: endOf(number, number.low),
      high: endOf(number, number.high),
      text: number.text,
      intervalText: number.intervalText,
      verdict: isGuarantee(number) ? number.verdict : "none",
    })),
  };
}

/** Only a two-sided interval can be open at an end; elsewhere it begins at the value, or is none. */
function endOf({ value, interval }: SummaryMetric, end: number | null): number | null {
  if (end !== null) return round(end);
  return interval === "two-sided" ? null : round(value ?? 0);
}
