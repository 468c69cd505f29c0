import type { DrawnFigure } from "../../analysis/figures/draw-figure.ts";
import type { ReportInput, ReportRun } from "../../analysis/report.ts";
import type { Manifest } from "../study/manifest.ts";

/** What the report is made of, whether a run has just ended or its folder is read again. */
export function reportInput(
  { name, version, cells }: Manifest,
  runs: readonly ReportRun[],
  comparison: readonly DrawnFigure[],
): ReportInput {
  return {
    title: name,
    question: runs[0]?.summary.question ?? "",
    runs,
    comparison,
    scenario:
      cells.length === 1
        ? cells[0]?.scenario
        : Object.fromEntries(cells.map((cell) => [cell.name, cell.scenario])),
    reproduce: {
      // Without the path of the folder, so that the same results are the same bytes anywhere.
      command: "floe replay manifest.json",
      version,
      digests: cells.flatMap(({ name: run, replications }) =>
        replications.map((digest) => ({ run, ...digest })),
      ),
    },
  };
}
