import { defineCommand } from "../define-command.ts";
import { exitCode } from "../exit-code.ts";
import { wholeNumber } from "../number-option.ts";

export const placeCommand = defineCommand({
  command: "place <stakes>",
  describe: "Shards for stakes, as Walrus apportions them",
  example: [
    "floe place scenarios/data/sui-validators-committee.csv --column shards",
    "Shards of 106 nodes",
  ],
  options: (yargs) =>
    yargs
      .positional("stakes", {
        type: "string",
        demandOption: true,
        describe: "CSV file with a header; rows in the order of the active set",
      })
      .option("shards", {
        type: "string",
        requiresArg: true,
        default: "1000",
        describe: "Shards to hand out",
      })
      .option("column", {
        type: "string",
        requiresArg: true,
        default: "stake",
        describe: "The column of stakes, whole numbers",
      })
      .option("json", { type: "boolean", describe: "JSON: shards, nodes[].{node, stake, shards}" }),
  run: async (args, mistakes) => {
    const shards = wholeNumber("shards", args.shards, { from: 1 }, mistakes) ?? 1;
    const { placeStakes } = await import("../place-stakes.ts");
    const nodes = placeStakes(args.stakes, args.column, shards, mistakes);
    const { print, printJson } = await import("../terminal.ts");
    if (args.json === true) {
      printJson({ shards, nodes });
      return exitCode.met;
    }
    const { textTable } = await import("../text-table.ts");
    print(
      textTable(
        [{ head: "node" }, { head: args.column, right: true }, { head: "shards", right: true }],
        nodes.map((node) => [node.node, node.stake, String(node.shards)]),
      ),
    );
    return exitCode.met;
  },
});
