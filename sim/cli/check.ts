import { runToResults } from "../study/workers.ts";
import { writeFileWhole } from "../study/write-file.ts";
import type { ExitCode } from "./exit-code.ts";
import { gateMarkdown, gateXml } from "./gate-files.ts";
import { endCleanlyOnInterrupt } from "./interrupt.ts";
import { wholeNumber } from "./number-option.ts";
import { printSummary } from "./print-summary.ts";
import { progressLine } from "./progress-bar.ts";
import { loadCells, type NamedCell } from "./study-cells.ts";
import { summarizeCell, type TitledSummary, worstExitCode } from "./summarize-cell.ts";
import { print, printJson } from "./terminal.ts";
import { UserMistake } from "./user-mistake.ts";

interface CheckArguments {
  readonly scenarios: readonly string[];
  readonly set?: readonly string[] | undefined;
  readonly seed?: string | undefined;
  readonly replications?: string | undefined;
  readonly workers?: string | undefined;
  readonly junit?: string | undefined;
  readonly markdown?: string | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
}

/** Runs every scenario, one after another, and judges their guarantees. @throws UserMistake */
export async function check(args: CheckArguments, mistakes: string[]): Promise<ExitCode> {
  const replications = wholeNumber("replications", args.replications, { from: 1 }, mistakes);
  const workers = wholeNumber("workers", args.workers, { from: 1 }, mistakes);
  const cells = await loadAll({ ...args, replications }, mistakes);
  endCleanlyOnInterrupt("Nothing was decided.");
  const isSilent = args.json === true || args.quiet === true;
  const titled: TitledSummary[] = [];
  for (const named of cells) {
    const { name } = named.cell.scenario;
    const title = named.name === "" ? name : `${name}, ${named.name}`;
    const summary = await runCell(named, title, workers, args.quiet === true);
    titled.push({ title, summary });
    if (isSilent) continue;
    printSummary({ ...summary, scenario: title });
    print();
  }
  if (args.junit !== undefined) writeFileWhole(args.junit, gateXml(titled));
  if (args.markdown !== undefined) writeFileWhole(args.markdown, gateMarkdown(titled));
  const exitCode = worstExitCode(titled.map(({ summary }) => summary));
  if (args.json === true) {
    const scenarios = titled.map(({ title, summary }) => ({ title, ...summary }));
    printJson({ exitCode, scenarios });
  }
  return exitCode;
}

/** All cells of all scenarios, so that every mistake is told before anything runs. */
async function loadAll(
  args: Omit<CheckArguments, "replications"> & { readonly replications: number | undefined },
  mistakes: readonly string[],
): Promise<NamedCell[]> {
  const told = [...mistakes];
  const cells: NamedCell[] = [];
  for (const scenario of args.scenarios) {
    try {
      cells.push(...(await loadCells({ ...args, scenario }, [[]], [])));
    } catch (error) {
      if (!(error instanceof UserMistake)) throw error;
      // Several scenarios may make the same mistake, so each says whose it is.
      const whose = args.scenarios.length > 1 ? `${scenario}: ` : "";
      const own = error.mistakes.map((text) => (text.startsWith(scenario) ? text : whose + text));
      told.push(...own);
    }
  }
  if (told.length > 0) throw new UserMistake(told);
  return cells;
}

async function runCell(
  named: NamedCell,
  title: string,
  workers: number | undefined,
  quiet: boolean,
) {
  const { cell } = named;
  const progress = progressLine(title, quiet);
  const results = await runToResults({
    cells: [cell],
    tasks: Array.from({ length: cell.scenario.replications }, (_, replication) => {
      return { cell: 0, replication };
    }),
    onProgress: progress.tell,
    ...(workers === undefined ? {} : { workers }),
  }).finally(progress.end);
  return summarizeCell(
    named,
    results.map(({ rows }) => rows),
  );
}
