import { allDefaults } from "./all-defaults.ts";
import { type Layers, layersOf } from "./layers.ts";
import { isData } from "./merge.ts";
import { pathText, valueAt } from "./mistake-text.ts";
import type { Basis, Parameter } from "./parameter.ts";
import { presets } from "./presets.ts";

/** One parameter of a scenario: its value, and where that comes from. */
export interface ExplainedParameter {
  readonly path: string;
  /** As a scenario would write it. */
  readonly value: string;
  /** `given`: the scenario's own; its file may say why. */
  readonly basis: Basis | "given";
  /** `default`, `scenario`, or the name of a preset. */
  readonly from: string;
  readonly source: string;
  readonly date: string;
}

type Path = readonly (string | number)[];

const order: readonly ExplainedParameter["basis"][] = ["assumed", "given", "measured", "specified"];
const notParameters: readonly unknown[] = ["name", "question", "guarantees", "published"];

/**
 * Every parameter of a scenario with its source: the assumed first, then what the scenario itself
 * gives, the measured, and the specified. Takes the input after overrides, before it is resolved.
 */
export function explainScenario(input: unknown): ExplainedParameter[] {
  const layers = layersOf(input);
  const explained = leavesOf(layers.merged, [])
    .filter(({ path }) => !notParameters.includes(path[0]))
    .map(({ path, value }) => explainLeaf(path, value, input, layers));
  for (const { path, parameter } of allDefaults(layers.merged)) {
    explained.push(describe(path, parameter.value, parameter, "default"));
  }
  return order.flatMap((basis) => explained.filter((each) => each.basis === basis));
}

/** What a variant changes of its scenario: paths and values as its file has them. */
export interface ExplainedVariant {
  readonly name: string;
  readonly changes: readonly { readonly path: string; readonly value: string }[];
}

/** The variants of a scenario, in its order. Takes the input after overrides. */
export function explainVariants(input: unknown): ExplainedVariant[] {
  const variants = isData(input) && isData(input.variants) ? input.variants : {};
  return Object.entries(variants).map(([name, fields]) => ({
    name,
    changes: leavesOf(fields, [])
      .filter(({ path }) => path[0] !== "published")
      .map(({ path, value }) => ({ path: pathText(path), value: textOf(value) })),
  }));
}

/** All that is not itself made of parts with names; shares by name and lists of texts stay whole. */
function leavesOf(value: unknown, path: Path): { path: Path; value: unknown }[] {
  const isWhole = ["places", "providers", "clients", "nodes"].includes(String(path.at(-1)));
  if (isData(value) && !isWhole) {
    return Object.entries(value).flatMap(([key, part]) => leavesOf(part, [...path, key]));
  }
  if (Array.isArray(value) && value.some(isData)) {
    return value.flatMap((part, index) => leavesOf(part, [...path, index]));
  }
  return [{ path, value }];
}

function explainLeaf(path: Path, value: unknown, input: unknown, layers: Layers) {
  const parameter = (preset: string, inPreset: Path) => {
    const name = pathText(inPreset);
    const entries = Object.entries(presets[preset]?.parameters ?? {});
    return entries.find(([key]) => name === key || name.startsWith(`${key}.`))?.[1];
  };
  const fault = path[0] === "faults" ? layers.presetFaults[Number(path[1])] : undefined;
  if (fault !== undefined) {
    const found = parameter(fault.preset, ["faults", fault.index, ...path.slice(2)]);
    if (found !== undefined) return describe(path, value, found, fault.preset);
  }
  if (valueAt(input, path) === undefined) {
    for (const preset of layers.presets.toReversed()) {
      const found = parameter(preset, path);
      if (found !== undefined) return describe(path, value, found, preset);
    }
  }
  const own = { basis: "given", source: "the scenario", date: "" } as const;
  return describe(path, value, own, "scenario");
}

function describe(
  path: Path,
  value: unknown,
  { basis, source, date }: Pick<ExplainedParameter, "basis" | "source" | "date"> | Parameter,
  from: string,
): ExplainedParameter {
  return { path: pathText(path), value: textOf(value), basis, from, source, date };
}

const textOf = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
