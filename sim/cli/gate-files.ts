import { verdictWords } from "../../analysis/gate.ts";
import type { Summary, SummaryGuarantee } from "../../analysis/summary.ts";
import type { TitledSummary } from "./summarize-cell.ts";

/**
 * JUnit XML, as CI systems show it: a suite a scenario, a test case a guarantee. A broken guarantee
 * is a failure, an undecided one an error. A scenario that expects to be broken is one test case.
 */
export function gateXml(all: readonly TitledSummary[]): string {
  const suites = all.map(({ title, summary }) => suiteXml(title, casesOf(summary)));
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>", ...suites];
  return `${[...lines, "</testsuites>"].join("\n")}\n`;
}

interface TestCase {
  readonly name: string;
  readonly verdict: "met" | "broken" | "undecided";
  readonly text: string;
}

function casesOf(summary: Summary): TestCase[] {
  if (summary.expect === "met") {
    return summary.guarantees.map((guarantee) => {
      const { verdict } = guarantee;
      return { name: guarantee.guarantee, verdict, text: sentenceOf(guarantee) };
    });
  }
  const verdict = ({ 0: "met", 1: "broken", 4: "undecided" } as const)[summary.exitCode];
  const text = summary.guarantees.map(sentenceOf).join("\n");
  return [{ name: "a guarantee is broken, as expected", verdict, text }];
}

const sentenceOf = ({ guarantee, text, intervalText, verdict, reason }: SummaryGuarantee) =>
  `${guarantee}: ${verdict}, ${reason}. Value ${text}, 95 % interval ${intervalText || "none"}.`;

function suiteXml(title: string, cases: readonly TestCase[]): string {
  const count = (wanted: string) => cases.filter(({ verdict }) => verdict === wanted).length;
  const counts = `tests="${cases.length}" failures="${count("broken")}" errors="${count("undecided")}"`;
  const inner = cases.map((testCase) => caseXml(title, testCase));
  return [`  <testsuite name="${xml(title)}" ${counts}>`, ...inner, "  </testsuite>"].join("\n");
}

function caseXml(title: string, { name, verdict, text }: TestCase): string {
  const start = `    <testcase classname="${xml(title)}" name="${xml(name)}"`;
  if (verdict === "met") return `${start}/>`;
  const tag = verdict === "broken" ? "failure" : "error";
  return `${start}>\n      <${tag} type="${verdict}" message="${xml(text)}"/>\n    </testcase>`;
}

function xml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("\n", "&#10;");
}

/** A table in Markdown, one row a guarantee. */
export function gateMarkdown(all: readonly TitledSummary[]): string {
  const head = ["scenario", "guarantee", "value", "95 % interval", "verdict"];
  const rows = all.flatMap(({ title, summary }) =>
    summary.guarantees.map(({ guarantee, text, intervalText, verdict }) => [
      title,
      `\`${guarantee}\``,
      text,
      intervalText,
      verdictWords(verdict, summary.expect),
    ]),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return `${[line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n")}\n`;
}
