import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import type { BuildFailure, Plugin } from "esbuild";
import { UserMistake } from "../scenario/mistake.ts";
import { fileMistake } from "./file-mistake.ts";
import { packageRoot } from "./package-root.ts";
import type { ScenarioFile } from "./scenario-files.ts";

/** What a scenario's file holds: its default export, or its JSON. @throws UserMistake if it cannot */
export async function importScenario({ file, name }: ScenarioFile): Promise<unknown> {
  switch (extname(file)) {
    case ".json":
      return parseJson(file, name);
    case ".ts":
      return importModule(file, name);
    default:
      throw mistake(name, "a file whose name ends in .ts or .json", extname(file) || "no ending");
  }
}

const mistake = (name: string, expected: string, found: string) =>
  new UserMistake([`${name}: expected ${expected}, found ${found}`]);

async function parseJson(file: string, name: string): Promise<unknown> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    throw fileMistake(error, name, "a file that can be read");
  });
  try {
    return JSON.parse(text);
  } catch (error) {
    throw mistake(name, "JSON", (error as Error).message);
  }
}

async function importModule(file: string, name: string): Promise<unknown> {
  const code = await bundle(file, name);
  const url = `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`;
  let module: { readonly default?: unknown };
  try {
    module = await import(/* @vite-ignore */ url);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw mistake(name, "a scenario", `an error as the file ran: ${what}`);
  }
  if (module.default === undefined) {
    throw mistake(name, "`export default defineScenario({ ... })`", "no default export");
  }
  return toPlain(module.default, name);
}

/** One module without imports: Node 20 reads no TypeScript, and a data URL has no neighbours. */
async function bundle(file: string, name: string): Promise<string> {
  const { build } = await import("esbuild");
  try {
    const { outputFiles } = await build({
      entryPoints: [file],
      bundle: true,
      write: false,
      platform: "node",
      format: "esm",
      target: "node20",
      logLevel: "silent",
      plugins: [ownPackage],
    });
    return outputFiles[0]!.text;
  } catch (error) {
    const { errors = [] } = error as Partial<BuildFailure>;
    if (errors.length === 0) throw error;
    throw new UserMistake(
      errors.map(({ text, location }) => {
        const at = location ? `${name}:${location.line}:${location.column + 1}` : name;
        return `${at}: expected a TypeScript module, found an error: ${text}`;
      }),
    );
  }
}

/** Lets a scenario anywhere import `defineScenario` from `"floe"`. */
const ownPackage: Plugin = {
  name: "floe",
  setup(build) {
    const path = join(packageRoot(), "sim/scenario/define.ts");
    build.onResolve({ filter: /^floe$/ }, () => ({ path }));
  },
};

/** A scenario is data: what JSON cannot hold would be lost when a run is replayed. */
function toPlain(value: unknown, name: string): unknown {
  const functions = functionPaths(value, "");
  if (functions.length > 0) {
    throw new UserMistake(
      functions.map(
        (path) => `${name}: ${path || "default export"}: expected data, found a function`,
      ),
    );
  }
  return value;
}

function functionPaths(value: unknown, path: string): string[] {
  if (typeof value === "function") return [path];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) =>
    functionPaths(part, path === "" ? key : `${path}.${key}`),
  );
}
