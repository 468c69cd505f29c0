import { digestOf } from "../study/manifest.ts";
import { simulatorVersion } from "../study/simulator-version.ts";
import { worstExitCode } from "./summarize-cell.ts";
import type { CellRun } from "./write-results.ts";

/**
 * What `floe run --json` prints and `summary.json` holds; the keys are documented in README.md, since
 * programs read them. A scenario with variants has one cell each, any other just the cell's own keys.
 */
export function runJson(runs: readonly CellRun[]) {
  const [first] = runs;
  if (runs.length === 1) return cellJson(first!);
  return {
    scenario: first!.summary.scenario,
    question: first!.summary.question,
    exitCode: worstExitCode(runs.map(({ summary }) => summary)),
    cells: runs.map((run) => {
      return { name: run.named.name, values: run.named.values, ...cellJson(run) };
    }),
  };
}

function cellJson({ named, results, summary }: CellRun) {
  return {
    ...summary,
    version: simulatorVersion,
    seed: named.cell.scenario.seed,
    digests: results.map(digestOf),
  };
}
