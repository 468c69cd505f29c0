import type { SweepPoint } from "../../analysis/figures/sweep-numbers.ts";
import type { Summary } from "../../analysis/summary.ts";
import { mainNumbers, verdictText } from "./print-summary.ts";
import { columns, print, tint, wrap } from "./terminal.ts";
import { type TextColumn, textTable } from "./text-table.ts";

/** One table a guarantee (or main number, if none is guaranteed), one row a cell. */
export function printSweep(points: readonly SweepPoint[]): void {
  const [first] = points;
  if (first === undefined) return;
  print(tint(first.summary.scenario, "strong"));
  print(wrap(first.summary.question, columns()));
  const paths = Object.keys(first.values);
  for (const title of titlesOf(points.map(({ summary }) => summary))) {
    print();
    print(tint(title, "strong"));
    print(
      textTable(
        columnsOf(paths),
        points.map((point) => rowOf(point, paths, title)),
      ),
    );
  }
  const { replications } = first.summary;
  print();
  print(`${points.length} cells of ${replications} replications each, on the same seeds.`);
}

const columnsOf = (paths: readonly string[]): TextColumn[] => [
  ...paths.map((head, index) => ({ head, wraps: index === 0 })),
  { head: "value", right: true },
  { head: "95 % interval" },
  { head: "verdict" },
];

/** Guarantees may differ between cells, so that each is found by its text. */
function titlesOf(summaries: readonly Summary[]): string[] {
  const guarantees = summaries.flatMap((summary) => summary.guarantees);
  if (guarantees.length > 0) return [...new Set(guarantees.map(({ guarantee }) => guarantee))];
  const numbers = summaries.flatMap(mainNumbers);
  return [...new Set(numbers.map(({ metric, aggregation }) => `${metric}: ${aggregation}`))];
}

function rowOf({ values, summary }: SweepPoint, paths: readonly string[], title: string): string[] {
  const where = paths.map((path) => String(values[path] ?? ""));
  const guarantee = summary.guarantees.find((each) => each.guarantee === title);
  if (guarantee !== undefined) {
    const { text, intervalText, verdict } = guarantee;
    return [...where, text, intervalText, verdictText(verdict)];
  }
  const number = summary.metrics.find((each) => `${each.metric}: ${each.aggregation}` === title);
  return [...where, number?.text ?? "", number?.intervalText ?? "", ""];
}
