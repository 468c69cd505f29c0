import { type Data, isData, mergeInput } from "./merge.ts";
import { expectedFound, mistakeLine, showValue } from "./mistake-text.ts";
import { presetInput } from "./preset-input.ts";
import { presets } from "./presets.ts";

/** What a scenario's input comes to once its presets are laid under it. */
export interface Layers {
  /** Names of the presets, the first laid lowest. */
  readonly presets: readonly string[];
  /** The scenario's fields over those of its presets, without `preset` and `variants`. */
  readonly merged: unknown;
  /** By index in `merged.faults`: the preset that a fault is of; nothing for the scenario's own. */
  readonly presetFaults: Readonly<Record<number, { preset: string; index: number }>>;
  /** What `merged` is, for each variant. */
  readonly variants: readonly { readonly name: string; readonly merged: unknown }[];
  readonly mistakes: readonly string[];
}

/**
 * Lays presets under the scenario's own fields and variants over them. Faults add up: those of the
 * presets follow the scenario's own, so that the scenario's keep their places in the list.
 */
export function layersOf(input: unknown): Layers {
  if (!isData(input))
    return { presets: [], merged: input, presetFaults: {}, variants: [], mistakes: [] };
  const { preset, variants, ...own } = input;
  const asked = preset === undefined ? [] : Array.isArray(preset) ? preset : [preset];
  const names = Object.keys(presets);
  const mistakes = asked
    .filter((name) => !names.includes(name))
    .map((name) =>
      mistakeLine(["preset"], expectedFound(`one of ${names.join(", ")}`, showValue(name), names)),
    );
  const known = asked.filter((name) => names.includes(name)) as string[];
  const inputs = known.map(presetInput) as Data[];
  const under = (fields: unknown) => {
    const merged = [...inputs, fields].reduce(mergeInput, {});
    const faults = [
      ...listOf(fields, "faults"),
      ...inputs.flatMap((each) => listOf(each, "faults")),
    ];
    return faults.length > 0 && isData(merged) ? { ...merged, faults } : merged;
  };
  if (variants !== undefined && !isData(variants)) {
    const expected = "an object of variants, each some fields of a scenario";
    mistakes.push(mistakeLine(["variants"], expectedFound(expected, showValue(variants))));
  }
  const ownCount = listOf(own, "faults").length;
  const presetFaults = known.flatMap((preset, order) =>
    listOf(inputs[order], "faults").map((_, index) => ({ preset, index })),
  );
  return {
    presets: known,
    presetFaults: Object.fromEntries(presetFaults.map((each, index) => [ownCount + index, each])),
    merged: under(own),
    variants: Object.entries(isData(variants) ? variants : {}).map(([name, fields]) => ({
      name,
      merged: under(mergeInput(own, fields)),
    })),
    mistakes,
  };
}

const listOf = (fields: unknown, key: string): unknown[] =>
  isData(fields) && Array.isArray(fields[key]) ? fields[key] : [];
