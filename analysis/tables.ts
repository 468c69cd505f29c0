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
import type { PublishedComparison } from "./published.ts";
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

/** A table without its rows. */
interface Table<Row> {
  readonly file: string;
  readonly columns: readonly Column<Row>[];
  readonly isPerReplication: boolean;
  rows(cell: Cell): Iterable<{ readonly replication: number | undefined; readonly row: Row }>;
}

const perReplication = <Row>(
  file: string,
  columns: readonly Column<Row>[],
  rowsOf: (rows: ReplicationRows) => readonly Row[],
): Table<Row> => ({
  file,
  columns,
  isPerReplication: true,
  *rows({ replications }) {
    for (const [replication, rows] of replications.entries()) {
      for (const row of rowsOf(rows)) yield { replication, row };
    }
  },
});

const reads = perReplication("reads.csv", readColumns, (rows) => rows.reads);
const writes = perReplication("writes.csv", writeColumns, (rows) => rows.writes);
const recoveries = perReplication("recoveries.csv", recoveryColumns, (rows) => rows.recoveries);
const nodes = perReplication("nodes.csv", nodeColumns, (rows) => rows.nodes);
const timeline = perReplication("timeline.csv", timelineColumns, (rows) => rows.timeline);

const summary = (file: string): Table<NumberRow> => ({
  file,
  columns: summaryColumns,
  isPerReplication: false,
  *rows({ summary: { metrics, guarantees } }) {
    for (const row of [...metrics, ...guarantees]) yield { replication: undefined, row };
  },
});

const published: Table<PublishedComparison> = {
  file: "published.csv",
  columns: publishedColumns,
  isPerReplication: false,
  *rows(cell) {
    for (const row of cell.summary.published) yield { replication: undefined, row };
  },
};

/** The tables of a run: one row a read, write, recovery, node, stretch of time, and number of the summary. */
export function runTables(cells: readonly Cell[]): CsvFile[] {
  const numbers = summary("summary.csv");
  const isCompared = cells.some((cell) => cell.summary.published.length > 0);
  const compared = isCompared ? [published] : [];
  return [
    ...compared.map((table) => toCsv(table, cells)),
    toCsv(reads, cells),
    toCsv(writes, cells),
    toCsv(recoveries, cells),
    toCsv(nodes, cells),
    toCsv(timeline, cells),
    toCsv(numbers, cells),
    columnsFile([
      { file: reads.file, columns: [replicationColumn, ...readColumns] },
      { file: writes.file, columns: [replicationColumn, ...writeColumns] },
      { file: recoveries.file, columns: [replicationColumn, ...recoveryColumns] },
      { file: nodes.file, columns: [replicationColumn, ...nodeColumns] },
      { file: timeline.file, columns: [replicationColumn, ...timelineColumns] },
      numbers,
      ...compared,
    ]),
  ];
}

/** The tables of a sweep: every number at every point. */
export function sweepTables(cells: readonly Omit<Cell, "replications">[]): CsvFile[] {
  const numbers = summary("sweep.csv");
  const points = cells.map((cell) => ({ ...cell, replications: [] }));
  return [toCsv(numbers, points), columnsFile([numbers])];
}

const replicationColumn = { name: "replication", unit: "", description: "counted from 0" };

/** What every column of every table means, as a table beside them. */
function columnsFile(
  tables: readonly {
    readonly file: string;
    readonly columns: readonly Pick<Column<never>, "name" | "unit" | "description">[];
  }[],
): CsvFile {
  const records = tables.flatMap(({ file, columns }) =>
    columns.map(({ name, unit, description }) => [file, name, unit, description]),
  );
  const header = ["file", "column", "unit", "meaning"];
  return { file: "columns.csv", text: stringify([header, ...records]) };
}

function toCsv<Row>(table: Table<Row>, cells: readonly Cell[]): CsvFile {
  const paths = [...new Set(cells.flatMap(({ values }) => Object.keys(values)))];
  const header = [
    ...paths,
    ...(table.isPerReplication ? ["replication"] : []),
    ...table.columns.map(({ name }) => name),
  ];
  const lines: string[] = [lineOf(header)];
  for (const cell of cells) {
    const values = paths.map((path) => cell.values[path] ?? null);
    for (const { replication, row } of table.rows(cell)) {
      const own = table.columns.map((column) => column.value(row));
      lines.push(lineOf([...values, ...(replication === undefined ? [] : [replication]), ...own]));
    }
  }
  return { file: table.file, text: lines.join("") };
}

const isPlain = /^[\w .:/%+-]*$/;

/** A line of CSV. Most hold numbers and plain words, which need no quotes: those are joined at once. */
function lineOf(fields: readonly (number | string | null)[]): string {
  for (const field of fields) {
    if (typeof field === "string" && !isPlain.test(field)) return stringify([[...fields]]);
  }
  return `${fields.join(",")}\n`;
}
