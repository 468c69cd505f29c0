import { defineCommand } from "../define-command.ts";
import { exitCode } from "../exit-code.ts";

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
      .option("json", {
        type: "boolean",
        describe:
          "JSON: blobId, blobBytes, restored, primaryVerified, secondaryVerified, corrupted",
      }),
  run: async (args, mistakes) => {
    if (args.out === undefined && args.json !== true && process.stdout.isTTY) {
      mistakes.push("--out: expected a file to restore to, as standard output is a terminal");
    }
    const { UserMistake } = await import("../user-mistake.ts");
    if (mistakes.length > 0) throw new UserMistake(mistakes);
    const { readSliverFolder } = await import("../sliver-folder.ts");
    const { restoreBlob } = await import("../restore-blob.ts");
    const { toBase64Url } = await import("../../codec/bytes.ts");
    const { printError, printJson } = await import("../terminal.ts");
    const folder = readSliverFolder(args.folder);
    const { outcome, corrupted, verified } = restoreBlob(folder);
    for (const name of corrupted) printError(`${name}: corrupted, ignored`);
    if (outcome.ok && args.out !== undefined) {
      const { writeFileWhole } = await import("../../study/write-file.ts");
      writeFileWhole(args.out, outcome.blob);
      printError(`${args.out}: restored, ${outcome.blob.length} bytes`);
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
    } else if (outcome.ok && args.out === undefined) {
      process.stdout.write(outcome.blob);
    }
    if (outcome.ok) return exitCode.met;
    printError(outcome.problem);
    return exitCode.broken;
  },
});
