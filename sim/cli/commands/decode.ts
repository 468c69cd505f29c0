import { defineCommand } from "../define-command.ts";
import { exitCode } from "../exit-code.ts";
import { wholeNumber } from "../number-option.ts";

export const decodeCommand = defineCommand({
  command: "decode <folder>",
  describe: "Restores a file from what is left of its slivers, and says what is wrong with them",
  example: ["floe decode slivers --out README.md", "From any sufficient subset of the slivers"],
  options: (yargs) =>
    yargs
      .positional("folder", {
        type: "string",
        demandOption: true,
        describe: "The folder that floe encode wrote, less what was lost",
      })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "The file to restore; without it, standard output",
      })
      .option("workers", {
        type: "string",
        requiresArg: true,
        default: "1",
        describe: "Threads to verify and decode on: the same bytes, sooner if the file is large",
      })
      .option("json", {
        type: "boolean",
        describe:
          "JSON: blobId, blobBytes, restored, primaryVerified, secondaryVerified, corrupted",
      }),
  run: async (args, mistakes) => {
    if (args.out === undefined && args.json !== true && process.stdout.isTTY) {
      mistakes.push("--out: expected a file to restore to, as standard output is a terminal");
    }
    const workers = wholeNumber("workers", args.workers, { from: 1 }, mistakes) ?? 1;
    const { UserMistake } = await import("../user-mistake.ts");
    if (mistakes.length > 0) throw new UserMistake(mistakes);
    const { readSliverFolder } = await import("../sliver-folder.ts");
    const { restoreBlob } = await import("../restore-blob.ts");
    const { toBase64Url } = await import("../../codec/bytes.ts");
    const { endCleanlyOnInterrupt } = await import("../interrupt.ts");
    const { printError, printJson } = await import("../terminal.ts");
    const folder = readSliverFolder(args.folder);
    const options = { workers, out: args.out };
    endCleanlyOnInterrupt("Nothing was written.");
    const { outcome, blob, corrupted, verified } = await restoreBlob(folder, options);
    for (const name of corrupted) printError(`${name}: corrupted, ignored`);
    if (outcome.ok && args.out !== undefined) {
      printError(`${args.out}: restored, ${folder.metadata.blobBytes} bytes`);
    }
    if (args.json === true) {
      printJson({
        blobId: toBase64Url(folder.metadata.blobId),
        blobBytes: folder.metadata.blobBytes,
        restored: outcome.ok,
        primaryVerified: verified.primary,
        secondaryVerified: verified.secondary,
        corrupted,
      });
    } else if (blob !== undefined) {
      process.stdout.write(blob);
    }
    if (outcome.ok) return exitCode.met;
    printError(outcome.problem);
    return exitCode.broken;
  },
});
