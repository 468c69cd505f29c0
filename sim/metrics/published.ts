import type { Aggregation, Metric } from "./catalogue.ts";
import { type GuaranteeMistake, parseGuarantee } from "./guarantee.ts";

/** A number somebody measured and published, such as `read.latency: p50 = 2.4s`. */
export interface PublishedNumber {
  /** As the user wrote it, with single spaces. */
  readonly text: string;
  readonly metric: Metric;
  readonly aggregation: Aggregation;
  /** In the metric's own unit: microseconds, a share in 0..1, a number. */
  readonly value: number;
}

export type ParsedNumber =
  | { readonly ok: true; readonly number: PublishedNumber }
  | { readonly ok: false; readonly mistakes: readonly GuaranteeMistake[] };

const shape = /^([^=<>]+[^=<>\s])\s*=\s*([^=<>]+)$/;

/** Reads `<metric>: <aggregation> = <value with unit>`; names and units are those of guarantees. */
export function parsePublished(text: string): ParsedNumber {
  const parts = shape.exec(text.trim());
  if (parts === null) {
    const expected = 'a published number such as "read.latency: p50 = 2.4s"';
    return { ok: false, mistakes: [{ expected, found: text }] };
  }
  const [, name = "", value = ""] = parts;
  const result = parseGuarantee(`${name} <= ${value}`);
  if (!result.ok) return result;
  const { metric, aggregation } = result.guarantee;
  const number = { text: `${metric.name}: ${aggregation} = ${value}`, metric, aggregation };
  return { ok: true, number: { ...number, value: result.guarantee.value } };
}
