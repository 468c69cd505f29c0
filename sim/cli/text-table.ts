import Table from "cli-table3";
import { columns as terminalColumns, visibleLength, wrap } from "./terminal.ts";

/** One column of a table in the terminal. */
export interface TextColumn {
  readonly head: string;
  /** Numbers stand to the right. */
  readonly right?: boolean;
  /** May be broken over lines if the terminal is narrow. At most one column. */
  readonly wraps?: boolean;
}

const GAP = 2;
const INDENT = "  ";

/** A table without lines but for the one under its head, no wider than the terminal if it can be. */
export function textTable(
  columns: readonly TextColumn[],
  rows: readonly (readonly string[])[],
): string {
  const widths = columns.map(({ head }, column) =>
    Math.max(
      ...head.split("\n").map(visibleLength),
      ...rows.map((row) => visibleLength(row[column] ?? "")),
    ),
  );
  const total = widths.reduce((sum, width) => sum + width + GAP, INDENT.length - GAP);
  const wrapped = columns.findIndex(({ wraps }) => wraps === true);
  if (wrapped >= 0) {
    const spare = terminalColumns() - total;
    widths[wrapped] = Math.max(16, widths[wrapped]! + Math.min(0, spare));
  }
  const table = new Table({
    head: columns.map(({ head }) => head),
    colAligns: columns.map(({ right }) => (right === true ? "right" : "left")),
    colWidths: widths.map((width) => width + GAP),
    style: { head: [], border: [], "padding-left": 0, "padding-right": GAP },
    chars: lines,
  });
  const fitted = (cell: string, column: number) =>
    column === wrapped ? wrap(cell, widths[column]) : cell;
  table.push(...rows.map((row) => row.map(fitted)));
  return table
    .toString()
    .split("\n")
    .map((line) => `${INDENT}${line}`.trimEnd())
    .join("\n");
}

const lines = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "",
} as const;
