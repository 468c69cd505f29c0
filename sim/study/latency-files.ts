import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type PlaceNames, placeNames } from "../scenario/place-names.ts";
import type { ResolvedScenario } from "../scenario/scenario.ts";
import { latencyFiles, type Tables, tablesNeeded } from "../scenario/tables.ts";
import { shippedFolder } from "./scenario-files.ts";

/** The tables that scenarios need but do not hold, also those of a scenario out of a manifest. */
export async function readTables(
  scenarios: readonly Pick<ResolvedScenario, "network">[],
): Promise<Tables> {
  const files = new Set(scenarios.flatMap(({ network }) => tablesNeeded(network.latency)));
  const entries = [...files].map(async (file) => [file, await readText(file)] as const);
  return Object.fromEntries(await Promise.all(entries));
}

/** Names of places in each of the latency tables. */
export async function readPlaces(): Promise<Readonly<Record<string, PlaceNames>>> {
  const entries = Object.entries(latencyFiles).map(
    async ([latency, { places }]) => [latency, placeNames(await readText(places))] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

const readText = (file: string) => readFile(join(shippedFolder(), "data", file), "utf8");
