import { type Expectation, type Verdict, verdictWords } from "../../analysis/gate.ts";
import { aboutMore } from "../../analysis/report/words.ts";
import type { Summary, SummaryMetric } from "../../analysis/summary.ts";
import { duration, formatQuantity } from "../scenario/units.ts";
import { linesOverTime } from "./lines-over-time.ts";
import { columns, print, tint, wrap } from "./terminal.ts";
import { textTable } from "./text-table.ts";

/** Shown where a scenario promises nothing, if there is data on them. */
const MAIN_NUMBERS: readonly (readonly [metric: string, aggregation: string])[] = [
  ["read.success", "ratio"],
  ["read.latency", "p50"],
  ["read.latency", "p99"],
  ["write.success", "ratio"],
  ["write.latency", "p50"],
  ["write.latency", "p99"],
  ["blobs.lost", "count"],
  ["blobs.unavailable", "count"],
  ["node.availability", "mean"],
];

const tones = { met: "good", broken: "bad", undecided: "unsure" } as const;

/** A run's question, its guarantees and what became of them, and what to know before believing it. */
export function printSummary(summary: Summary): void {
  const { scenario, question, guarantees } = summary;
  print(tint(scenario, "strong"));
  print(wrap(question, columns()));
  print();
  print(guarantees.length > 0 ? guaranteeTable(summary) : numberTable(mainNumbers(summary)));
  print();
  for (const line of linesOverTime(summary)) print(wrap(line, columns()));
  printUnrecovered(summary);
  print(conclusion(summary));
  for (const { message } of warningsToShow(summary)) printWarning(message);
}

/** Why not all was recovered once the faults had ended, in a line for each reason. */
export function printUnrecovered({ unrecovered }: Summary, where = ""): void {
  for (const { message } of unrecovered) {
    print(wrap(`${tint(`Not whole${where}:`, "bad")} ${message}`, columns(), "  "));
  }
}

/** What a reader of the numbers should know before believing them. */
export function printWarning(message: string): void {
  print(wrap(`${tint("warning:", "unsure")} ${message}`, columns(), "  "));
}

/** A value in words for a table, where its interval and the replications stand beside it. */
export function shortText({ unit, value, text }: SummaryMetric): string {
  return unit === "count" && value === 0 ? "none" : text;
}

/** A verdict in its colour. */
export function verdictText(verdict: Verdict, expect: Expectation): string {
  const isExpected = verdict === "broken" && expect === "broken";
  return tint(verdictWords(verdict, expect), isExpected ? "good" : tones[verdict]);
}

function guaranteeTable({ guarantees, expect }: Summary): string {
  return textTable(
    [
      { head: "guarantee", wraps: true },
      { head: "value", right: true },
      { head: "95 % interval" },
      { head: "verdict" },
    ],
    guarantees.map((guarantee) => [
      guarantee.guarantee,
      shortText(guarantee),
      guarantee.intervalText,
      verdictText(guarantee.verdict, expect),
    ]),
  );
}

/** Metrics with their intervals. */
function numberTable(metrics: readonly SummaryMetric[]): string {
  return textTable(
    [{ head: "metric", wraps: true }, { head: "value", right: true }, { head: "95 % interval" }],
    metrics.map((number) => [
      `${number.metric}: ${number.aggregation}`,
      shortText(number),
      number.intervalText,
    ]),
  );
}

/** The metrics that matter most, as far as there is data on them. */
function mainNumbers({ metrics }: Summary): SummaryMetric[] {
  return metrics.filter(
    ({ metric, aggregation, value }) =>
      value !== null && MAIN_NUMBERS.some(([m, a]) => m === metric && a === aggregation),
  );
}

function conclusion(summary: Summary): string {
  const { replications } = summary;
  const times = `${replications} ${replications === 1 ? "replication" : "replications"}`;
  const verdict = tint(verdictSentence(summary), toneOf(summary));
  return wrap(`${times} ${lengthText(summary)}. ${verdict}`);
}

/** How long each replication is: `of 6h, the first 10min not counted`. */
export function lengthText({ horizonSeconds, warmUpSeconds }: Summary): string {
  const horizon = formatQuantity(Math.round(horizonSeconds * 1e6), duration);
  const warmUp = formatQuantity(Math.round(warmUpSeconds * 1e6), duration);
  const notCounted = warmUpSeconds > 0 ? `, the first ${warmUp} not counted` : "";
  return `of ${horizon}${notCounted}`;
}

function verdictSentence({ guarantees, verdict, expect }: Summary): string {
  if (guarantees.length === 0) return "Nothing is guaranteed, so nothing can break.";
  const more = Math.max(0, ...guarantees.map(({ replicationsMore }) => replicationsMore ?? 0));
  const decide = more === 0 ? "" : ` ${aboutMore(more)} would decide the rest.`;
  switch (verdict) {
    case "met": {
      const all = guarantees.length === 1 ? "The guarantee is met." : "All guarantees are met.";
      return expect === "broken" ? `${all} This scenario expects one broken.` : all;
    }
    case "broken":
      return (
        (expect === "broken" ? "Broken, as this scenario expects." : "A guarantee is broken.") +
        decide
      );
    case "undecided":
      return `Undecided.${decide}`;
  }
}

function toneOf({ exitCode }: Summary): "good" | "bad" | "unsure" {
  if (exitCode === 0) return "good";
  return exitCode === 1 ? "bad" : "unsure";
}

/** All but what is assumed: a long list that `floe explain` gives, and that would hide the rest. */
export const warningsToShow = ({ warnings }: Summary) =>
  warnings.filter(({ kind }) => kind !== "assumed");
