import { defineCommand } from "../define-command.ts";

export const diffCommand = defineCommand({
  command: "diff <first> <second>",
  describe: "The first event in which two runs differ",
  example: ["floe diff results/baseline results/changed", "Runs both again, up to where they part"],
  options: (yargs) =>
    yargs
      .positional("first", {
        type: "string",
        demandOption: true,
        describe: "A manifest.json, or a folder of results",
      })
      .positional("second", { type: "string", demandOption: true, describe: "Another" })
      .option("only", {
        type: "string",
        requiresArg: true,
        describe: "Look at this replication; the first that differs unless told",
      })
      .option("json", {
        type: "boolean",
        describe: "Print JSON: {same, cell, replication, scenario: [], eventsBefore, sides: []}",
      }),
  run: async (args, mistakes) => (await import("../diff.ts")).diff(args, mistakes),
});
