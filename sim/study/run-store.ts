import { readFileSync } from "node:fs";
import { join } from "node:path";
import { deserialize, serialize } from "node:v8";
import { gunzipSync, gzipSync } from "node:zlib";
import { fileMistake } from "./file-mistake.ts";
import { makeFolders } from "./make-folders.ts";
import type { ReplicationResult, StudyCell } from "./replication.ts";
import { simulatorVersion } from "./simulator-version.ts";
import { hashOf } from "./stable-json.ts";
import { writeFileWhole } from "./write-file.ts";

/** What is asked of a run, and how often it is repeated: none of it changes the run. */
const ASKED = ["question", "guarantees", "expect", "published", "replications"];

/**
 * Finished replications, one file each, so that a sweep that was killed goes on where it stopped. A
 * run is found again only for the same model, the same tables and the same code.
 */
export class RunStore {
  readonly #folder: string;
  readonly #keys = new Map<StudyCell, string>();

  readonly #version: string;

  /**
   * @param version of the code that makes the results
   * @throws UserMistake if the folder cannot be written
   */
  constructor(folder: string, version = simulatorVersion) {
    this.#folder = folder;
    this.#version = version;
    try {
      makeFolders(folder);
    } catch (error) {
      throw fileMistake(error, folder, "a folder that can be written");
    }
  }

  /** @throws UserMistake if the file cannot be written */
  put(cell: StudyCell, result: ReplicationResult): void {
    writeFileWhole(this.#path(cell, result.replication), gzipSync(serialize(result), { level: 1 }));
  }

  /** Whether there is a result that can be read. */
  has(cell: StudyCell, replication: number): boolean {
    try {
      this.get(cell, replication);
      return true;
    } catch {
      return false;
    }
  }

  /** The stored result. Fails if there is none, or none that can be read. */
  get(cell: StudyCell, replication: number): ReplicationResult {
    return deserialize(gunzipSync(readFileSync(this.#path(cell, replication))));
  }

  #path(cell: StudyCell, replication: number): string {
    let key = this.#keys.get(cell);
    if (key === undefined) {
      const model = Object.fromEntries(
        Object.entries(cell.scenario).filter(([field]) => !ASKED.includes(field)),
      );
      key = hashOf({ model, tables: cell.tables, version: this.#version }).slice(0, 24);
      this.#keys.set(cell, key);
    }
    return join(this.#folder, `${key}-${replication}.gz`);
  }
}
