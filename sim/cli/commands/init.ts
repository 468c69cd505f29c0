import { defineCommand } from "../define-command.ts";

export const initCommand = defineCommand({
  command: "init <name>",
  describe: "Write a small scenario to start from",
  example: ["floe init my-scenario && floe run my-scenario.ts", "Two commands to a first report"],
  options: (yargs) =>
    yargs
      .positional("name", {
        type: "string",
        demandOption: true,
        describe: "Its name: small letters, digits and hyphens",
      })
      .option("force", { type: "boolean", describe: "Replace the file if there is one" })
      .option("json", { type: "boolean", describe: "Print JSON: {file}" }),
  run: async (args, mistakes) => (await import("../init-scenario.ts")).initScenario(args, mistakes),
});
