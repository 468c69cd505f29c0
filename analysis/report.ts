import type { DrawnFigure } from "./figures/draw-figure.ts";
import { formatCount } from "./format.ts";
import { bringToLife, figureList } from "./report/figures-section.ts";
import { type Html, html } from "./report/html.ts";
import {
  banner,
  extent,
  faultTable,
  guaranteeTable,
  metricTable,
  outcomeTables,
  publishedTable,
  unavailabilityTable,
  warningList,
} from "./report/run-sections.ts";
import { style } from "./report/style.ts";
import { vegaBundles } from "./report/vega-bundles.ts";
import { symbolOf } from "./report/words.ts";
import type { Summary } from "./summary.ts";

/** A scenario's results at one point of a sweep, or in one of its variants, or just its results. */
export interface ReportRun {
  /** What sets it apart from the others, such as `committee.nodes=50`; "" if it is the only one. */
  readonly name: string;
  readonly summary: Summary;
  readonly figures: readonly DrawnFigure[];
}

/** How one replication can be told to be the same again. */
export interface ReportDigest {
  readonly run: string;
  readonly replication: number;
  readonly seed: string;
  readonly eventDigest: string;
  readonly factDigest: string;
}

export interface ReportInput {
  readonly title: string;
  readonly question: string;
  readonly runs: readonly ReportRun[];
  /** Figures that compare the runs; none for a single one. */
  readonly comparison?: readonly DrawnFigure[];
  /** The resolved scenario, as JSON. */
  readonly scenario: unknown;
  readonly reproduce: {
    readonly command: string;
    readonly version: string;
    readonly digests: readonly ReportDigest[];
  };
}

// Nothing is fetched, not even by mistake; scripts and styles are those written in the page.
const policy =
  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data: blob:";

/**
 * The report as one HTML file that needs nothing else: figures are drawn in it and, where scripts
 * run, come alive by the Vega inside. The same results give the same bytes.
 */
export function renderReport(input: ReportInput): string {
  const { title, question, runs, comparison = [], scenario, reproduce } = input;
  const only = runs.length === 1 ? runs[0] : undefined;
  const body =
    only === undefined ? manyRuns(runs, comparison) : runBody(only.summary, only.figures, "");
  const page = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title} – Floe</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<style>${style}</style></head><body>
<header><p class="kind">Floe scenario</p><h1>${title}</h1><p class="question">${question}</p></header>
${body}
${reproduction(reproduce, scenario)}
${vegaBundles().map((bundle) => html`<script>${bundle}</script>\n`)}<script>${bringToLife}</script>
</body></html>
`;
  return page.html;
}

function runBody(summary: Summary, figures: readonly DrawnFigure[], prefix: string): Html {
  const drawn = figureList(figures, prefix);
  return html`${banner(summary)}${extent(summary)}
${guaranteeTable(summary)}${warningList(summary)}
${drawn.length > 0 ? html`<h2>Figures</h2>${drawn}` : undefined}
${prefix === "" ? publishedTable([{ name: "", summary }]) : undefined}${metricTable(summary)}${outcomeTables(summary)}${unavailabilityTable(summary)}${faultTable(summary)}`;
}

function manyRuns(runs: readonly ReportRun[], comparison: readonly DrawnFigure[]): Html {
  const drawn = figureList(comparison, "");
  const details = runs.map(({ name, summary, figures }) => {
    const body = runBody(summary, figures, `${name}-`);
    return html`<details><summary>${name}</summary>${body}</details>`;
  });
  return html`${overview(runs)}${publishedTable(runs)}${drawn.length > 0 ? html`<h2>Figures</h2>${drawn}` : undefined}<h2>Each run</h2>${details}`;
}

/** A row a run, a column a guarantee; nothing if nothing is promised. */
function overview(runs: readonly ReportRun[]): Html | undefined {
  const guarantees = [
    ...new Set(runs.flatMap(({ summary }) => summary.guarantees.map((g) => g.guarantee))),
  ];
  if (guarantees.length === 0) return undefined;
  const rows = runs.map(({ name, summary }) => {
    const cells = guarantees.map((wanted) => {
      const found = summary.guarantees.find(({ guarantee }) => guarantee === wanted);
      if (found === undefined) return html`<td></td>`;
      const { verdict, text, intervalText } = found;
      const isExpected = verdict === "broken" && summary.expect === "broken";
      const small = isExpected ? `${intervalText}; broken, as expected` : intervalText;
      return html`<td><span class="${isExpected ? "met" : verdict}">${symbolOf[verdict]}</span> ${text}<span class="small">${small}</span></td>`;
    });
    return html`<tr><td><code>${name}</code></td>${cells}</tr>`;
  });
  const heads = guarantees.map((guarantee) => html`<th><code>${guarantee}</code></th>`);
  return html`<h2>Guarantees in each run</h2><div class="scroll"><table><thead><tr><th>Run</th>${heads}</tr></thead><tbody>${rows}</tbody></table></div>
<p class="note">✓ met, ✗ broken, ? undecided; below each value its 95 % interval over replications. What is the same in all runs has no figure.</p>`;
}

function reproduction(reproduce: ReportInput["reproduce"], scenario: unknown): Html {
  const { command, version, digests } = reproduce;
  const rows = digests.map(
    ({
      run,
      replication,
      seed,
      eventDigest,
      factDigest,
    }) => html`<tr><td>${run}</td><td class="number">${replication}</td>
<td><code>${seed}</code></td><td><code>${eventDigest}</code></td><td><code>${factDigest}</code></td></tr>`,
  );
  const seeds = html`<details><summary>Seeds and digests of ${formatCount(digests.length)} replications</summary><div class="scroll"><table>
<thead><tr><th>Run</th><th class="number">Replication</th><th>Seed</th><th>Digest of events</th><th>Digest of facts</th></tr></thead>
<tbody>${rows}</tbody></table></div></details>`;
  return html`<h2>The same again</h2>
<p>Version <code>${version}</code> of Floe gives these very numbers, to the last digit, with</p>
<pre>${command}</pre>
${digests.length > 0 ? seeds : undefined}
<details><summary>The scenario, with every default filled in</summary><pre>${JSON.stringify(scenario, undefined, 2)}</pre></details>`;
}
