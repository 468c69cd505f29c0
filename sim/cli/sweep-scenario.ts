import { existsSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { sweepFigures } from "../../analysis/figures/sweep-figures.ts";
import type { SweepPoint } from "../../analysis/figures/sweep-numbers.ts";
import { sweepTables } from "../../analysis/tables.ts";
import { type ManifestCell, manifestCell, manifestOf } from "../study/manifest.ts";
import { MANIFEST_NAME, refuseForeign } from "../study/output-folder.ts";
import { RunStore } from "../study/run-store.ts";
import { runSweep, storedResults } from "../study/sweep.ts";
import { gridPoints, parseVariation } from "../study/sweep-grid.ts";
import { writeFileWhole } from "../study/write-file.ts";
import type { ExitCode } from "./exit-code.ts";
import { endCleanlyOnInterrupt } from "./interrupt.ts";
import { wholeNumber } from "./number-option.ts";
import { mayReplace } from "./open-results.ts";
import { printSweep } from "./print-sweep.ts";
import { progressLine } from "./progress-bar.ts";
import { loadCells, type NamedCell } from "./study-cells.ts";
import { summarizeCell, worstExitCode } from "./summarize-cell.ts";
import { print, printError, printJson } from "./terminal.ts";
import { jsonText, writeFigures } from "./write-results.ts";

interface SweepArguments {
  readonly scenario: string;
  readonly vary?: readonly string[] | undefined;
  readonly set?: readonly string[] | undefined;
  readonly seed?: string | undefined;
  readonly replications?: string | undefined;
  readonly workers?: string | undefined;
  readonly out?: string | undefined;
  readonly force?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/**
 * Runs a scenario at every point of a grid. Runs that have ended are kept in `runs/` below the
 * results, so that the same command goes on where it was stopped.
 *
 * @throws UserMistake
 */
export async function sweepScenario(args: SweepArguments, mistakes: string[]): Promise<ExitCode> {
  const replications = wholeNumber("replications", args.replications, { from: 1 }, mistakes);
  const workers = wholeNumber("workers", args.workers, { from: 1 }, mistakes);
  const variations = (args.vary ?? []).flatMap((text) => parseVariation(text, mistakes) ?? []);
  const cells = await loadCells({ ...args, replications }, gridPoints(variations), mistakes);
  const { name } = cells[0]!.cell.scenario;
  const folder = args.out ?? join("results", `${name}-sweep`);
  refuseForeign(folder, mayReplace(name, args.force === true));

  // Written first, so that the folder is known as results even if the sweep is stopped.
  if (!existsSync(join(folder, MANIFEST_NAME))) writeManifest(folder, cells, []);
  const store = new RunStore(join(folder, "runs"));
  endCleanlyOnInterrupt("Runs that have ended are kept: the same command goes on from there.");
  const isQuiet = args.quiet === true;
  const progress = progressLine(name, isQuiet);
  const { found, ran } = await runSweep({
    cells: cells.map(({ cell }) => cell),
    store,
    onProgress: progress.tell,
    ...(workers === undefined ? {} : { workers }),
  }).finally(progress.end);
  if (found > 0 && !isQuiet) printError(`${found} runs were there already, ${ran} were run now.`);

  const points: SweepPoint[] = [];
  const manifestCells: ManifestCell[] = [];
  for (const named of cells) {
    // One cell at a time: the rows of a whole sweep may not fit into memory.
    const results = storedResults(named.cell, store);
    const rows = results.map((result) => result.rows);
    points.push({ values: named.values, summary: summarizeCell(named, rows) });
    manifestCells.push(manifestCell(named.name, named.cell, results));
  }
  writeManifest(folder, cells, manifestCells);
  const json = jsonOf(cells, points);
  const write = (file: string, content: string) => writeFileWhole(join(folder, file), content);
  write("summary.json", jsonText(json));
  // Figures of an earlier grid would be taken for figures of this one.
  rmSync(join(folder, "figures"), { recursive: true, force: true });
  for (const { file, text } of sweepTables(points)) write(file, text);
  await writeFigures(sweepFigures(points), write);

  if (args.json === true) printJson({ ...json, out: relative("", folder) });
  else if (!isQuiet) {
    printSweep(points);
    print();
    print(`Report: ${join(folder, "report.html")}`);
  }
  return json.exitCode;
}

function writeManifest(
  folder: string,
  cells: readonly NamedCell[],
  done: readonly ManifestCell[],
): void {
  const { scenario, tables } = cells[0]!.cell;
  writeFileWhole(join(folder, MANIFEST_NAME), jsonText(manifestOf(scenario.name, tables, done)));
}

// Keys are documented in README.md: programs read them.
function jsonOf(cells: readonly NamedCell[], points: readonly SweepPoint[]) {
  const { name, question, seed } = cells[0]!.cell.scenario;
  return {
    scenario: name,
    question,
    seed,
    exitCode: worstExitCode(points.map(({ summary }) => summary)),
    cells: points.map((point, index) => ({ name: cells[index]!.name, ...point })),
  };
}
