import type { NamedTables, Table, TableRow } from "./tables.ts";

/** What was expected of a table and what was found, as a scenario's mistake tells it. */
export interface TableMistake {
  readonly expected: string;
  readonly found: string;
  /** The valid names, if a name was wrong. */
  readonly names?: readonly string[];
}

/** The named table, if it has rows and all the columns; else what is wrong. */
export function findTable(
  tables: NamedTables,
  path: string,
  columns: readonly string[],
): { readonly table: Table } | { readonly mistakes: TableMistake[] } {
  const table = Object.hasOwn(tables, path) ? tables[path]! : "it was not read";
  if (typeof table === "string") {
    return { mistakes: [{ expected: "a readable CSV file", found: `${path}: ${table}` }] };
  }
  const missing = columns.filter((column) => !table.columns.includes(column));
  if (missing.length > 0) {
    const found = `${path} with ${table.columns.join(", ")}`;
    const names = table.columns;
    const expected = (column: string) => `a table with a column "${column}"`;
    return { mistakes: missing.map((column) => ({ expected: expected(column), found, names })) };
  }
  if (table.rows.length === 0) {
    return { mistakes: [{ expected: "a table with rows", found: `none in ${path}` }] };
  }
  return { table };
}

/** A cell as a mistake shows it. */
export const cellOf = (path: string, row: TableRow, column: string): string =>
  `${JSON.stringify(row.cells[column] ?? "")} in ${path}, line ${row.line}, column ${column}`;
