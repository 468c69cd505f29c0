import { defineCommand } from "../define-command.ts";
import { exitCode } from "../exit-code.ts";

export const listCommand = defineCommand({
  command: "list",
  describe: "The scenarios that come with Floe",
  example: ["floe list", "Names that run, explain and check take"],
  options: (yargs) =>
    yargs.option("json", { type: "boolean", describe: "JSON: [{name, question}]" }),
  run: async (args, mistakes) => {
    const { throwMistakes } = await import("../throw-mistakes.ts");
    throwMistakes(mistakes);
    const { shippedScenarios } = await import("../../study/scenario-files.ts");
    const { readScenario } = await import("../../study/load-scenario.ts");
    const read = async (name: string) => {
      const { input } = await readScenario(name, []);
      return { name, question: String((input as { question?: unknown }).question ?? "") };
    };
    const scenarios = await Promise.all(shippedScenarios().map(read));
    const { print, printJson } = await import("../terminal.ts");
    const { textTable } = await import("../text-table.ts");
    if (args.json === true) {
      printJson(scenarios);
      return exitCode.met;
    }
    const rows = scenarios.map(({ name, question }) => [name, question]);
    print(textTable([{ head: "scenario" }, { head: "question", wraps: true }], rows));
    return exitCode.met;
  },
});
