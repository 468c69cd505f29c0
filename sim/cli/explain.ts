import { type ExplainedParameter, explainScenario } from "../scenario/explain.ts";
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
  const { scenario, input } = await loadScenario(path, { set });
  const parameters = explainScenario(input);
  if (json === true) {
    printJson({ scenario: scenario.name, question: scenario.question, parameters });
    return exitCode.met;
  }
  print(tint(scenario.name, "strong"));
  print(wrap(scenario.question, columns()));
  for (const basis of Object.keys(headings) as ExplainedParameter["basis"][]) {
    const rows = parameters.filter((parameter) => parameter.basis === basis);
    if (rows.length > 0) printGroup(`${headings[basis]} (${rows.length})`, rows);
  }
  return exitCode.met;
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
