import type { Summary } from "../../analysis/summary.ts";
import { manifestCell, manifestOf } from "../study/manifest.ts";
import { MANIFEST_NAME, type OutputFolder } from "../study/output-folder.ts";
import type { ReplicationResult } from "../study/replication.ts";
import type { NamedCell } from "./study-cells.ts";

/** One cell, all its replications in order, and what they say. */
export interface CellRun {
  readonly named: NamedCell;
  readonly results: readonly ReplicationResult[];
  readonly summary: Summary;
}

/** JSON for a file: people read it too. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Writes everything that a run leaves behind. @throws UserMistake if it cannot be written */
export async function writeResults(folder: OutputFolder, runs: readonly CellRun[]): Promise<void> {
  const name = runs[0]!.summary.scenario;
  const cells = runs.map(({ named, results }) => manifestCell(named.name, named.cell, results));
  folder.write(MANIFEST_NAME, jsonText(manifestOf(name, runs[0]!.named.cell.tables, cells)));
}
