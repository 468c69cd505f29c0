import type { AssumedParameter } from "../../analysis/warnings.ts";
import { explainScenario } from "../scenario/explain.ts";
import { loadScenario } from "../study/load-scenario.ts";
import type { StudyCell } from "../study/replication.ts";
import type { GridPoint } from "../study/sweep-grid.ts";
import { quoted } from "./report-error.ts";
import { UserMistake } from "./user-mistake.ts";

/** A scenario at one point of a sweep, or one of its variants, or just itself. */
export interface NamedCell {
  /** Tells it from the others, such as `committee.nodes=50, variant=calm`; "" for just itself. */
  readonly name: string;
  /** What sets it apart: the value of each path varied, and of `variant`. */
  readonly values: Readonly<Record<string, string>>;
  readonly cell: StudyCell;
  readonly assumed: readonly AssumedParameter[];
}

export interface ScenarioChoice {
  /** A path, or the name of a scenario that comes with Floe. */
  readonly scenario: string;
  readonly set?: readonly string[] | undefined;
  readonly seed?: string | undefined;
  readonly replications?: number | undefined;
  /** Just this one of the scenario's variants. */
  readonly variant?: string | undefined;
}

/**
 * Loads a scenario at every point of a grid, with each of its variants.
 *
 * @param mistakes found so far; they are thrown along with those of the scenario
 * @throws UserMistake
 */
export async function loadCells(
  choice: ScenarioChoice,
  points: readonly GridPoint[],
  mistakes: readonly string[],
): Promise<NamedCell[]> {
  const told = [...mistakes];
  const cells: NamedCell[] = [];
  for (const point of points) {
    try {
      cells.push(...(await cellsAt(choice, point)));
    } catch (error) {
      if (!(error instanceof UserMistake)) throw error;
      told.push(...error.mistakes);
    }
  }
  if (told.length > 0) throw new UserMistake([...new Set(told)]);
  return cells;
}

async function cellsAt(choice: ScenarioChoice, point: GridPoint): Promise<NamedCell[]> {
  const set = [
    ...(choice.set ?? []),
    // Given twice it is a list, which was told of already.
    ...(typeof choice.seed === "string" ? [`seed=${JSON.stringify(choice.seed)}`] : []),
    ...point.map(({ path, value }) => `${path}=${value}`),
  ];
  const repeats = choice.replications === undefined ? [] : [`replications=${choice.replications}`];
  const loaded = await loadScenario(choice.scenario, { set: [...set, ...repeats] });
  const { tables } = loaded;
  const assumed = explainScenario(loaded.input)
    .filter(({ basis }) => basis === "assumed")
    .map(({ path, value, source }) => ({ path, value, why: source }));
  const command = ["floe", "run", choice.scenario, ...set.flatMap((each) => ["--set", each])];
  const values = Object.fromEntries(point.map(({ path, value }) => [path, value]));
  if (loaded.variants.length === 0 && choice.variant === undefined) {
    const cell = { scenario: loaded.scenario, tables, command: command.map(quoted).join(" ") };
    return [{ name: nameOf(values), values, cell, assumed }];
  }
  return variantsAsked(choice, loaded.variants).map(({ name, scenario }) => {
    const line = [...command, "--variant", name].map(quoted).join(" ");
    const own = { ...values, variant: name };
    return { name: nameOf(own), values: own, cell: { scenario, tables, command: line }, assumed };
  });
}

function variantsAsked<V extends { readonly name: string }>(
  { variant, scenario }: ScenarioChoice,
  variants: readonly V[],
): readonly V[] {
  if (variant === undefined) return variants;
  const asked = variants.filter(({ name }) => name === variant);
  if (asked.length > 0) return asked;
  const names = variants.map(({ name }) => name).join(", ") || "none";
  throw new UserMistake([
    `--variant: expected a variant of ${scenario} (${names}), found ${variant}`,
  ]);
}

const nameOf = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([path, value]) => `${path}=${value}`)
    .join(", ");
