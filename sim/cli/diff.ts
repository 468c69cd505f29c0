import { formatCount, formatDuration } from "../../analysis/format.ts";
import { buildWorld } from "../scenario/build-world.ts";
import type { ResolvedScenario } from "../scenario/scenario.ts";
import { type Difference, firstDifference, type TraceLine } from "../study/first-difference.ts";
import { readTables } from "../study/latency-files.ts";
import { type Manifest, type ManifestCell, readManifest } from "../study/manifest.ts";
import { dataDifferences, type FieldDifference } from "./data-difference.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { wholeNumber } from "./number-option.ts";
import { columns, print, printJson, tint, wrap } from "./terminal.ts";
import { UserMistake } from "./user-mistake.ts";

interface DiffArguments {
  readonly first: string;
  readonly second: string;
  readonly only?: string | undefined;
  readonly json?: boolean | undefined;
}

/** The same replication of the same cell in two manifests. */
interface Pair {
  readonly cells: readonly [ManifestCell, ManifestCell];
  readonly replication: number;
  readonly isSame: boolean;
}

/** Fields of the two scenarios that are shown; the rest is counted. */
const FIELDS_SHOWN = 10;

/** Says where two runs part. @throws UserMistake */
export async function diff(args: DiffArguments, mistakes: string[]): Promise<ExitCode> {
  const only = wholeNumber("only", args.only, { from: 0 }, mistakes);
  if (mistakes.length > 0) throw new UserMistake(mistakes);
  const manifests = [readManifest(args.first), readManifest(args.second)] as const;
  const pairs = pairsOf(manifests, only);
  if (pairs.length === 0) {
    throw new UserMistake([
      `${args.second}: expected a replication that ${args.first} has too, found none`,
    ]);
  }
  const pair = pairs.find(({ isSame }) => !isSame);
  if (pair === undefined) {
    if (args.json === true) printJson({ same: true, replications: pairs.length });
    else print(tint(`The same: ${pairs.length} replications, event by event.`, "good"));
    return exitCode.met;
  }

  const [left, right] = pair.cells;
  const fields = dataDifferences(left.scenario, right.scenario);
  const difference = await runAgain([left.scenario, right.scenario], pair.replication);
  if (args.json === true) {
    const { replication } = pair;
    printJson({ same: false, cell: left.name, replication, scenario: fields, ...difference });
  } else {
    printPair(args, manifests, pair, fields, difference);
  }
  return exitCode.broken;
}

function pairsOf([first, second]: readonly [Manifest, Manifest], only: number | undefined): Pair[] {
  return first.cells.flatMap((left) => {
    const right = second.cells.find(({ name }) => name === left.name);
    return left.replications.flatMap((one): Pair[] => {
      const { replication } = one;
      const other = right?.replications.find((each) => each.replication === replication);
      if (right === undefined || other === undefined) return [];
      if (only !== undefined && replication !== only) return [];
      const isSame = one.eventDigest === other.eventDigest && one.factDigest === other.factDigest;
      return [{ cells: [left, right], replication, isSame }];
    });
  });
}

async function runAgain(
  scenarios: readonly [ResolvedScenario, ResolvedScenario],
  replication: number,
): Promise<Difference | undefined> {
  const tables = await readTables(scenarios);
  const [left, right] = scenarios;
  return firstDifference(
    () => buildWorld(left, replication, tables),
    () => buildWorld(right, replication, tables),
    Math.min(left.horizon, right.horizon),
  );
}

function printPair(
  { first, second }: DiffArguments,
  [left, right]: readonly [Manifest, Manifest],
  { cells, replication }: Pair,
  fields: readonly FieldDifference[],
  difference: Difference | undefined,
): void {
  const cell = cells[0].name === "" ? "" : `${cells[0].name}, `;
  print(tint(`${left.name}, ${cell}replication ${replication}`, "strong"));
  for (const field of fields.slice(0, FIELDS_SHOWN)) {
    print(`  ${field.path}: ${show(field.first)} | ${show(field.second)}`);
  }
  if (fields.length > FIELDS_SHOWN) print(`  and ${fields.length - FIELDS_SHOWN} more fields`);
  print();
  if (difference === undefined) {
    const versions = `${left.version} and ${right.version}`;
    print(
      wrap(
        `Run again, the two are the same: they differ because ${versions} made them.`,
        columns(),
      ),
    );
    return;
  }
  print(`They part after ${formatCount(difference.eventsBefore)} events.`);
  for (const [index, path] of [first, second].entries()) {
    const { line, factBefore, factAfter } = difference.sides[index]!;
    print();
    print(tint(path, "strong"));
    if (factBefore !== undefined) print(`  fact before  ${lineText(factBefore)}`);
    print(`  then         ${line === undefined ? "the run has ended" : lineText(line)}`);
    if (factAfter !== undefined && factAfter !== line) {
      print(`  next fact    ${lineText(factAfter)}`);
    }
  }
}

function show(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > 40 ? `${text.slice(0, 37)}...` : text;
}

function lineText(line: TraceLine): string {
  const time = `${formatCount(line.time)} µs (${formatDuration(line.time)})`;
  if (line.kind === "event") return `${time}: event ${line.handler}, argument ${line.argument}`;
  const details = Object.entries(line.details).map(([key, value]) => `${key}=${value}`);
  return `${time}: ${line.actor}, ${line.fact} ${details.join(" ")}`;
}
