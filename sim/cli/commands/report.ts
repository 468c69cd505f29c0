import { defineCommand } from "../define-command.ts";

export const reportCommand = defineCommand({
  command: "report <folder>",
  describe: "Write the report of a folder of results again",
  example: ["floe report results/baseline", "Say, after an update of Floe"],
  options: (yargs) =>
    yargs
      .positional("folder", {
        type: "string",
        demandOption: true,
        describe: "A folder that run or sweep has written",
      })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "The file to write; report.html in that folder unless told",
      })
      .option("json", { type: "boolean", describe: "Print JSON: {file}" }),
  run: async (args, mistakes) => (await import("../write-report.ts")).writeReport(args, mistakes),
});
