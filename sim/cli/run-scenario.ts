import { join, relative } from "node:path";
import { runFigures } from "../../analysis/figures/run-figures.ts";
import { sweepFigures } from "../../analysis/figures/sweep-figures.ts";
import { runTables } from "../../analysis/tables.ts";
import { digestOf } from "../study/manifest.ts";
import { runToResults } from "../study/workers.ts";
import type { ExitCode } from "./exit-code.ts";
import type { FinishedCell } from "./finished-cell.ts";
import { endCleanlyOnInterrupt } from "./interrupt.ts";
import { wholeNumber } from "./number-option.ts";
import { openResults } from "./open-results.ts";
import { printPublished } from "./print-published.ts";
import { printSummary } from "./print-summary.ts";
import { printSweep } from "./print-sweep.ts";
import { progressLine } from "./progress-bar.ts";
import { resultJson } from "./result-json.ts";
import { loadCells, type NamedCell } from "./study-cells.ts";
import { summarizeCell, worstExitCode } from "./summarize-cell.ts";
import { print, printJson } from "./terminal.ts";
import { type Results, writeResults } from "./write-results.ts";

interface RunArguments {
  readonly scenario: string;
  readonly set?: readonly string[] | undefined;
  readonly seed?: string | undefined;
  readonly replications?: string | undefined;
  readonly workers?: string | undefined;
  readonly variant?: string | undefined;
  readonly only?: string | undefined;
  readonly trace?: string | undefined;
  readonly out?: string | undefined;
  readonly force?: boolean | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** Runs a scenario, or each of its variants, and writes and prints what came of it. @throws UserMistake */
export async function runScenario(args: RunArguments, mistakes: string[]): Promise<ExitCode> {
  const replications = wholeNumber("replications", args.replications, { from: 1 }, mistakes);
  const workers = wholeNumber("workers", args.workers, { from: 1 }, mistakes);
  const only = wholeNumber("only", args.only, { from: 0 }, mistakes);
  const cells = await loadCells({ ...args, replications }, [[]], mistakes);
  const name = cells[0]!.cell.scenario.name;
  // A single replication is looked at, not kept: it must not take the place of the whole.
  const isKept = only === undefined || args.out !== undefined;
  const out = isKept
    ? openResults(args.out ?? join("results", name), name, args.force === true)
    : undefined;
  endCleanlyOnInterrupt("Nothing was written.");
  try {
    const { cells: finished, tables } = await runCells(cells, { ...args, workers, only });
    const comparison = comparisonOf(finished);
    if (out !== undefined) {
      const write = (file: string, content: string) => out.write(file, content);
      await writeResults({ cells: finished, comparison, tables }, write);
      out.commit();
    }
    const place = out === undefined ? undefined : relative("", out.path);
    if (args.json === true) {
      const json = resultJson(finished, comparison);
      printJson({ ...json, ...(place === undefined ? {} : { out: place }) });
    } else if (args.quiet !== true) {
      printRuns(finished, place);
    }
    return worstExitCode(finished.map(({ summary }) => summary));
  } finally {
    out?.discard();
  }
}

async function runCells(
  cells: readonly NamedCell[],
  options: Pick<RunArguments, "quiet" | "trace"> & {
    readonly workers: number | undefined;
    readonly only: number | undefined;
  },
): Promise<Omit<Results, "comparison">> {
  const { workers, only, trace } = options;
  const tasks = cells.flatMap(({ cell }, index) => {
    const all = Array.from({ length: cell.scenario.replications }, (_, replication) => replication);
    return (only === undefined ? all : [only]).map((replication) => ({ cell: index, replication }));
  });
  if (trace !== undefined) Object.assign(tasks[0]!, { tracePath: trace });
  const progress = progressLine(cells[0]!.cell.scenario.name, options.quiet === true);
  const results = await runToResults({
    cells: cells.map(({ cell }) => cell),
    tasks,
    onProgress: progress.tell,
    ...(workers === undefined ? {} : { workers }),
  }).finally(progress.end);
  const finished = cells.map((named, index) => {
    const own = results.filter((_, task) => tasks[task]!.cell === index);
    const replications = own.map(({ rows }) => rows);
    const summary = summarizeCell(named, replications);
    const figures = runFigures(replications);
    return { named, summary, digests: own.map(digestOf), figures, replications };
  });
  const tables = runTables(
    finished.map(({ named, ...cell }) => ({ ...cell, values: named.values })),
  );
  return { cells: finished, tables };
}

const comparisonOf = (cells: readonly FinishedCell[]) =>
  sweepFigures(cells.map(({ named, summary }) => ({ values: named.values, summary })));

function printRuns(cells: readonly FinishedCell[], place: string | undefined): void {
  const [first] = cells;
  if (first!.named.name === "") printSummary(first!.summary);
  else printSweep(cells);
  printPublished(cells);
  if (place !== undefined) print(`\nReport: ${join(place, "report.html")}`);
}
