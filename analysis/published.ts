import type { PublishedNumber } from "../sim/metrics/published.ts";
import { displayUnit, formatValue, toDisplay } from "./format.ts";
import type { SummaryMetric } from "./summary-metric.ts";

/** A published number, as a scenario cites it. */
export interface CitedNumber extends PublishedNumber {
  readonly source: string;
  readonly fitted: boolean;
}

/** The model beside one published number; in `unit`, and `null` where the run has no data. */
export interface PublishedComparison {
  readonly metric: string;
  readonly aggregation: string;
  readonly published: number;
  readonly publishedText: string;
  readonly model: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: string;
  readonly text: string;
  readonly intervalText: string;
  /** Model over published. */
  readonly ratio: number | null;
  /** Whether parameters were chosen to meet it, or the model stands on its own. */
  readonly use: "fitted" | "predicted";
  readonly source: string;
}

/** Sets the model's number beside a published one. */
export function compareWithPublished(
  { metric, aggregation, value, source, fitted }: CitedNumber,
  model: SummaryMetric,
): PublishedComparison {
  const published = toDisplay(metric.unit, value);
  return {
    metric: metric.name,
    aggregation,
    published,
    publishedText: formatValue(metric.unit, value),
    model: model.value,
    low: model.low,
    high: model.high,
    unit: displayUnit[metric.unit].name,
    text: model.text,
    intervalText: model.intervalText,
    ratio: model.value === null || published === 0 ? null : model.value / published,
    use: fitted ? "fitted" : "predicted",
    source,
  };
}

/** A ratio as a reader takes it: by how much the model is off. */
export function deviationText({ ratio }: PublishedComparison): string {
  if (ratio === null) return "no data";
  const percent = Math.round((ratio - 1) * 100);
  return percent === 0 ? "0 %" : `${percent > 0 ? "+" : "−"}${Math.abs(percent)} %`;
}
