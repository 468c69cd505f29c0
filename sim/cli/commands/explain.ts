import { defineCommand } from "../define-command.ts";
import { scenarioOptions } from "../study-options.ts";

export const explainCommand = defineCommand({
  command: "explain <scenario>",
  describe: "Where each parameter of a scenario comes from",
  example: ["floe explain baseline", "What the results of baseline hang on"],
  options: (yargs) =>
    yargs
      .positional("scenario", {
        type: "string",
        demandOption: true,
        describe: "A file (.ts, .json), or a name that floe list gives",
      })
      .option("set", scenarioOptions.set)
      .option("json", {
        type: "boolean",
        describe:
          "JSON: {scenario, question, parameters: [{path, value, basis, from, source, date}]}",
      }),
  run: async (args, mistakes) => (await import("../explain.ts")).explain(args, mistakes),
});
