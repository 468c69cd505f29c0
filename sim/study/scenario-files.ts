import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { UserMistake } from "../scenario/mistake.ts";
import { expectedFound, showValue } from "../scenario/mistake-text.ts";
import { packageRoot } from "./package-root.ts";

/** The folder of the scenarios that come with Floe, and of their tables. */
export const shippedFolder = (): string => join(packageRoot(), "scenarios");

/** Names of the scenarios that come with Floe, in alphabetical order. */
export function shippedScenarios(): string[] {
  return readdirSync(shippedFolder())
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .map((file) => basename(file, ".ts"))
    .sort();
}

/** A scenario's file, and what to call it when something is wrong in it. */
export interface ScenarioFile {
  readonly file: string;
  readonly folder: string;
  readonly name: string;
}

/** The file that a path or a shipped scenario's name stands for. @throws UserMistake if none does */
export function findScenarioFile(pathOrName: string): ScenarioFile {
  const isName = extname(pathOrName) === "" && basename(pathOrName) === pathOrName;
  const file = isName ? join(shippedFolder(), `${pathOrName}.ts`) : resolve(pathOrName);
  const name = isName ? `scenarios/${pathOrName}.ts` : pathOrName;
  if (existsSync(file)) return { file, folder: dirname(file), name };
  const names = shippedScenarios();
  const expected = isName ? `a file or one of ${names.join(", ")}` : "a scenario's file";
  const text = isName
    ? expectedFound(expected, showValue(pathOrName), names)
    : `expected ${expected}, found no file there`;
  throw new UserMistake([`${pathOrName}: ${text}`]);
}
