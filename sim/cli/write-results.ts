import { type DrawnFigure, drawFigure, standaloneSvg } from "../../analysis/figures/draw-figure.ts";
import type { NamedFigure } from "../../analysis/figures/figure.ts";
import { type ReportRun, renderReport } from "../../analysis/report.ts";
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
  write(MANIFEST_NAME, jsonText(manifest));
  write("summary.json", jsonText(resultJson(cells, comparison)));
  for (const { file, text } of tables) write(file, text);
  const compared: DrawnFigure[] = [];
  for (const figure of comparison) compared.push(await writeFigure(figure.name, figure, write));
  const runs: ReportRun[] = [];
  for (const cell of cells) {
    const figures: DrawnFigure[] = [];
    for (const figure of cell.figures) {
      figures.push(await writeFigure(figurePath(cell, figure), figure, write));
    }
    runs.push({ name: cell.named.name, summary: cell.summary, figures });
  }
  write("report.html", renderReport(reportInput(manifest, runs, compared)));
}

/** A figure as a Vega-Lite specification, and drawn. */
async function writeFigure(
  path: string,
  figure: NamedFigure,
  write: WriteFile,
): Promise<DrawnFigure> {
  const drawn = await drawFigure(figure, path);
  write(`figures/${path}.vl.json`, jsonText(figure.spec));
  write(`figures/${path}.svg`, standaloneSvg(drawn));
  return drawn;
}

/** JSON for a file: people read it too. */
export const jsonText = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;
