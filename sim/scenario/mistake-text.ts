import type * as z from "zod";
import { nearest } from "./nearest.ts";

export type Path = readonly PropertyKey[];

/** One mistake as the user reads it. */
export const mistakeLine = (path: Path, text: string): string => {
  const name = pathText(path);
  return name === "" ? text : `${name}: ${text}`;
};

/** `faults[0].at` for `["faults", 0, "at"]`. */
export const pathText = (path: Path): string =>
  path
    .map((part) => (typeof part === "number" ? `[${part}]` : `.${String(part)}`))
    .join("")
    .replace(/^\./, "");

/** A value as a mistake shows it: as in JSON, but not at length. */
export function showValue(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** What follows the path. The hint is for what was found in quotes, if it is like one of `names`. */
export function expectedFound(expected: string, found: string, names: readonly string[] = []) {
  const quoted = /^"(.*)"$/.exec(found)?.[1];
  const suggestion = quoted === undefined ? undefined : nearest(quoted, names);
  const hint =
    suggestion === undefined || suggestion === quoted ? "" : `; did you mean ${suggestion}?`;
  return `expected ${expected}, found ${found}${hint}`;
}

/** Words for Zod's own issues. The schema's own messages are such phrases already. */
export function expectedPhrase(issue: z.core.$ZodRawIssue): string {
  const definition = issue.inst?._zod.def as
    | { discriminator?: string; shape?: object; options?: unknown }
    | undefined;
  switch (issue.code) {
    case "unrecognized_keys":
      return Object.keys(definition?.shape ?? {}).join(" ");
    case "invalid_type":
      if (definition?.discriminator) return `an object with a ${definition.discriminator}`;
      if (definition?.shape) return objectWith(Object.keys(definition.shape));
      return typeNames[issue.expected as string] ?? `a value of type ${issue.expected}`;
    case "invalid_value":
      return oneOf(issue.values as unknown[]);
    case "too_small":
      return issue.origin === "array" ? "a list that is not empty" : `${issue.minimum} or more`;
    default:
      return "";
  }
}

const objectWith = (keys: readonly string[]) =>
  keys.length > 4 ? "an object" : `an object with ${keys.join(", ")}`;

const oneOf = (values: readonly unknown[]) =>
  `${values.length > 1 ? "one of " : ""}${values.map(showValue).join(", ")}`;

const typeNames: Readonly<Record<string, string>> = {
  array: "a list",
  boolean: "true or false",
  number: "a number",
  object: "an object",
  record: "an object",
  string: "a text",
};

/** What stands at a path; `undefined` if nothing does. */
export function valueAt(input: unknown, path: Path): unknown {
  return path.reduce<unknown>((value, part) => {
    if (typeof value !== "object" || value === null) return undefined;
    return Object.hasOwn(value, part) ? (value as Record<PropertyKey, unknown>)[part] : undefined;
  }, input);
}
