import type { NamedFigure } from "../../analysis/figures/figure.ts";
import { simulatorVersion } from "../study/simulator-version.ts";
import { type FinishedCell, figurePath } from "./finished-cell.ts";
import { worstExitCode } from "./summarize-cell.ts";

/**
 * What `--json` prints and `summary.json` holds; the keys are documented in README.md, since programs
 * read them. A study of several cells has `cells`; any other has the keys of its only one.
 */
export function resultJson(cells: readonly FinishedCell[], comparison: readonly NamedFigure[]) {
  const [first] = cells;
  if (first === undefined || first.named.name === "") return cellJson(first!);
  return {
    scenario: first.summary.scenario,
    question: first.summary.question,
    exitCode: worstExitCode(cells.map(({ summary }) => summary)),
    figures: comparison.map(({ name }) => name),
    cells: cells.map((cell) => {
      return { name: cell.named.name, values: cell.named.values, ...cellJson(cell) };
    }),
  };
}

function cellJson(cell: FinishedCell) {
  return {
    ...cell.summary,
    version: simulatorVersion,
    seed: cell.named.cell.scenario.seed,
    digests: cell.digests,
    figures: cell.figures.map((figure) => figurePath(cell, figure)),
  };
}
