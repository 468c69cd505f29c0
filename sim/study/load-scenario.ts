import { UserMistake } from "../scenario/mistake.ts";
import { applyOverrides } from "../scenario/overrides.ts";
import { resolveScenario, type Variant } from "../scenario/resolve.ts";
import type { ResolvedScenario } from "../scenario/scenario.ts";
import type { Tables } from "../scenario/tables.ts";
import { importScenario } from "./import-scenario.ts";
import { readPlaces, readTables } from "./latency-files.ts";
import { readNamedTables } from "./named-tables.ts";
import { findScenarioFile } from "./scenario-files.ts";

/** A scenario read from its file, checked and complete. */
export interface LoadedScenario {
  readonly scenario: ResolvedScenario;
  /** The scenario with some fields changed each, to be run on the same seeds; none for most. */
  readonly variants: readonly Variant[];
  /** As its author wrote it, with the overrides put in. */
  readonly input: unknown;
  /** The texts that the scenario and its variants need besides. */
  readonly tables: Tables;
}

/**
 * Loads a scenario from a file (`.ts` or `.json`) or by the name of a shipped one, such as
 * `baseline`. `set` holds overrides such as `committee.nodes=50`.
 *
 * @throws UserMistake with all that is wrong
 */
export async function loadScenario(
  pathOrName: string,
  { set = [] }: { readonly set?: readonly string[] } = {},
): Promise<LoadedScenario> {
  const { input, folder } = await readScenario(pathOrName, set);
  const tables = await readNamedTables(input, folder);
  const resolution = resolveScenario(input, { tables, places: await readPlaces() });
  if (!resolution.ok) throw new UserMistake(resolution.mistakes);
  const { scenario, variants } = resolution;
  const scenarios = [scenario, ...variants.map((variant) => variant.scenario)];
  return { scenario, variants, input, tables: await readTables(scenarios) };
}

/** A scenario's input with overrides put in, as `explainScenario` takes it, and its file's folder. */
export async function readScenario(
  pathOrName: string,
  set: readonly string[],
): Promise<{ readonly input: unknown; readonly folder: string }> {
  const file = findScenarioFile(pathOrName);
  const overridden = applyOverrides(await importScenario(file), set);
  if (!overridden.ok) throw new UserMistake(overridden.mistakes);
  return { input: overridden.input, folder: file.folder };
}
