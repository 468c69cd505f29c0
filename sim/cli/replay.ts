import type { Tables } from "../scenario/tables.ts";
import { readTables } from "../study/latency-files.ts";
import {
  digestOf,
  hashesOf,
  type Manifest,
  type ReplicationDigest,
  readManifest,
} from "../study/manifest.ts";
import { simulatorVersion } from "../study/simulator-version.ts";
import { runToResults } from "../study/workers.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { wholeNumber } from "./number-option.ts";
import { progressLine } from "./progress-bar.ts";
import { quoted } from "./report-error.ts";
import { print, printJson, tint } from "./terminal.ts";
import { UserMistake } from "./user-mistake.ts";

interface ReplayArguments {
  readonly manifest: string;
  readonly only?: string | undefined;
  readonly workers?: string | undefined;
  readonly json?: boolean | undefined;
}

/** One thing that is not as the manifest says. */
interface ReplayDifference {
  readonly cell: string;
  readonly replication: number;
  readonly what: string;
}

/** Runs again what a manifest holds, and compares. @throws UserMistake */
export async function replay(args: ReplayArguments, mistakes: string[]): Promise<ExitCode> {
  const only = wholeNumber("only", args.only, { from: 0 }, mistakes);
  const workers = wholeNumber("workers", args.workers, { from: 1 }, mistakes);
  if (mistakes.length > 0) throw new UserMistake(mistakes);
  const manifest = readManifest(args.manifest);
  const planned = plan(manifest, only);
  if (planned.length === 0) {
    const found = only === undefined ? "none at all" : `none numbered ${only}`;
    throw new UserMistake([
      `${args.manifest}: expected a replication to run again, found ${found}`,
    ]);
  }

  const tables = await readTables(manifest.cells.map(({ scenario }) => scenario));
  const progress = progressLine(manifest.name, args.json === true);
  const results = await runToResults({
    cells: manifest.cells.map(({ scenario }) => {
      return { scenario, tables, command: `floe replay ${quoted(args.manifest)}` };
    }),
    tasks: planned.map(({ cell, recorded }) => ({ cell, replication: recorded.replication })),
    onProgress: progress.tell,
    ...(workers === undefined ? {} : { workers }),
  }).finally(progress.end);

  const differences = planned.flatMap(({ cell, recorded }, index): ReplayDifference[] => {
    const { name } = manifest.cells[cell]!;
    const what = compare(recorded, digestOf(results[index]!));
    return what.map((text) => ({ cell: name, replication: recorded.replication, what: text }));
  });
  const same = differences.length === 0;
  if (args.json === true) printJson({ same, replications: planned.length, differences });
  else printOutcome(manifest, planned.length, differences, otherTables(manifest, tables));
  return same ? exitCode.met : exitCode.bug;
}

interface PlannedReplication {
  /** Index in the manifest. */
  readonly cell: number;
  readonly recorded: ReplicationDigest;
}

function plan(manifest: Manifest, only: number | undefined): PlannedReplication[] {
  return manifest.cells
    .flatMap(({ replications }, cell) => replications.map((recorded) => ({ cell, recorded })))
    .filter(({ recorded }) => only === undefined || recorded.replication === only);
}

function compare(recorded: ReplicationDigest, found: ReplicationDigest): string[] {
  const keys = Object.keys(found) as (keyof ReplicationDigest)[];
  return keys
    .filter((key) => recorded[key] !== found[key])
    .map((key) => `${key}: the manifest has ${recorded[key]}, this run ${found[key]}`);
}

function printOutcome(
  manifest: Manifest,
  count: number,
  differences: readonly ReplayDifference[],
  tables: readonly string[],
): void {
  const runs = `${count} ${count === 1 ? "replication" : "replications"} of ${manifest.name}`;
  if (differences.length === 0) {
    print(tint(`The same: ${runs}, event by event.`, "good"));
    return;
  }
  print(tint(`Not the same: ${runs}.`, "bad"));
  for (const { cell, replication, what } of differences) {
    print(`  ${cell === "" ? "" : `${cell}, `}replication ${replication}, ${what}`);
  }
  for (const name of tables) print(`  ${name}: the manifest is of another version of this table`);
  if (manifest.version !== simulatorVersion) {
    print(`  version: the manifest is of ${manifest.version}, this is ${simulatorVersion}`);
  } else if (tables.length === 0) {
    print("  Version and tables are the same, so this is a mistake of Floe's own.");
  }
}

const otherTables = (manifest: Manifest, tables: Tables) =>
  Object.entries(hashesOf(tables))
    .filter(([name, hash]) => manifest.tables[name] !== hash)
    .map(([name]) => name);
