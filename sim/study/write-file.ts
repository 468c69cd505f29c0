import { renameSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileMistake } from "./file-mistake.ts";
import { makeFolders } from "./make-folders.ts";

/**
 * Writes a file that appears whole or not at all: under a temporary name first, then renamed.
 *
 * @throws UserMistake if the file cannot be written
 */
export function writeFileWhole(path: string, content: string | Uint8Array): void {
  const temporary = join(dirname(path), `.${basename(path)}-${process.pid}`);
  try {
    makeFolders(dirname(path));
    try {
      writeFileSync(temporary, content);
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
  } catch (error) {
    throw fileMistake(error, path, "a file that can be written");
  }
}
