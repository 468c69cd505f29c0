import { defineCommand } from "../define-command.ts";
import { outputOptions, scenarioOptions } from "../study-options.ts";

export const sweepCommand = defineCommand({
  command: "sweep <scenario>",
  describe: "The same at every point of a grid; resumes",
  example: [
    "floe sweep baseline --vary committee.nodes=50,100",
    "Two cells; a second --vary would make a grid",
  ],
  options: (yargs) =>
    yargs
      .positional("scenario", {
        type: "string",
        demandOption: true,
        describe: "A file (.ts, .json), or a name that floe list gives",
      })
      .option("vary", {
        type: "string",
        array: true,
        requiresArg: true,
        describe: "A field and its values, path=a,b,c; several make a grid",
      })
      .options(scenarioOptions)
      .options(outputOptions),
  run: async (args, mistakes) =>
    (await import("../sweep-scenario.ts")).sweepScenario(args, mistakes),
});
