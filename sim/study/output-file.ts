import { closeSync, openSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileMistake } from "./file-mistake.ts";
import { makeFolders, removeFolders } from "./make-folders.ts";

const EXPECTED = "a file that can be written";

/**
 * A file that appears whole or not at all: it is written under a hidden name beside its own, and renamed
 * at the end. Ended before that, by a mistake or by Ctrl-C, it leaves nothing behind.
 */
export class OutputFile {
  readonly path: string;
  /** Where the file is written until it is whole; empty at first. */
  readonly temporaryPath: string;
  #foldersMade: readonly string[] = [];
  #isOpen = true;
  readonly #discard = () => this.discard();

  /** @throws UserMistake if the file cannot be written */
  constructor(path: string) {
    this.path = path;
    this.temporaryPath = join(dirname(path), `.${basename(path)}-${process.pid}`);
    try {
      this.#foldersMade = makeFolders(dirname(path));
      closeSync(openSync(this.temporaryPath, "w"));
    } catch (error) {
      removeFolders(this.#foldersMade);
      throw fileMistake(error, path, EXPECTED);
    }
    process.once("exit", this.#discard);
  }

  /** Puts the file into its place. @throws UserMistake */
  commit(): void {
    try {
      renameSync(this.temporaryPath, this.path);
    } catch (error) {
      this.discard();
      throw fileMistake(error, this.path, EXPECTED);
    }
    this.#isOpen = false;
    process.off("exit", this.#discard);
  }

  /** Forgets all that was written. Does nothing after {@link commit}. */
  discard(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    process.off("exit", this.#discard);
    rmSync(this.temporaryPath, { force: true });
    removeFolders(this.#foldersMade);
  }
}
