import type * as z from "zod";
import {
  expectedFound,
  mistakeLine,
  type Path,
  pathText,
  showValue,
  valueAt,
} from "./mistake-text.ts";
import { nearest } from "./nearest.ts";

type Issue = z.core.$ZodIssue;

/** One thing that is wrong with an input, before it becomes a line of text. */
interface Mistake {
  readonly path: Path;
  /** The line that follows the path. */
  readonly text: string;
}

/** What was wrong, each as `path: expected X, found Y`, with the nearest valid name if there is one. */
export function mistakesOf(
  issues: readonly Issue[],
  input: unknown,
  allPaths: readonly string[],
): string[] {
  const mistakes = issues.flatMap((issue) => flatten(issue, input, allPaths));
  return [...new Set(mistakes.map(({ path, text }) => mistakeLine(path, text)))];
}

function flatten(issue: Issue, input: unknown, allPaths: readonly string[]): Mistake[] {
  const value = valueAt(input, issue.path);
  if (issue.code === "unrecognized_keys") return unknownKeys(issue, value, allPaths);
  if (issue.code === "invalid_union" && issue.errors.length > 0 && issue.message === "") {
    const { path } = issue;
    return bestBranch(issue.errors, value).flatMap((inner) =>
      flatten({ ...inner, path: [...path, ...inner.path] }, input, allPaths),
    );
  }
  const { path } = issue;
  if (issue.code === "invalid_union" && issue.discriminator !== undefined) {
    const names = optionsOf(issue);
    return [{ path, text: expectedFound(`one of ${names.join(", ")}`, showValue(value), names) }];
  }
  if (issue.code === "invalid_value") {
    const names = issue.values.map(String);
    return [{ path, text: expectedFound(issue.message, showValue(value), names) }];
  }
  const params = issue.code === "custom" ? issue.params : undefined;
  const found = (params?.found as string | undefined) ?? showValue(value);
  return [{ path, text: expectedFound(issue.message, found, params?.names as string[]) }];
}

function unknownKeys(
  issue: z.core.$ZodIssueUnrecognizedKeys,
  value: unknown,
  allPaths: readonly string[],
): Mistake[] {
  const names = issue.message.split(" ");
  return issue.keys.map((key) => {
    const found = showValue((value as Record<string, unknown>)[key]);
    const sibling = nearest(key, names);
    // A field in the wrong place keeps its name.
    const elsewhere = allPaths.find((path) => path.endsWith(`.${key}`));
    const own = sibling === undefined ? undefined : pathText([...issue.path, sibling]);
    const suggestion = sibling?.toLowerCase() === key.toLowerCase() ? own : (elsewhere ?? own);
    const hint = suggestion === undefined ? "" : `; did you mean ${suggestion}?`;
    return { path: [...issue.path, key], text: `unknown key, found ${found}${hint}` };
  });
}

/** Of the ways in which a value fits none of a union's forms, the one that its author likely meant. */
function bestBranch(branches: readonly Issue[][], value: unknown): Issue[] {
  const fitting = branches.filter(
    (issues) => !issues.some(({ code, path }) => path.length === 0 && isWrongType(code)),
  );
  if (fitting.length === 0) return [mergeTypes(branches.flat())];
  const cost = (issues: Issue[]) =>
    issues.reduce((sum, issue) => {
      if (issue.code !== "unrecognized_keys") return sum + 1;
      const known = issue.message.split(" ");
      return sum + issue.keys.filter((key) => nearest(key, known) === undefined).length * 2 + 0.5;
    }, 0);
  const best = fitting.reduce((least, issues) => (cost(issues) < cost(least) ? issues : least));
  // A misspelt name explains what is missing.
  const hasUnknown = best.some(({ code }) => code === "unrecognized_keys");
  const isMissing = ({ path }: Issue) => path.length > 0 && valueAt(value, path) === undefined;
  return hasUnknown ? best.filter((issue) => !isMissing(issue)) : best;
}

const optionsOf = (issue: Issue) =>
  "options" in issue ? (issue.options as unknown[]).map(String) : [];

const isWrongType = (code: string) => code === "invalid_type" || code === "invalid_value";

function mergeTypes(issues: readonly Issue[]): Issue {
  const phrases = [...new Set(issues.map(({ message }) => message))].join(" or ");
  const names = issues.flatMap((issue) => (issue.code === "invalid_value" ? issue.values : []));
  return { code: "custom", path: [], message: phrases, input: undefined, params: { names } };
}
