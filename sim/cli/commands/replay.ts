import { defineCommand } from "../define-command.ts";
import { scenarioOptions } from "../study-options.ts";

export const replayCommand = defineCommand({
  command: "replay <manifest>",
  describe: "The same runs again, or what differs",
  example: ["floe replay results/baseline", "Runs what results/baseline/manifest.json holds"],
  options: (yargs) =>
    yargs
      .positional("manifest", {
        type: "string",
        demandOption: true,
        describe: "A manifest.json, or a folder of results",
      })
      .option("only", {
        type: "string",
        requiresArg: true,
        describe: "Run just this replication, counted from 0",
      })
      .option("workers", scenarioOptions.workers)
      .option("json", {
        type: "boolean",
        describe: "Print JSON: {same, replications, differences: [{cell, replication, what}]}",
      }),
  run: async (args, mistakes) => (await import("../replay.ts")).replay(args, mistakes),
});
