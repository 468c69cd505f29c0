import type { NamedFigure } from "../../analysis/figures/figure.ts";
import { renderSvg } from "../../analysis/figures/render-svg.ts";
import { renderReport } from "../../analysis/report.ts";
import type { CsvFile } from "../../analysis/tables.ts";
import { manifestOf } from "../study/manifest.ts";
import { MANIFEST_NAME } from "../study/output-folder.ts";
import { type FinishedCell, figurePath } from "./finished-cell.ts";
import { reportInput } from "./report-input.ts";
import { resultJson } from "./result-json.ts";

export interface Results {
  readonly cells: readonly FinishedCell[];
  /** Figures that compare the cells; none for a single one. */
  readonly comparison: readonly NamedFigure[];
  readonly tables: readonly CsvFile[];
}

/** Takes one file of the results, named by its path in their folder. */
export type WriteFile = (name: string, content: string) => void;

/** Writes everything that a study leaves behind. @throws UserMistake if it cannot be written */
export async function writeResults(results: Results, write: WriteFile): Promise<void> {
  const { cells, comparison, tables } = results;
  const { scenario, tables: texts } = cells[0]!.named.cell;
  const manifest = manifestOf(
    scenario.name,
    texts,
    cells.map(({ named, digests }) => {
      return { name: named.name, scenario: named.cell.scenario, replications: digests };
    }),
  );
  const runs = cells.map(({ named, summary, figures }) => ({ name: named.name, summary, figures }));
  write(MANIFEST_NAME, jsonText(manifest));
  write("summary.json", jsonText(resultJson(cells, comparison)));
  for (const { file, text } of tables) write(file, text);
  for (const figure of comparison) await writeFigure(figure.name, figure, write);
  for (const cell of cells) {
    for (const figure of cell.figures) await writeFigure(figurePath(cell, figure), figure, write);
  }
  write("report.html", await renderReport(reportInput(manifest, runs, comparison)));
}

/** A figure as a Vega-Lite specification, and drawn. */
async function writeFigure(path: string, { spec }: NamedFigure, write: WriteFile): Promise<void> {
  write(`figures/${path}.vl.json`, jsonText(spec));
  write(`figures/${path}.svg`, await renderSvg(spec, path));
}

/** JSON for a file: people read it too. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
