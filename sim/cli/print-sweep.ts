import type { FinishedCell } from "./finished-cell.ts";
import {
  printUnrecovered,
  printWarning,
  shortText,
  verdictText,
  warningsToShow,
} from "./print-summary.ts";
import { columns, print, tint, wrap } from "./terminal.ts";
import { type TextColumn, textTable } from "./text-table.ts";

/** Shown where nothing is guaranteed; the rest is in the report. */
const USUAL_NUMBERS = [
  ["read.success", "ratio"],
  ["read.latency", "p50"],
  ["read.latency", "p99"],
  ["write.latency", "p50"],
] as const;

/** A sweep's question, what became of each guarantee in each cell, and what to know about it. */
export function printSweep(cells: readonly FinishedCell[]): void {
  const { summary, named } = cells[0]!;
  print(tint(summary.scenario, "strong"));
  print(wrap(summary.question, columns()));
  const paths = Object.keys(named.values);
  // Guarantees may differ between cells, so that each is found by its text.
  const guarantees = new Set(
    cells.flatMap((cell) => cell.summary.guarantees.map(({ guarantee }) => guarantee)),
  );
  for (const guarantee of guarantees) {
    print(`\n${tint(guarantee, "strong")}`);
    print(guaranteeTable(cells, paths, guarantee));
  }
  if (cells.some((cell) => cell.summary.unrecovered.length > 0)) print();
  for (const { named, summary } of cells) printUnrecovered(summary, ` (${named.name})`);
  const usual = guarantees.size === 0 ? usualTable(cells, paths) : undefined;
  if (usual !== undefined) print(`\n${usual}`);
  print(`\n${cells.length} cells of ${replicationsText(cells)}, on the same seeds.`);
  for (const message of warningsOf(cells)) printWarning(message);
}

const pathColumns = (paths: readonly string[]): TextColumn[] =>
  paths.map((head, index) => ({ head, wraps: index === 0 }));

const whereOf = ({ named }: FinishedCell, paths: readonly string[]) =>
  paths.map((path) => named.values[path] ?? "");

function guaranteeTable(
  cells: readonly FinishedCell[],
  paths: readonly string[],
  guarantee: string,
): string {
  const heads = [{ head: "value", right: true }, { head: "95 % interval" }, { head: "verdict" }];
  const rows = cells.map((cell) => {
    const found = cell.summary.guarantees.find((each) => each.guarantee === guarantee);
    const where = whereOf(cell, paths);
    if (found === undefined) return where;
    return [...where, shortText(found), found.intervalText, verdictText(found.verdict)];
  });
  return textTable([...pathColumns(paths), ...heads], rows);
}

function usualTable(cells: readonly FinishedCell[], paths: readonly string[]): string | undefined {
  const numbers = USUAL_NUMBERS.filter((number) =>
    cells.some((cell) => (usualNumber(cell, number)?.value ?? null) !== null),
  );
  if (numbers.length === 0) return undefined;
  const heads = numbers.map(([metric, aggregation]) => {
    return { head: `${metric}\n${aggregation}`, right: true };
  });
  const rows = cells.map((cell) => [
    ...whereOf(cell, paths),
    ...numbers.map((number) => usualNumber(cell, number)?.text ?? ""),
  ]);
  return textTable([...pathColumns(paths), ...heads], rows);
}

function usualNumber({ summary }: FinishedCell, [metric, aggregation]: readonly [string, string]) {
  return summary.metrics.find((each) => each.metric === metric && each.aggregation === aggregation);
}

function replicationsText(cells: readonly FinishedCell[]): string {
  const counts = cells.map(({ summary }) => summary.replications);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? `${least} replications each` : `${least} to ${most} replications`;
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
