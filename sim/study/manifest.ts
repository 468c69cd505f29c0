import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { SimTime } from "../engine/sim-time.ts";
import { UserMistake } from "../scenario/mistake.ts";
import type { ResolvedScenario } from "../scenario/scenario.ts";
import type { Tables } from "../scenario/tables.ts";
import { fileMistake } from "./file-mistake.ts";
import { MANIFEST_NAME } from "./output-folder.ts";
import type { ReplicationResult } from "./replication.ts";
import { simulatorVersion } from "./simulator-version.ts";
import { hashOf } from "./stable-json.ts";

/** What tells a manifest of ours from other JSON. */
const FORMAT = "floe-manifest/1";

/** How one replication ended; two that agree in this are the same, event by event. */
export interface ReplicationDigest {
  readonly replication: number;
  readonly seed: string;
  readonly eventDigest: string;
  readonly factDigest: string;
  readonly eventCount: number;
  /** Microseconds. */
  readonly simulatedTime: SimTime;
}

/** One scenario, complete, and what became of its replications. */
export interface ManifestCell {
  /** Tells it from the other cells of a sweep, such as `committee.nodes=50`; "" if it is the only one. */
  readonly name: string;
  readonly scenario: ResolvedScenario;
  readonly replications: readonly ReplicationDigest[];
}

/** All that is needed to have the same results again. No wall-clock time is in it. */
export interface Manifest {
  readonly format: typeof FORMAT;
  /** Of the simulator: version and digest of its code. */
  readonly version: string;
  /** Of the scenario. */
  readonly name: string;
  /** SHA-256 of each large table that the scenarios need and do not hold, by file name. */
  readonly tables: Readonly<Record<string, string>>;
  readonly cells: readonly ManifestCell[];
}

/** What a manifest keeps of a result. */
export function digestOf(result: ReplicationDigest | ReplicationResult): ReplicationDigest {
  const { replication, seed, eventDigest, factDigest, eventCount, simulatedTime } = result;
  return { replication, seed, eventDigest, factDigest, eventCount, simulatedTime };
}

export function manifestOf(name: string, tables: Tables, cells: readonly ManifestCell[]): Manifest {
  return { format: FORMAT, version: simulatorVersion, name, tables: hashesOf(tables), cells };
}

/** SHA-256 of each table, by file name. */
export function hashesOf(tables: Tables): Record<string, string> {
  const names = Object.keys(tables).sort();
  return Object.fromEntries(names.map((name) => [name, hashOf(tables[name])]));
}

/**
 * Reads a manifest from its file, or from the folder of results that holds it.
 *
 * @throws UserMistake if there is none
 */
export function readManifest(path: string): Manifest {
  const expected = "a manifest.json of Floe's, or a folder of results";
  let text: string;
  try {
    const isFolder = statSync(path).isDirectory();
    text = readFileSync(isFolder ? join(path, MANIFEST_NAME) : path, "utf8");
  } catch (error) {
    throw fileMistake(error, path, expected);
  }
  const manifest = parseJson(text) as Partial<Manifest> | undefined;
  if (manifest?.format !== FORMAT || !Array.isArray(manifest.cells)) {
    throw new UserMistake([`${path}: expected ${expected}, found another file`]);
  }
  return manifest as Manifest;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
