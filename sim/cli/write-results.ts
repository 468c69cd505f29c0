import type { NamedFigure } from "../../analysis/figures/figure.ts";
import { renderSvg } from "../../analysis/figures/render-svg.ts";
import { runFigures } from "../../analysis/figures/run-figures.ts";
import { sweepFigures } from "../../analysis/figures/sweep-figures.ts";
import type { Summary } from "../../analysis/summary.ts";
import { runTables } from "../../analysis/tables.ts";
import { manifestCell, manifestOf } from "../study/manifest.ts";
import { MANIFEST_NAME } from "../study/output-folder.ts";
import type { ReplicationResult } from "../study/replication.ts";
import { runJson } from "./result-json.ts";
import type { NamedCell } from "./study-cells.ts";

/** One cell, all its replications in order, and what they say. */
export interface CellRun {
  readonly named: NamedCell;
  readonly results: readonly ReplicationResult[];
  readonly summary: Summary;
}

/** Takes one file of the results, named by its path in their folder. */
export type WriteFile = (name: string, content: string) => void;

/** Writes everything that a run leaves behind. @throws UserMistake if it cannot be written */
export async function writeResults(runs: readonly CellRun[], write: WriteFile): Promise<void> {
  const name = runs[0]!.summary.scenario;
  const manifestCells = runs.map(({ named, results }) =>
    manifestCell(named.name, named.cell, results),
  );
  const cells = runs.map(({ named, results, summary }) => {
    return { values: named.values, summary, replications: results.map(({ rows }) => rows) };
  });
  write(MANIFEST_NAME, jsonText(manifestOf(name, runs[0]!.named.cell.tables, manifestCells)));
  write("summary.json", jsonText(runJson(runs)));
  for (const { file, text } of runTables(cells)) write(file, text);
  const figures = cells.length === 1 ? runFigures(cells[0]!.replications) : sweepFigures(cells);
  await writeFigures(figures, write);
}

/** Each figure as a Vega-Lite specification, and drawn. */
export async function writeFigures(
  figures: readonly NamedFigure[],
  write: WriteFile,
): Promise<void> {
  for (const { name, spec } of figures) {
    write(`figures/${name}.vl.json`, jsonText(spec));
    write(`figures/${name}.svg`, await renderSvg(spec));
  }
}

/** JSON for a file: people read it too. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
