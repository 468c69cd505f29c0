import { type Data, isData } from "./merge.ts";
import { expectedFound, mistakeLine, pathText, showValue } from "./mistake-text.ts";

/** A field to change, from text such as `committee.nodes=50` or `faults[0].at=2h`. */
interface Override {
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}

export type OverrideResult =
  | { readonly ok: true; readonly input: unknown }
  | { readonly ok: false; readonly mistakes: string[] };

/**
 * A scenario's input with fields changed, each given as `path=value`; the input itself is left as
 * it is. Values are read as JSON where they are JSON, else as text (`6h`, `33%`). Whether the field
 * exists and the value fits is for the schema to say, of the result.
 */
export function applyOverrides(input: unknown, overrides: readonly string[]): OverrideResult {
  const mistakes: string[] = [];
  let changed = input;
  for (const text of overrides) {
    const override = parseOverride(text);
    const result =
      override === undefined
        ? {
            mistake: `--set: ${expectedFound("path=value, such as committee.nodes=50", showValue(text))}`,
          }
        : setAt(changed, override, 0);
    if ("mistake" in result) mistakes.push(result.mistake);
    else changed = result.value;
  }
  return mistakes.length > 0 ? { ok: false, mistakes } : { ok: true, input: changed };
}

function parseOverride(text: string): Override | undefined {
  const [, name, value] = /^\s*([\w$-]+(?:\.[\w$-]+|\[\d+\])*)\s*=(.*)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) return undefined;
  const path = name
    .split(/[.[\]]+/)
    .filter((part) => part !== "")
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return { path, value: parseValue(value.trim()) };
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

type Change = { readonly value: unknown } | { readonly mistake: string };

function setAt(target: unknown, { path, value }: Override, depth: number): Change {
  if (depth === path.length) return { value };
  const part = path[depth]!;
  const wrong = (expected: string): Change => ({
    mistake: mistakeLine(path.slice(0, depth), expectedFound(expected, showValue(target))),
  });

  if (target === undefined && part === 0) return setAt([], { path, value }, depth);
  if (Array.isArray(target)) {
    const last = target.length;
    if (typeof part !== "number" || part > last) {
      const expected = `an index from 0 to ${last} (${last} adds to the list)`;
      return {
        mistake: mistakeLine(path.slice(0, depth + 1), expectedFound(expected, showValue(part))),
      };
    }
    const inner = setAt(target[part], { path, value }, depth + 1);
    return "mistake" in inner ? inner : { value: replaceAt(target, part, inner.value) };
  }
  if (target !== undefined && !isData(target)) {
    return wrong(`an object, to set ${pathText(path.slice(depth))} in`);
  }
  // A key, also where it looks like an index: a place may be called anything.
  const inner = setAt((target as Data | undefined)?.[part], { path, value }, depth + 1);
  return "mistake" in inner ? inner : { value: { ...target, [part]: inner.value } };
}

function replaceAt(list: readonly unknown[], index: number, value: unknown): unknown[] {
  const copy = [...list];
  copy[index] = value;
  return copy;
}
