import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { layersOf } from "../scenario/layers.ts";
import { UserMistake } from "../scenario/mistake.ts";
import type { NamedTables, Table } from "../scenario/tables.ts";
import { fileMistake } from "./file-mistake.ts";
import { shippedFolder } from "./scenario-files.ts";

/**
 * Reads every table that a scenario's input names. Paths are relative to the scenario's folder; the
 * tables that come with Floe are found from anywhere.
 */
export async function readNamedTables(input: unknown, folder: string): Promise<NamedTables> {
  const { merged, variants } = layersOf(input);
  const paths = new Set([merged, ...variants.map((variant) => variant.merged)].flatMap(tablePaths));
  const tables: Record<string, Table | string> = {};
  for (const path of paths) tables[path] = await readTable(path, folder);
  return tables;
}

function tablePaths(value: unknown): string[] {
  if (typeof value === "string") return value.endsWith(".csv") ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(tablePaths);
}

async function readTable(path: string, folder: string): Promise<Table | string> {
  const own = join(folder, path);
  const file = existsSync(own) ? own : join(shippedFolder(), path);
  if (!existsSync(file)) return `no such file in ${folder}`;
  try {
    return parseTable(await readFile(file, "utf8"));
  } catch (error) {
    const told = fileMistake(error, path, "a file that can be read");
    return told instanceof UserMistake ? told.message : (error as Error).message;
  }
}

type Row = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

/** What a table's text holds; or what is wrong with its rows, with line numbers. */
export function parseTable(text: string): Table | string {
  const options = { bom: true, info: true, relax_column_count: true, trim: true } as const;
  const parsed = parse(text, { ...options, skip_empty_lines: true }) as unknown as Row[];
  const [header, ...rows] = parsed;
  if (header === undefined) return "it is empty";
  const columns = header.record;
  const bad = rows
    .filter(({ record }) => record.length !== columns.length)
    .map(
      ({ record, info }) => `line ${info.lines} has ${record.length} cells, not ${columns.length}`,
    );
  if (bad.length > 0) return bad.join("; ");
  return {
    columns,
    rows: rows.map(({ record, info }) => ({
      line: info.lines,
      cells: Object.fromEntries(columns.map((column, index) => [column, record[index] ?? ""])),
    })),
  };
}
