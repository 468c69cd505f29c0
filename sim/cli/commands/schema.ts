import { defineCommand } from "../define-command.ts";
import { exitCode } from "../exit-code.ts";

export const schemaCommand = defineCommand({
  command: "schema",
  describe: "The JSON Schema of a scenario, for editors",
  example: ["floe schema > scenario.schema.json", "Then point your editor at it"],
  options: (yargs) =>
    yargs.option("json", { type: "boolean", describe: "The same: a schema is JSON" }),
  run: async (_, mistakes) => {
    const { throwMistakes } = await import("../throw-mistakes.ts");
    throwMistakes(mistakes);
    const { scenarioJsonSchema } = await import("../../scenario/json-schema.ts");
    const { printJson } = await import("../terminal.ts");
    printJson(scenarioJsonSchema());
    return exitCode.met;
  },
});
