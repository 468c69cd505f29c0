import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type DrawnFigure, drawFigure } from "../../analysis/figures/draw-figure.ts";
import type { FigureSpec } from "../../analysis/figures/figure.ts";
import { titleOf } from "../../analysis/figures/figure.ts";
import { type ReportRun, renderReport } from "../../analysis/report.ts";
import type { Summary } from "../../analysis/summary.ts";
import { fileMistake } from "../study/file-mistake.ts";
import { readManifest } from "../study/manifest.ts";
import { writeFileWhole } from "../study/write-file.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { reportInput } from "./report-input.ts";
import type { resultJson } from "./result-json.ts";
import { print, printJson } from "./terminal.ts";
import { UserMistake } from "./user-mistake.ts";

interface ReportArguments {
  readonly folder: string;
  readonly out?: string | undefined;
  readonly json?: boolean | undefined;
}

/** Writes the report of a folder of results again. @throws UserMistake */
export async function writeReport(args: ReportArguments, mistakes: string[]): Promise<ExitCode> {
  if (mistakes.length > 0) throw new UserMistake(mistakes);
  const { folder } = args;
  const manifest = readManifest(folder);
  const result = readJson(folder, "summary.json") as ReturnType<typeof resultJson>;
  const cells = "cells" in result ? result.cells : [{ name: "", ...result }];
  const runs: ReportRun[] = [];
  for (const cell of cells) {
    const summary: Summary = cell;
    runs.push({ name: cell.name, summary, figures: await readFigures(folder, cell.figures) });
  }
  const comparison = "cells" in result ? await readFigures(folder, result.figures) : [];
  const file = args.out ?? join(folder, "report.html");
  writeFileWhole(file, renderReport(reportInput(manifest, runs, comparison)));
  if (args.json === true) printJson({ file });
  else print(`Report: ${file}`);
  return exitCode.met;
}

async function readFigures(folder: string, paths: readonly string[]): Promise<DrawnFigure[]> {
  const figures: DrawnFigure[] = [];
  for (const path of paths) {
    const spec = readJson(folder, `figures/${path}.vl.json`) as FigureSpec;
    const name = path.slice(path.lastIndexOf("/") + 1);
    figures.push(await drawFigure({ name, title: titleOf(spec), spec }, path));
  }
  return figures;
}

function readJson(folder: string, name: string): unknown {
  const path = join(folder, name);
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) {
      throw new UserMistake([`${path}: expected JSON, found: ${error.message}`]);
    }
    throw fileMistake(error, path, "a file that a run has written");
  }
}
