import type * as z from "zod";
import { checkTogether, type Places, type RightFields } from "./checks.ts";
import { scenarioJsonSchema } from "./json-schema.ts";
import { knownPaths } from "./known-paths.ts";
import { layersOf } from "./layers.ts";
import { isData } from "./merge.ts";
import { expectedPhrase } from "./mistake-text.ts";
import { mistakesOf } from "./mistakes.ts";
import { type ResolvedScenario, scenarioSchema } from "./scenario.ts";
import { recoveryGuarantee } from "./schema/recovers.ts";
import type { NamedTables } from "./tables.ts";

/** A scenario and its variants, complete and in the model's units; or all that is wrong. */
export type Resolution =
  | {
      readonly ok: true;
      readonly scenario: ResolvedScenario;
      readonly variants: readonly Variant[];
    }
  | { readonly ok: false; readonly mistakes: readonly string[] };

/** The scenario with some fields changed, to be run on the same seeds. */
export interface Variant {
  readonly name: string;
  readonly scenario: ResolvedScenario;
}

/**
 * Checks a scenario's input, lays its presets and the defaults under it, puts in the tables and
 * turns quantities into numbers. Touches no file: `tables` holds what the input names, and `places`
 * the names of each latency table, without which names of places are not checked.
 */
export function resolveScenario(
  input: unknown,
  { tables = {}, places = {} }: { readonly tables?: NamedTables; readonly places?: Places } = {},
): Resolution {
  const schema = scenarioSchema(tables);
  const layers = layersOf(input);
  const base = resolveOne(layers.merged, schema, places);
  const mistakes = [...layers.mistakes, ...("mistakes" in base ? base.mistakes : [])];
  const variants: Variant[] = [];
  for (const { name, merged } of layers.variants) {
    const result = resolveOne(merged, schema, places);
    if ("scenario" in result) variants.push({ name, scenario: result.scenario });
    else {
      const own = result.mistakes.filter((text) => !mistakes.includes(text));
      mistakes.push(...own.map((text) => `variants.${name}.${text}`));
    }
  }
  if (mistakes.length > 0 || !("scenario" in base)) return { ok: false, mistakes };
  return { ok: true, scenario: base.scenario, variants };
}

type Schema = ReturnType<typeof scenarioSchema>;

function resolveOne(
  input: unknown,
  schema: Schema,
  places: Places,
): { scenario: ResolvedScenario } | { mistakes: string[] } {
  const parsed = schema.safeParse(input, { error: expectedPhrase });
  const fields = parsed.success ? parsed.data : rightFields(input, schema);
  const together = checkTogether(fields as RightFields, places);
  if (parsed.success && together.length === 0) {
    const { seed, name, guarantees, recovers } = parsed.data;
    const claimed = recovers === undefined ? [] : [recoveryGuarantee(recovers)];
    return {
      scenario: {
        ...parsed.data,
        seed: seed ?? name,
        guarantees: [...guarantees, ...claimed],
      },
    };
  }
  const issues = parsed.success ? [] : parsed.error.issues;
  const paths = issues.length > 0 ? knownPaths(scenarioJsonSchema()) : [];
  return { mistakes: [...mistakesOf(issues, input, paths), ...together] };
}

/** So that mistakes of fields that do not agree are told along with those of single fields. */
function rightFields(input: unknown, schema: Schema): Record<string, unknown> {
  const right: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(schema.shape)) {
    const result = (field as z.ZodType).safeParse(isData(input) ? input[key] : undefined);
    if (result.success) right[key] = result.data;
  }
  return right;
}
