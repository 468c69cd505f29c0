import { defineCommand } from "../define-command.ts";
import { scenarioOptions } from "../study-options.ts";

export const checkCommand = defineCommand({
  command: "check <scenarios..>",
  describe: "Guarantees as a gate for CI; writes no results",
  example: [
    "floe check baseline scenarios/region-outage.ts --junit guarantees.xml",
    "Exit code 0 only if all are as expected",
  ],
  options: (yargs) =>
    yargs
      .positional("scenarios", {
        type: "string",
        array: true,
        demandOption: true,
        describe: "Files (.ts, .json), or names that floe list gives",
      })
      .options(scenarioOptions)
      .option("junit", {
        type: "string",
        requiresArg: true,
        describe: "Write JUnit XML: a suite a scenario, a test case a guarantee",
      })
      .option("markdown", {
        type: "string",
        requiresArg: true,
        describe: "Write a table in Markdown, as for a comment on a pull request",
      })
      .option("json", { type: "boolean", describe: "Print JSON: {exitCode, scenarios: [summary]}" })
      .option("quiet", { type: "boolean", describe: "Print no progress and no table" }),
  run: async (args, mistakes) => (await import("../check.ts")).check(args, mistakes),
});
