import {
  type ExplainedParameter,
  type ExplainedVariant,
  explainScenario,
  explainVariants,
} from "../scenario/explain.ts";
import type { ResolvedScenario } from "../scenario/scenario.ts";
import { loadScenario } from "../study/load-scenario.ts";
import { type ExitCode, exitCode } from "./exit-code.ts";
import { columns, print, printJson, tint, wrap } from "./terminal.ts";
import { UserMistake } from "./user-mistake.ts";

interface ExplainArguments {
  readonly scenario: string;
  readonly set?: readonly string[] | undefined;
  readonly json?: boolean | undefined;
}

const headings: Readonly<Record<ExplainedParameter["basis"], string>> = {
  assumed: "Assumed: nobody has published it, or it is ours to choose",
  given: "Given by the scenario itself, whose file may say why",
  measured: "Measured by somebody",
  specified: "Specified by the software, its contracts or its documentation",
};

/** Prints where each parameter comes from. @throws UserMistake */
export async function explain(
  { scenario: path, set = [], json }: ExplainArguments,
  mistakes: readonly string[],
): Promise<ExitCode> {
  if (mistakes.length > 0) throw new UserMistake(mistakes);
  const { scenario, variants: resolved, input } = await loadScenario(path, { set });
  const parameters = explainScenario(input);
  const variants = explainVariants(input);
  const published = publishedOf(resolved.length > 0 ? resolved : [{ name: "", scenario }]);
  if (json === true) {
    const { name, question } = scenario;
    printJson({ scenario: name, question, parameters, variants, published });
    return exitCode.met;
  }
  print(tint(scenario.name, "strong"));
  print(wrap(scenario.question, columns()));
  for (const basis of Object.keys(headings) as ExplainedParameter["basis"][]) {
    const rows = parameters.filter((parameter) => parameter.basis === basis);
    if (rows.length > 0) printGroup(`${headings[basis]} (${rows.length})`, rows);
  }
  printVariants(variants);
  printPublished(published);
  return exitCode.met;
}

interface PublishedNumber {
  /** "" for all of the scenario. */
  readonly variant: string;
  readonly number: string;
  readonly source: string;
  readonly use: "fitted" | "predicted";
}

/** What the results are set beside. What all variants are is told once. */
function publishedOf(
  scenarios: readonly { readonly name: string; readonly scenario: ResolvedScenario }[],
): PublishedNumber[] {
  const ofAll = (number: string) =>
    scenarios.every(({ scenario }) => scenario.published.some((each) => each.number === number));
  return scenarios.flatMap(({ name, scenario }, index) =>
    scenario.published.flatMap(({ number, source, fitted }): PublishedNumber[] => {
      const isShared = ofAll(number);
      if (isShared && index > 0) return [];
      const use = fitted ? "fitted" : "predicted";
      return [{ variant: isShared ? "" : name, number, source, use }];
    }),
  );
}

function printVariants(variants: readonly ExplainedVariant[]): void {
  if (variants.length === 0) return;
  print();
  print(tint(`Variants, each run on the same seeds (${variants.length})`, "strong"));
  for (const { name, changes } of variants) {
    print(`  ${name}`);
    if (changes.length === 0) print(tint("      as the scenario is", "faint"));
    for (const { path, value } of changes)
      print(wrap(`      ${path} = ${value}`, columns(), "        "));
  }
}

function printPublished(published: readonly PublishedNumber[]): void {
  if (published.length === 0) return;
  print();
  print(tint(`Published numbers that the results are set beside (${published.length})`, "strong"));
  for (const { variant, number, source, use } of published) {
    const where = variant === "" ? "" : `${variant}, `;
    print(wrap(`  ${where}${number}, ${use}`, columns(), "    "));
    print(tint(wrap(`      ${source}`, columns(), "      "), "faint"));
  }
}

function printGroup(heading: string, parameters: readonly ExplainedParameter[]): void {
  print();
  print(tint(heading, "strong"));
  for (const { path, value, basis, source, date } of parameters) {
    print(wrap(`  ${path} = ${value}`, columns(), "    "));
    if (basis !== "given")
      print(tint(wrap(`      ${source} (${date})`, columns(), "      "), "faint"));
  }
}
