import { stringify } from "csv-stringify/sync";
import type { ReplicationRows } from "../sim/metrics/rows.ts";
import {
  type Column,
  type NumberRow,
  nodeColumns,
  publishedColumns,
  readColumns,
  recoveryColumns,
  summaryColumns,
  timelineColumns,
  writeColumns,
} from "./columns.ts";
import {
  challengeColumns,
  epochColumns,
  healthColumns,
  misEncodedColumns,
  spanColumns,
  transferColumns,
} from "./life-columns.ts";
import type { Summary } from "./summary.ts";

/** A scenario's results at one point of a sweep, or in one of its variants, or just its results. */
export interface Cell {
  /** What sets it apart from the other cells, by path; nothing if it is the only one. */
  readonly values: Readonly<Record<string, string | number>>;
  readonly summary: Summary;
  readonly replications: readonly ReplicationRows[];
}

/** One file of the results. */
export interface CsvFile {
  readonly file: string;
  readonly text: string;
}

type Field = number | string | null;

/** What a column of a file is called and means. */
type ColumnMeaning = Pick<Column<never>, "name" | "unit" | "description">;

/** A table without its rows. */
interface Table {
  readonly file: string;
  readonly columns: readonly ColumnMeaning[];
  rows(cell: Cell): Iterable<readonly Field[]>;
}

const replicationColumn = { name: "replication", unit: "", description: "counted from 0" };

const perReplication = <Row>(
  file: string,
  columns: readonly Column<Row>[],
  rowsOf: (rows: ReplicationRows) => readonly Row[],
): Table => ({
  file,
  columns: [replicationColumn, ...columns],
  *rows({ replications }) {
    for (const [replication, rows] of replications.entries()) {
      for (const row of rowsOf(rows)) yield [replication, ...fieldsOf(columns, row)];
    }
  },
});

const perCell = <Row>(
  file: string,
  columns: readonly Column<Row>[],
  rowsOf: (summary: Summary) => readonly Row[],
): Table => ({
  file,
  columns,
  *rows({ summary }) {
    for (const row of rowsOf(summary)) yield fieldsOf(columns, row);
  },
});

const fieldsOf = <Row>(columns: readonly Column<Row>[], row: Row): Field[] =>
  columns.map((column) => column.value(row));

/** There in every run. */
const mainTables = [
  perReplication("reads.csv", readColumns, (rows) => rows.reads),
  perReplication("writes.csv", writeColumns, (rows) => rows.writes),
  perReplication("recoveries.csv", recoveryColumns, (rows) => rows.recoveries),
  perReplication("nodes.csv", nodeColumns, (rows) => rows.nodes),
  perReplication("timeline.csv", timelineColumns, (rows) => rows.timeline),
];

const numbersIn = (file: string) =>
  perCell<NumberRow>(file, summaryColumns, ({ metrics, guarantees }) => [
    ...metrics,
    ...guarantees,
  ]);

/** There only if there is something in them: a run of minutes has no epochs. */
const furtherTables = [
  perReplication("epochs.csv", epochColumns, (rows) => rows.epochs),
  perReplication("transfers.csv", transferColumns, (rows) => rows.transfers),
  perReplication("health.csv", healthColumns, (rows) => rows.health),
  perReplication("spans.csv", spanColumns, (rows) => rows.spans),
  perReplication("mis-encoded.csv", misEncodedColumns, (rows) => rows.misEncoded),
  perReplication("challenges.csv", challengeColumns, (rows) => rows.challenges),
  perCell("published.csv", publishedColumns, (summary) => summary.published),
];

/** The tables of a run: one row a read, write, recovery, node, stretch of time, and number of the summary. */
export function runTables(cells: readonly Cell[]): CsvFile[] {
  const tables = [
    ...mainTables,
    ...furtherTables.filter((table) => cells.some((cell) => hasRows(table, cell))),
    numbersIn("summary.csv"),
  ];
  return [...tables.map((table) => toCsv(table, cells)), columnsFile(tables)];
}

function hasRows(table: Table, cell: Cell): boolean {
  for (const _ of table.rows(cell)) return true;
  return false;
}

/** The tables of a sweep: every number at every point. */
export function sweepTables(cells: readonly Omit<Cell, "replications">[]): CsvFile[] {
  const numbers = numbersIn("sweep.csv");
  const points = cells.map((cell) => ({ ...cell, replications: [] }));
  return [toCsv(numbers, points), columnsFile([numbers])];
}

/** What every column of every table means, as a table beside them. */
function columnsFile(tables: readonly Table[]): CsvFile {
  const records = tables.flatMap(({ file, columns }) =>
    columns.map(({ name, unit, description }) => [file, name, unit, description]),
  );
  const header = ["file", "column", "unit", "meaning"];
  return { file: "columns.csv", text: stringify([header, ...records]) };
}

function toCsv(table: Table, cells: readonly Cell[]): CsvFile {
  const paths = [...new Set(cells.flatMap(({ values }) => Object.keys(values)))];
  const lines: string[] = [lineOf([...paths, ...table.columns.map(({ name }) => name)])];
  for (const cell of cells) {
    const values = paths.map((path) => cell.values[path] ?? null);
    for (const fields of table.rows(cell)) lines.push(lineOf([...values, ...fields]));
  }
  return { file: table.file, text: lines.join("") };
}

const isPlain = /^[\w .:/%+-]*$/;

/** A line of CSV. Most hold numbers and plain words, which need no quotes: those are joined at once. */
function lineOf(fields: readonly Field[]): string {
  for (const field of fields) {
    if (typeof field === "string" && !isPlain.test(field)) return stringify([[...fields]]);
  }
  return `${fields.join(",")}\n`;
}
