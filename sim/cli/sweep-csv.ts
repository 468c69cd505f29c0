import { stringify } from "csv-stringify/sync";
import type { Summary } from "../../analysis/summary.ts";

/** A cell's summary, and the values that set it apart. */
export interface SweepPoint {
  readonly values: Readonly<Record<string, string>>;
  readonly summary: Summary;
}

const COLUMNS = [
  "metric",
  "aggregation",
  "value",
  "low",
  "high",
  "unit",
  "interval",
  "count",
  "replications",
] as const;

/**
 * Tidy CSV: one column for each path varied, and a row for each cell and metric, with the ends of
 * its 95 % interval. A blank is what the data cannot say.
 */
export function sweepCsv(points: readonly SweepPoint[]): string {
  const paths = [...new Set(points.flatMap(({ values }) => Object.keys(values)))];
  const rows = points.flatMap(({ values, summary }) =>
    summary.metrics.map((metric) => [
      ...paths.map((path) => values[path] ?? ""),
      ...COLUMNS.map((column) => metric[column]),
    ]),
  );
  return stringify([[...paths, ...COLUMNS], ...rows]);
}
