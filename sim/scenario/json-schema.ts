import * as z from "zod";
import { presets } from "./presets.ts";
import { scenarioSchema } from "./scenario.ts";

/**
 * The JSON Schema (draft 2020-12) of a scenario as its author writes it, for editors and for those
 * who write scenarios as JSON. What only this program can check is not in it: tables, names of
 * places, metrics, and how fields agree with each other.
 */
export function scenarioJsonSchema(): z.core.JSONSchema.BaseSchema {
  const core = z.toJSONSchema(scenarioSchema({}), { io: "input" });
  const name = { type: "string", enum: Object.keys(presets) } as const;
  const variant = { type: "object" } as const;
  return {
    ...core,
    title: "Floe scenario",
    properties: {
      ...core.properties,
      preset: { anyOf: [name, { type: "array", items: name }] },
      variants: { type: "object", additionalProperties: variant },
    },
  };
}
