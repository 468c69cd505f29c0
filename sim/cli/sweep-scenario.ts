import { existsSync, rmSync } from "node:fs";
import { join, relative } from "node:path";
import { sweepFigures } from "../../analysis/figures/sweep-figures.ts";
import { sweepTables } from "../../analysis/tables.ts";
import { digestOf, manifestOf } from "../study/manifest.ts";
import { MANIFEST_NAME, refuseForeign } from "../study/output-folder.ts";
import { RunStore } from "../study/run-store.ts";
import { runSweep, storedResults } from "../study/sweep.ts";
import { gridPoints, parseVariation } from "../study/sweep-grid.ts";
import { writeFileWhole } from "../study/write-file.ts";
import type { ExitCode } from "./exit-code.ts";
import type { FinishedCell } from "./finished-cell.ts";
import { endCleanlyOnInterrupt } from "./interrupt.ts";
import { wholeNumber } from "./number-option.ts";
import { mayReplace } from "./open-results.ts";
import { printPublished } from "./print-published.ts";
import { printSweep } from "./print-sweep.ts";
import { progressLine } from "./progress-bar.ts";
import { resultJson } from "./result-json.ts";
import { loadCells } from "./study-cells.ts";
import { summarizeCell, worstExitCode } from "./summarize-cell.ts";
import { print, printError, printJson } from "./terminal.ts";
import { jsonText, writeResults } from "./write-results.ts";

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
  const manifest = join(folder, MANIFEST_NAME);
  if (!existsSync(manifest)) {
    writeFileWhole(manifest, jsonText(manifestOf(name, cells[0]!.cell.tables, [])));
  }
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

  const finished: FinishedCell[] = [];
  for (const named of cells) {
    // One cell at a time: the rows of a whole sweep may not fit into memory.
    const results = storedResults(named.cell, store);
    const rows = results.map((result) => result.rows);
    const summary = summarizeCell(named, rows);
    finished.push({ named, summary, digests: results.map(digestOf), figures: [] });
  }
  const points = finished.map(({ named, summary }) => ({ values: named.values, summary }));
  const comparison = sweepFigures(points);
  // Figures of an earlier grid would be taken for figures of this one.
  rmSync(join(folder, "figures"), { recursive: true, force: true });
  await writeResults(
    { cells: finished, comparison, tables: sweepTables(points) },
    (file, content) => writeFileWhole(join(folder, file), content),
  );

  if (args.json === true) {
    printJson({ ...resultJson(finished, comparison), out: relative("", folder) });
  } else if (!isQuiet) {
    printSweep(finished);
    printPublished(finished);
    print(`\nReport: ${join(folder, "report.html")}`);
  }
  return worstExitCode(points.map(({ summary }) => summary));
}
