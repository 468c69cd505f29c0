import type { SummaryGuarantee } from "../summary.ts";
import { type Html, html } from "./html.ts";

const width = 150;
const height = 22;
const margin = 12;

/** A drawing of the interval beside the limit: the bar must lie on the right side of the tick. */
export function intervalStrip(guarantee: SummaryGuarantee): Html | undefined {
  const { value, low, high, limit, verdict, intervalText, limitText } = guarantee;
  if (value === null) return undefined;
  const known = [value, limit, low ?? value, high ?? value];
  const from = Math.min(...known);
  const span = Math.max(...known) - from;
  // All in one point: put it in the middle.
  const x = (v: number) =>
    (span === 0 ? width / 2 : margin + ((v - from) / span) * (width - 2 * margin)).toFixed(1);
  const hasInterval = guarantee.interval !== "none";
  // A bound where all or nothing was hit begins at the value; an open end runs off the strip.
  const isOpen = guarantee.interval === "two-sided";
  const left = low === null ? (isOpen ? "0" : x(value)) : x(low);
  const right = high === null ? (isOpen ? String(width) : x(value)) : x(high);
  const middle = height / 2;
  const bar = html`<line x1="${left}" x2="${right}" y1="${middle}" y2="${middle}" stroke="currentColor" stroke-width="5" stroke-opacity=".35" stroke-linecap="round"/>`;
  return html`<svg class="${verdict}" width="${width}" height="${height}" role="img" aria-label="${intervalText}, promised ${limitText}">
<line x1="0" x2="${width}" y1="${middle}" y2="${middle}" stroke="#e4e7eb"/>
${hasInterval ? bar : undefined}<circle cx="${x(value)}" cy="${middle}" r="4" fill="currentColor"/>
<line x1="${x(limit)}" x2="${x(limit)}" y1="2" y2="${height - 2}" stroke="#1f2933" stroke-width="1.5" stroke-dasharray="3 2"/>
</svg>`;
}
