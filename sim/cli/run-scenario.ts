import { join, relative } from "node:path";
import { runToResults } from "../study/workers.ts";
import type { ExitCode } from "./exit-code.ts";
import { endCleanlyOnInterrupt } from "./interrupt.ts";
import { wholeNumber } from "./number-option.ts";
import { openResults } from "./open-results.ts";
import { printSummary } from "./print-summary.ts";
import { progressLine } from "./progress-bar.ts";
import { runJson } from "./result-json.ts";
import { loadCells, type NamedCell } from "./study-cells.ts";
import { summarizeCell, worstExitCode } from "./summarize-cell.ts";
import { print, printJson } from "./terminal.ts";
import { type CellRun, writeResults } from "./write-results.ts";

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
    const runs = await runCells(cells, { ...args, workers, only });
    if (out !== undefined) {
      await writeResults(runs, (name, content) => out.write(name, content));
      out.commit();
    }
    const place = out === undefined ? undefined : relative("", out.path);
    if (args.json === true)
      printJson({ ...runJson(runs), ...(place === undefined ? {} : { out: place }) });
    else if (args.quiet !== true) printRuns(runs, place);
    return worstExitCode(runs.map(({ summary }) => summary));
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
): Promise<CellRun[]> {
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
  return cells.map((named, index) => {
    const own = results.filter((_, task) => tasks[task]!.cell === index);
    const summary = summarizeCell(
      named,
      own.map(({ rows }) => rows),
    );
    return { named, results: own, summary };
  });
}

function printRuns(runs: readonly CellRun[], place: string | undefined): void {
  for (const { named, summary } of runs) {
    printSummary(
      named.name === "" ? summary : { ...summary, scenario: `${summary.scenario}, ${named.name}` },
    );
    print();
  }
  if (place !== undefined) print(`Report: ${join(place, "report.html")}`);
}
