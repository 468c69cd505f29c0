import { defineCommand } from "../define-command.ts";
import { outputOptions, scenarioOptions } from "../study-options.ts";

export const runCommand = defineCommand({
  command: "run <scenario>",
  describe: "Run a scenario: guarantees, figures, a report",
  example: [
    "floe run baseline --set committee.nodes=50 --replications 4",
    "With half as many nodes",
  ],
  options: (yargs) =>
    yargs
      .positional("scenario", {
        type: "string",
        demandOption: true,
        describe: "A file (.ts, .json), or a name that floe list gives",
      })
      .options(scenarioOptions)
      .option("variant", {
        type: "string",
        requiresArg: true,
        describe: "Run just this one of the scenario's variants",
      })
      .option("only", {
        type: "string",
        requiresArg: true,
        describe: "Run just this replication, counted from 0",
      })
      .option("trace", {
        type: "string",
        requiresArg: true,
        describe: "Write all events and facts of the first replication to a file (NDJSON)",
      })
      .options(outputOptions),
  run: async (args, mistakes) => (await import("../run-scenario.ts")).runScenario(args, mistakes),
});
