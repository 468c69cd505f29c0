import { mkdirSync, rmdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

const isFolder = (path: string) =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/**
 * Makes a folder and those above it that are missing; all of them, or none. One by one, for with
 * `recursive`, `mkdirSync` of Node 20 never returns from a place such as /proc, where a folder cannot
 * be made and the system says that it was not found.
 *
 * @returns the folders made, the topmost first
 * @throws the error of the file system
 */
export function makeFolders(path: string): readonly string[] {
  const missing: string[] = [];
  for (let folder = path; !isFolder(folder) && dirname(folder) !== folder; ) {
    missing.unshift(folder);
    folder = dirname(folder);
  }
  const made: string[] = [];
  for (const folder of missing) {
    try {
      mkdirSync(folder);
      made.push(folder);
    } catch (error) {
      // Another run may have made it a moment ago.
      if (isFolder(folder)) continue;
      removeFolders(made);
      throw error;
    }
  }
  return made;
}

/** Removes folders again, the last one first, as far as they are empty. */
export function removeFolders(made: readonly string[]): void {
  for (const folder of made.toReversed()) {
    try {
      rmdirSync(folder);
    } catch {
      return;
    }
  }
}
