import { applyOverrides } from "./overrides.ts";
import { presets } from "./presets.ts";

/** A preset as a part of a scenario's input. */
export function presetInput(name: string): unknown {
  const fields = Object.entries(presets[name]?.parameters ?? {});
  const result = applyOverrides(
    {},
    fields.map(([path, { value }]) => `${path}=${JSON.stringify(value)}`),
  );
  return result.ok ? result.input : {};
}
