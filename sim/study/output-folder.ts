import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { UserMistake } from "../scenario/mistake.ts";
import { fileMistake } from "./file-mistake.ts";
import { makeFolders, removeFolders } from "./make-folders.ts";

/** What tells a folder of results from any other folder. */
export const MANIFEST_NAME = "manifest.json";

const EXPECTED = "a folder that can be written";

/**
 * A folder that appears whole or not at all: files go into a hidden sibling, which takes the place
 * of the folder at the end. Ended before that, by a mistake or by Ctrl-C, it leaves nothing behind.
 */
export class OutputFolder {
  readonly path: string;
  readonly #temporary: string;
  #parentsMade: readonly string[] = [];
  readonly #discard = () => this.discard();
  #isOpen = true;

  /**
   * Opened before the work, so that nobody waits for results that cannot be written. An earlier
   * result of the same name is replaced at the end; a folder that holds anything else is refused.
   *
   * @param mayReplace says of an existing folder of results whether it may be replaced
   * @throws UserMistake if the folder cannot be written, or must not be replaced
   */
  constructor(path: string, mayReplace: (folder: string) => boolean) {
    this.path = resolve(path);
    const parent = dirname(this.path);
    this.#temporary = join(parent, `.${basename(this.path)}-${process.pid}`);
    try {
      refuseForeign(this.path, mayReplace);
      this.#parentsMade = makeFolders(parent);
      // Of a process that was killed and had our number.
      rmSync(this.#temporary, { recursive: true, force: true });
      mkdirSync(this.#temporary);
    } catch (error) {
      removeFolders(this.#parentsMade);
      throw fileMistake(error, path, EXPECTED);
    }
    process.once("exit", this.#discard);
  }

  /** Where files of the folder are until it takes its place. */
  get temporaryPath(): string {
    return this.#temporary;
  }

  /** Writes one file, at a path below the folder. @throws UserMistake */
  write(name: string, content: string | Uint8Array): void {
    const path = join(this.#temporary, name);
    try {
      makeFolders(dirname(path));
      writeFileSync(path, content);
    } catch (error) {
      this.discard();
      throw fileMistake(error, join(this.path, name), "a file that can be written");
    }
  }

  /** Puts the folder into its place. @throws UserMistake */
  commit(): void {
    const replaced = `${this.#temporary}-replaced`;
    try {
      if (existsSync(this.path)) renameSync(this.path, replaced);
      renameSync(this.#temporary, this.path);
    } catch (error) {
      if (existsSync(replaced) && !existsSync(this.path)) renameSync(replaced, this.path);
      this.discard();
      throw fileMistake(error, this.path, EXPECTED);
    }
    rmSync(replaced, { recursive: true, force: true });
    this.#isOpen = false;
    process.off("exit", this.#discard);
  }

  /** Forgets all that was written. Does nothing after {@link commit}. */
  discard(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    process.off("exit", this.#discard);
    // Under another name first: threads that are still writing must not add to what is being removed.
    const discarded = `${this.#temporary}-discarded`;
    if (existsSync(this.#temporary)) renameSync(this.#temporary, discarded);
    rmSync(discarded, { recursive: true, force: true });
    // Folders above that this one made go too, unless somebody else has put something there since.
    removeFolders(this.#parentsMade);
  }
}

/**
 * Refuses a folder that holds anything but earlier results, or results that must stay.
 *
 * @param mayReplace says of a folder of results whether it may be replaced
 * @throws UserMistake
 */
export function refuseForeign(path: string, mayReplace: (folder: string) => boolean): void {
  if (!existsSync(path)) return;
  if (!statSync(path).isDirectory()) {
    throw new UserMistake([`${path}: expected a folder, found a file`]);
  }
  const names = readdirSync(path);
  if (names.length === 0) return;
  if (!names.includes(MANIFEST_NAME)) {
    throw new UserMistake([
      `${path}: expected a new folder or earlier results, found other files (${names[0]}, ...)`,
    ]);
  }
  if (!mayReplace(path)) {
    throw new UserMistake([
      `${path}: expected a new folder or earlier results of the same scenario, found those of ` +
        "another (--force replaces them)",
    ]);
  }
}
