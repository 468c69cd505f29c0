import type { Summary } from "../../analysis/summary.ts";
import type { FinishedCell } from "./finished-cell.ts";
import {
  mainNumbers,
  printWarning,
  shortText,
  verdictText,
  warningsToShow,
} from "./print-summary.ts";
import { columns, print, tint, wrap } from "./terminal.ts";
import { type TextColumn, textTable } from "./text-table.ts";

/** One table a guarantee (or main number, if none is guaranteed), one row a cell. */
export function printSweep(cells: readonly FinishedCell[]): void {
  const [first] = cells;
  if (first === undefined) return;
  print(tint(first.summary.scenario, "strong"));
  print(wrap(first.summary.question, columns()));
  const paths = Object.keys(first.named.values);
  for (const title of titlesOf(cells.map(({ summary }) => summary))) {
    print();
    print(tint(title, "strong"));
    print(
      textTable(
        columnsOf(paths),
        cells.map((cell) => rowOf(cell, paths, title)),
      ),
    );
  }
  const { replications } = first.summary;
  print();
  print(`${cells.length} cells of ${replications} replications each, on the same seeds.`);
  for (const message of warningsOf(cells)) printWarning(message);
}

/** Each warning once, with the cells it is about unless it is about all. */
function warningsOf(cells: readonly FinishedCell[]): string[] {
  const where = new Map<string, string[]>();
  for (const { named, summary } of cells) {
    for (const { message } of warningsToShow(summary)) {
      where.set(message, [...(where.get(message) ?? []), named.name]);
    }
  }
  return [...where].map(([message, names]) =>
    names.length === cells.length ? message : `${message} (${names.join("; ")})`,
  );
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

function rowOf(
  { named: { values }, summary }: FinishedCell,
  paths: readonly string[],
  title: string,
): string[] {
  const where = paths.map((path) => values[path] ?? "");
  const guarantee = summary.guarantees.find((each) => each.guarantee === title);
  if (guarantee !== undefined) {
    const { intervalText, verdict } = guarantee;
    return [...where, shortText(guarantee), intervalText, verdictText(verdict)];
  }
  const number = summary.metrics.find((each) => `${each.metric}: ${each.aggregation}` === title);
  return number === undefined ? where : [...where, shortText(number), number.intervalText, ""];
}
