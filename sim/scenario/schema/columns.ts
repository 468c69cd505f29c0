import type * as z from "zod";
import { cellOf, findTable, type TableMistake } from "../find-table.ts";
import type { NamedTables } from "../tables.ts";
import { type Dimension, parseQuantity } from "../units.ts";

/** All numbers of a table's column, in the model's unit. Adds every mistake it sees. */
export function readColumn(
  source: { readonly table: string; readonly column: string; readonly unit: string },
  dimension: Dimension,
  tables: NamedTables,
  context: z.RefinementCtx,
): number[] | undefined {
  const { table: path, column, unit } = source;
  if (!Object.hasOwn(dimension.units, unit)) {
    const names = Object.keys(dimension.units);
    addMistake(context, ["unit"], { expected: `one of ${names.join(", ")}`, found: unit, names });
    return undefined;
  }
  const result = findTable(tables, path, [column]);
  if ("mistakes" in result) {
    for (const mistake of result.mistakes) addMistake(context, ["table"], mistake);
    return undefined;
  }
  const values: number[] = [];
  for (const row of result.table.rows) {
    const value = parseQuantity(`${row.cells[column]}${unit}`, dimension);
    if (value !== undefined) values.push(value);
    else {
      const found = cellOf(path, row, column);
      addMistake(context, ["table"], { expected: "numbers, 0 or more", found });
    }
  }
  return values.length === result.table.rows.length ? values : undefined;
}

/** Adds a mistake whose `found` is not the scenario's own text but a table's. */
export function addMistake(context: z.RefinementCtx, path: string[], mistake: TableMistake): void {
  const { expected, found, names } = mistake;
  context.addIssue({
    code: "custom",
    path,
    message: expected,
    params: { found, names },
  });
}
