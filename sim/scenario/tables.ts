/** A measured table that a scenario names, such as `"data/walrus-testnet-committee.csv"`. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
}

export interface TableRow {
  /** Of the file, counted from 1. */
  readonly line: number;
  readonly cells: Readonly<Record<string, string>>;
}

/** The tables a scenario names, by the name it uses; for one that cannot be read, the reason. */
export type Tables = Readonly<Record<string, Table | string>>;

/** How a table is named: by a path relative to the scenario's own file. */
export type TablePath = `${string}.csv`;

/** What was expected of a table and what was found, as a scenario's mistake tells it. */
export interface TableMistake {
  readonly expected: string;
  readonly found: string;
  /** The valid names, if a name was wrong. */
  readonly names?: readonly string[];
}

/** The named table, if it has rows and all the columns; else what is wrong. */
export function findTable(
  tables: Tables,
  path: string,
  columns: readonly string[],
): { table: Table } | { mistakes: TableMistake[] } {
  const table = Object.hasOwn(tables, path) ? tables[path]! : "the file was not read";
  if (typeof table === "string") {
    return { mistakes: [{ expected: "a readable CSV file", found: `${path}: ${table}` }] };
  }
  const missing = columns.filter((column) => !table.columns.includes(column));
  if (missing.length > 0) {
    const found = `${path} with ${table.columns.join(", ")}`;
    return {
      mistakes: missing.map((column) => ({
        expected: `a table with a column "${column}"`,
        found,
        names: table.columns,
      })),
    };
  }
  if (table.rows.length === 0) {
    return { mistakes: [{ expected: "a table with rows", found: `none in ${path}` }] };
  }
  return { table };
}

/** A cell as a mistake shows it. */
export const cellOf = (path: string, row: TableRow, column: string): string =>
  `${JSON.stringify(row.cells[column] ?? "")} in ${path}, line ${row.line}, column ${column}`;
