import { type Guarantee, parseGuarantee } from "../../sim/metrics/guarantee.ts";

/** Guarantees from their texts, which must be right. */
export function guarantees(...texts: readonly string[]): Guarantee[] {
  return texts.map((text) => {
    const parsed = parseGuarantee(text);
    if (!parsed.ok) throw new Error(`not a guarantee: ${text}`);
    return parsed.guarantee;
  });
}
