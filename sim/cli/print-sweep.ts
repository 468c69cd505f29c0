import { tellingNumbers, usualNumbers } from "../../analysis/figures/sweep-numbers.ts";
import { aboutMore } from "../../analysis/report/words.ts";
import type { FinishedCell } from "./finished-cell.ts";
import {
  lengthText,
  printUnrecovered,
  printWarning,
  shortText,
  verdictText,
  warningsToShow,
} from "./print-summary.ts";
import { columns, print, tint, wrap } from "./terminal.ts";
import { type TextColumn, textTable } from "./text-table.ts";

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
  if (guarantees.size === 0) printNumbers(cells, paths, usualNumbers, "");
  else printNumbers(cells, paths, tellingNumbers(pointsOf(cells)), "what else differs");
  const kind = paths.join() === "variant" ? "variants" : "cells";
  const extent = `${cells.length} ${kind}, each with ${replicationsText(cells)}, on the same seeds.`;
  print(`\n${wrap(`${extent} ${conclusion(cells, guarantees.size)}`)}`);
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
  // A cell that does not promise it has no row.
  const rows = cells.flatMap((cell) => {
    const { guarantees, expect } = cell.summary;
    const found = guarantees.find((each) => each.guarantee === guarantee);
    if (found === undefined) return [];
    const verdict = verdictText(found.verdict, expect);
    return [[...whereOf(cell, paths), shortText(found), found.intervalText, verdict]];
  });
  return textTable([...pathColumns(paths), ...heads], rows);
}

/** A column a number, as far as there is data; names such as `read.latency: p99`. */
function printNumbers(
  cells: readonly FinishedCell[],
  paths: readonly string[],
  names: readonly string[],
  title: string,
): void {
  const numbers = names.filter((name) =>
    cells.some((cell) => (numberOf(cell, name)?.value ?? null) !== null),
  );
  if (numbers.length === 0) return;
  const heads = numbers.map((name) => ({ head: name.replace(": ", "\n"), right: true }));
  const rows = cells.map((cell) => [
    ...whereOf(cell, paths),
    ...numbers.map((name) => numberOf(cell, name)?.text ?? ""),
  ]);
  print(title === "" ? "" : `\n${tint(title, "strong")}`);
  print(textTable([...pathColumns(paths), ...heads], rows));
}

const numberOf = ({ summary }: FinishedCell, name: string) =>
  summary.metrics.find(({ metric, aggregation }) => `${metric}: ${aggregation}` === name);

const pointsOf = (cells: readonly FinishedCell[]) =>
  cells.map(({ named, summary }) => ({ values: named.values, summary }));

function replicationsText(cells: readonly FinishedCell[]): string {
  const counts = cells.map(({ summary }) => summary.replications);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  const count = least === most ? `${least}` : `${least} to ${most}`;
  const lengths = new Set(cells.map(({ summary }) => lengthText(summary)));
  const length = lengths.size === 1 ? ` ${[...lengths].join()}` : "";
  return `${count} ${most === 1 ? "replication" : "replications"}${length}`;
}

/** What became of all guarantees together: which cells are not as expected, and which undecided. */
function conclusion(cells: readonly FinishedCell[], guarantees: number): string {
  if (guarantees === 0) return "Nothing is guaranteed, so nothing can break.";
  const those = (code: number) => cells.filter(({ summary }) => summary.exitCode === code);
  const [wrong, open] = [those(1), those(4)];
  if (wrong.length + open.length === 0) {
    const isPlain = cells.every(({ summary }) => summary.expect === "met");
    return tint(isPlain ? "All guarantees are met." : "All is as expected.", "good");
  }
  const names = (some: readonly FinishedCell[]) =>
    some.length === cells.length ? "all" : some.map(shortName).join("; ");
  const broken = wrong.length === 0 ? [] : [tint(`Not as expected: ${names(wrong)}.`, "bad")];
  return [...broken, ...(open.length === 0 ? [] : [undecided(open, names(open))])].join(" ");
}

/** A variant is known by its name alone. */
const shortName = ({ named }: FinishedCell) => named.name.replace(/^variant=/, "");

function undecided(open: readonly FinishedCell[], names: string): string {
  const more = Math.max(
    0,
    ...open.flatMap(({ summary }) => summary.guarantees.map((g) => g.replicationsMore ?? 0)),
  );
  const decide = more === 0 ? "" : ` ${aboutMore(more)} would likely decide.`;
  return tint(`Undecided: ${names}.${decide}`, "unsure");
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
