import { cellOf, findTable, type TableMistake } from "./find-table.ts";
import type { Member } from "./members.ts";
import type { NamedTables, TableRow } from "./tables.ts";

/**
 * The members that a table lists, one a row. Columns: `node` (its name), `shards` or `stake` (whole
 * numbers; without both all are alike), `place` or `region`, `provider`. Other columns are ignored.
 */
export function readMembers(
  path: string,
  tables: NamedTables,
): { readonly members: Member[] } | { readonly mistakes: TableMistake[] } {
  const result = findTable(tables, path, ["node"]);
  if ("mistakes" in result) return result;
  const { columns, rows } = result.table;
  const mistakes: TableMistake[] = [];

  const whole = (row: TableRow, column: string): number | null => {
    if (!columns.includes(column)) return null;
    const cell = row.cells[column]!;
    if (/^\d{1,15}$/.test(cell)) return Number(cell);
    const expected = "a whole number, 0 or more";
    mistakes.push({ expected, found: cellOf(path, row, column) });
    return null;
  };

  const seen = new Set<string>();
  const members = rows.map((row): Member => {
    const name = nameOf(row.cells.node!);
    if (name === "" || seen.has(name)) {
      const expected = "a name that no other node has";
      mistakes.push({ expected, found: cellOf(path, row, "node") });
    }
    seen.add(name);
    const shards = whole(row, "shards");
    return {
      name,
      stake: whole(row, "stake") ?? shards ?? 1,
      shards,
      place: row.cells.place || row.cells.region || "",
      provider: row.cells.provider ?? "",
    };
  });
  return mistakes.length > 0 ? { mistakes } : { members };
}

// A number alone would read like an index.
const nameOf = (cell: string) => (/^\d+$/.test(cell) ? `node-${cell}` : cell);
