import {
  challengeDefaults,
  changeDefaults,
  defaults,
  faultDefaults,
  misEncodingDefaults,
  readDefaults,
  surgeDefaults,
} from "./defaults.ts";
import { isData } from "./merge.ts";
import { valueAt } from "./mistake-text.ts";
import type { Parameter } from "./parameter.ts";

interface DefaultAt {
  readonly path: readonly (string | number)[];
  readonly parameter: Parameter;
}

/** The defaults that hold for an input: those of the fields that it leaves out. */
export function allDefaults(input: unknown): DefaultAt[] {
  const elements = (path: readonly string[]) => {
    const found = valueAt(input, path);
    if (isData(found)) return [{ path, element: found }];
    return (Array.isArray(found) ? found : []).map((element: unknown, index) => ({
      path: [...path, index],
      element,
    }));
  };
  const byKind = (path: readonly string[], known: Readonly<Record<string, object>>) =>
    elements(path).flatMap(({ path, element }) => {
      const kind = String(valueAt(element, ["kind"]));
      return walk(Object.hasOwn(known, kind) ? (known[kind] as object) : {}, path);
    });
  const all = [
    ...walk(defaults, []),
    ...elements(["workload", "reads"]).flatMap(({ path }) => walk(readDefaults, path)),
    ...elements(["workload", "writes"]).flatMap(({ path, element }) =>
      valueAt(element, ["misEncoding"]) === undefined
        ? []
        : walk(misEncodingDefaults, [...path, "misEncoding"]),
    ),
    ...elements(["workload", "surges"]).flatMap(({ path }) => walk(surgeDefaults, path)),
    ...byKind(["committee", "changes"], changeDefaults),
    ...byKind(["faults"], faultDefaults),
    ...walk(challengeDefaultsOf(input), ["challenges"]),
  ];
  return all.filter(({ path }) => valueAt(input, path) === undefined && isUsed(path, input));
}

function challengeDefaultsOf(input: unknown): object {
  const policy = String(valueAt(input, ["challenges", "policy"]));
  return Object.hasOwn(challengeDefaults, policy)
    ? challengeDefaults[policy as keyof typeof challengeDefaults]
    : {};
}

function walk(tree: object, path: readonly (string | number)[]): DefaultAt[] {
  if ("basis" in tree) return [{ path, parameter: tree as Parameter }];
  return Object.entries(tree).flatMap(([key, part]) => walk(part as object, [...path, key]));
}

function isUsed(path: readonly (string | number)[], input: unknown): boolean {
  const name = path.join(".");
  if (name === "committee.stake.exponent") {
    return valueAt(input, ["committee", "stake", "kind"]) === "zipf";
  }
  // A table of nodes says itself how much stake each has.
  const isTable = typeof valueAt(input, ["committee", "nodes"]) === "string";
  return !(isTable && name.startsWith("committee.stake"));
}
