import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";
import { apportion } from "../placement/apportion.ts";
import { fileMistake } from "../study/file-mistake.ts";
import { UserMistake } from "./user-mistake.ts";

/** A node, its stake (as written: it may exceed what a double holds) and the shards it gets for it. */
export interface PlacedNode {
  readonly node: string;
  readonly stake: string;
  readonly shards: number;
}

/**
 * Apportions shards to the rows of a CSV file, in their order. A row is known by its column `node` or
 * `name`, else by its number.
 *
 * @throws UserMistake with all mistakes, those found before included
 */
export function placeStakes(
  path: string,
  column: string,
  shards: number,
  mistakes: string[],
): PlacedNode[] {
  const rows = readRows(path, mistakes);
  const [first] = rows;
  if (first !== undefined && !Object.hasOwn(first, column)) {
    const found = Object.keys(first).join(", ");
    mistakes.push(`${path}: expected a column ${column} (--column names another), found ${found}`);
  } else if (first !== undefined) {
    rows.forEach((row, index) => {
      if (/^\d+$/.test(row[column]!)) return;
      const found = row[column] || "nothing";
      mistakes.push(
        `${path}, row ${index + 1}, column ${column}: expected a whole number, found ${found}`,
      );
    });
  }
  if (mistakes.length > 0) throw new UserMistake(mistakes);
  const stakes = rows.map((row) => BigInt(row[column]!));
  const counts = apportioned(path, stakes, shards);
  return rows.map((row, index) => ({
    node: row.node ?? row.name ?? String(index + 1),
    stake: String(stakes[index]),
    shards: counts[index]!,
  }));
}

function readRows(path: string, mistakes: string[]): Record<string, string>[] {
  try {
    const rows = parse(readFileSync(path), { columns: true, bom: true, trim: true });
    if (rows.length === 0) mistakes.push(`${path}: expected a header and rows, found no row`);
    return rows as Record<string, string>[];
  } catch (error) {
    const mistake = fileMistake(error, path, "a CSV file of stakes");
    if (mistake instanceof UserMistake) mistakes.push(...mistake.mistakes);
    else
      mistakes.push(`${path}: expected a CSV file of stakes, found: ${(error as Error).message}`);
    return [];
  }
}

function apportioned(path: string, stakes: readonly bigint[], shards: number): number[] {
  try {
    return apportion(stakes, shards);
  } catch (error) {
    if (error instanceof RangeError) throw new UserMistake([`${path}: ${error.message}`]);
    throw error;
  }
}
