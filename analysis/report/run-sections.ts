import { catalogue } from "../../sim/metrics/catalogue.ts";
import { formatCount, formatDuration, formatShare } from "../format.ts";
import type { OutcomeCount } from "../outcomes.ts";
import { deviationText, type PublishedComparison } from "../published.ts";
import type { Summary, SummaryGuarantee } from "../summary.ts";
import { type Html, html } from "./html.ts";
import { intervalStrip } from "./interval-strip.ts";
import { conclusion, symbolOf } from "./words.ts";

/** The answer first: what became of the guarantees, in colour, sign and words. */
export function banner(summary: Summary): Html {
  const { head, more } = conclusion(summary);
  const tone = summary.guarantees.length === 0 ? "none" : toneOf(summary);
  const sign = tone === "none" ? "–" : symbolOf[tone];
  return html`<div class="banner ${tone}"><span class="symbol" aria-hidden="true">${sign}</span>
<div><strong>${head}.</strong> <span class="more">${more}</span></div></div>`;
}

/** As expected is good, also where a broken guarantee is what was expected. */
function toneOf({ exitCode }: Summary): "met" | "broken" | "undecided" {
  if (exitCode === 0) return "met";
  return exitCode === 1 ? "broken" : "undecided";
}

/** How much was simulated. */
export function extent(summary: Summary): Html {
  const { replications, horizonSeconds, warmUpSeconds } = summary;
  const runs = replications === 1 ? "1 replication" : `${formatCount(replications)} replications`;
  const warmUp =
    warmUpSeconds === 0
      ? ""
      : `, the first ${formatDuration(warmUpSeconds * 1e6)} of each not counted`;
  return html`<p class="note">${runs} of ${formatDuration(horizonSeconds * 1e6)} of simulated time${warmUp}. Intervals are at 95 %, over replications.</p>`;
}

export function guaranteeTable(summary: Summary): Html | undefined {
  if (summary.guarantees.length === 0) return undefined;
  return html`<h2>Guarantees</h2>
<div class="scroll"><table>
<thead><tr><th>Verdict</th><th>Guarantee</th><th class="number">Value</th><th>95 % interval</th><th>Interval and limit</th></tr></thead>
<tbody>${summary.guarantees.map(guaranteeRow)}</tbody>
</table></div>${unrecoveredList(summary)}`;
}

/** Why not all was recovered, where the scenario promises that it is. */
function unrecoveredList({ unrecovered }: Summary): Html | undefined {
  if (unrecovered.length === 0) return undefined;
  const items = unrecovered.map(({ message }) => html`<li>${message}</li>`);
  return html`<div class="warnings"><ul>${items}</ul></div>`;
}

function guaranteeRow(guarantee: SummaryGuarantee): Html {
  const { verdict, text, intervalText, reason, replicationsMore } = guarantee;
  const more =
    replicationsMore === null
      ? ""
      : `; needs about ${formatCount(replicationsMore)} more replications`;
  return html`<tr><td class="verdict ${verdict}">${symbolOf[verdict]} ${verdict}</td>
<td><code>${guarantee.guarantee}</code><span class="small">${reason}${more}</span></td>
<td class="number">${text}</td><td class="range">${intervalText}</td>
<td>${intervalStrip(guarantee)}</td></tr>`;
}

/** The model beside what others measured; a column tells several runs apart. */
export function publishedTable(
  runs: readonly { readonly name: string; readonly summary: Summary }[],
): Html | undefined {
  const isOne = runs.length === 1;
  const rows = runs.flatMap(({ name, summary }) =>
    summary.published.map((each) => publishedRow(isOne ? undefined : name, each)),
  );
  if (rows.length === 0) return undefined;
  const run = isOne ? undefined : html`<th>Run</th>`;
  return html`<h2>Beside published measurements</h2>
<div class="scroll"><table>
<thead><tr>${run}<th>Number</th><th class="number">Published</th><th class="number">Model</th><th>95 % interval</th><th class="number">Deviation</th><th>Use</th><th>Source</th></tr></thead>
<tbody>${rows}</tbody>
</table></div>
<p class="note">Fitted: parameters of the scenario were chosen to meet the number. Predicted: they were not.</p>`;
}

function publishedRow(run: string | undefined, comparison: PublishedComparison): Html {
  const { metric, aggregation, publishedText, text, intervalText, use, source } = comparison;
  const first = run === undefined ? undefined : html`<td><code>${run}</code></td>`;
  return html`<tr>${first}<td><code>${metric}: ${aggregation}</code></td><td class="number">${publishedText}</td>
<td class="number">${text}</td><td class="range">${intervalText}</td><td class="number">${deviationText(comparison)}</td>
<td>${use}</td><td>${source}</td></tr>`;
}

/** What to know before believing the numbers; assumed parameters folded away. */
export function warningList({ warnings }: Summary): Html | undefined {
  if (warnings.length === 0) return undefined;
  const assumed = warnings.filter(({ kind }) => kind === "assumed");
  const others = warnings.filter(({ kind }) => kind !== "assumed");
  const items = others.map(({ message }) => html`<li>${message}</li>`);
  const list = html`<div class="warnings"><ul>${items}</ul></div>`;
  return html`<h2>Before you believe it</h2>
${others.length > 0 ? list : undefined}${assumed.length > 0 ? assumedList(assumed) : undefined}`;
}

function assumedList(assumed: readonly { readonly message: string }[]): Html {
  const count = assumed.length === 1 ? "1 parameter rests" : `${assumed.length} parameters rest`;
  const items = assumed.map(({ message }) => html`<li>${message}</li>`);
  return html`<details><summary>${count} on no measurement</summary><ul>${items}</ul></details>`;
}

export function metricTable({ metrics }: Summary): Html {
  const groups = catalogue.flatMap(({ name, description }) => {
    const rows = metrics.filter((number) => number.metric === name && number.value !== null);
    if (rows.length === 0) return [];
    return html`<tbody class="group">${rows.map(
      (row, index) =>
        html`<tr>${
          index > 0
            ? undefined
            : html`<td class="name" rowspan="${rows.length}"><code>${name}</code><span class="small">${description}</span></td>`
        }<td>${row.aggregation}</td><td class="number">${row.text}</td><td class="range">${row.intervalText}</td><td class="number">${formatCount(row.count)}</td></tr>`,
    )}</tbody>`;
  });
  return html`<h2>Numbers</h2>
<div class="scroll"><table>
<thead><tr><th>Metric</th><th></th><th class="number">Value</th><th>95 % interval</th><th class="number">Count</th></tr></thead>
${groups}</table></div>
<p class="note">Count: operations behind the number, or replications where each gives one. Percentiles are over all replications together; min and max are of each replication, averaged, so that a max may lie below p99. Where so few cases cannot tell a percentile from the largest of them, it is the largest.</p>`;
}

export function outcomeTables({ outcomes }: Summary): Html | undefined {
  const tables = (["reads", "writes"] as const).flatMap((kind) =>
    outcomes[kind].length === 0 ? [] : outcomeTable(kind, outcomes[kind]),
  );
  if (tables.length === 0) return undefined;
  return html`<h2>How operations ended</h2>${tables}`;
}

function outcomeTable(kind: "reads" | "writes", outcomes: readonly OutcomeCount[]): Html {
  const rows = outcomes.map(
    ({
      outcome,
      count,
      share,
    }) => html`<tr><td>${outcome}</td><td class="number">${formatCount(count)}</td>
<td class="number">${share === 1 ? "all" : formatShare(share)}</td>
<td><div class="bar"><div class="${outcome === "ok" ? "ok" : "failed"}" style="width:${(100 * share).toFixed(2)}%"></div></div></td></tr>`,
  );
  return html`<h3>${kind === "reads" ? "Reads" : "Writes"}</h3><div class="scroll"><table>
<thead><tr><th>Outcome</th><th class="number">Count</th><th class="number">Share of those seen</th><th></th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

export function faultTable({ faults, replications }: Summary): Html | undefined {
  if (faults.length === 0) return undefined;
  const rows = faults.map(
    ({
      fault,
      kind,
      replicationsBegun,
      nodesDown,
      bites,
    }) => html`<tr><td><code>faults[${fault}]</code> ${kind}</td>
<td class="number">${replicationsBegun} of ${replications}</td><td class="number">${formatCount(nodesDown)}</td><td class="number">${formatCount(bites)}</td></tr>`,
  );
  return html`<h2>Faults injected</h2><div class="scroll"><table>
<thead><tr><th>Fault</th><th class="number">In force in replications</th><th class="number">Node outages</th><th class="number">Times an operation met it</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}

/** When blobs could not be read, and what was in force meanwhile. */
export function unavailabilityTable({ unavailability }: Summary): Html | undefined {
  if (unavailability.length === 0) return undefined;
  const rows = unavailability.map(
    ({ replication, fromSeconds, toSeconds, blobsMax, inForce }) => html`<tr>
<td class="number">${replication}</td><td class="number">${formatDuration(fromSeconds * 1e6)}</td>
<td class="number">${formatDuration((toSeconds - fromSeconds) * 1e6)}</td><td class="number">${formatCount(blobsMax)}</td>
<td>${inForce.length === 0 ? "no fault" : inForce.join(", ")}</td></tr>`,
  );
  return html`<h2>When blobs could not be read</h2><div class="scroll"><table>
<thead><tr><th class="number">Replication</th><th class="number">From</th><th class="number">For</th><th class="number">Most blobs at once</th><th>In force meanwhile</th></tr></thead>
<tbody>${rows}</tbody></table></div>
<p class="note">The worst stretches, by blobs and time; what was in force for the shortest time is named first.</p>`;
}
