import { basename } from "node:path";
import { defineCommand } from "../define-command.ts";
import { exitCode } from "../exit-code.ts";
import { wholeNumber } from "../number-option.ts";

/** Shards above which hashing takes so long, even for an empty file, that it is said first. */
const HASHES_NOTED_ABOVE = 10_000;
const HASHES_PER_SECOND = 1e7;

/** There is a symbol for every pair of shards, and about two tree nodes a symbol. */
function noteOnHashes(shards: number): string {
  const hashes = 3 * shards ** 2;
  const minutes = Math.ceil(hashes / HASHES_PER_SECOND / 60);
  return (
    `Note: ${shards} shards take ${(hashes / 1e9).toFixed(1)} billion hashes, as many as the square of ` +
    `shards asks for, whatever the size of the file: ${minutes} minutes or more on one thread.`
  );
}

export const encodeCommand = defineCommand({
  command: "encode <file>",
  describe: "Blob ID and slivers of a file, byte for byte as Walrus encodes it",
  example: ["floe encode README.md --shards 10 --out slivers", "20 slivers and their metadata"],
  options: (yargs) =>
    yargs
      .positional("file", { type: "string", demandOption: true, describe: "The file to encode" })
      .option("shards", {
        type: "string",
        requiresArg: true,
        default: "1000",
        describe: "Shards of the committee",
      })
      .option("out", {
        type: "string",
        requiresArg: true,
        describe: "New folder for the slivers, one file each, and metadata.json",
      })
      .option("workers", {
        type: "string",
        requiresArg: true,
        default: "1",
        describe: "Threads to encode on: the same bytes, sooner if the file is large",
      })
      .option("json", {
        type: "boolean",
        describe:
          "JSON: blobId, blobIdHex, rootHash, symbolSize, primaryBytes, secondaryBytes, encodedBytes",
      }),
  run: async (args, mistakes) => {
    const shards = wholeNumber("shards", args.shards, { from: 4 }, mistakes) ?? 4;
    const workers = wholeNumber("workers", args.workers, { from: 1 }, mistakes) ?? 1;
    const { encodeFile } = await import("../encode-file.ts");
    const options = { shards, workers, out: args.out };
    const { print, printError, printJson } = await import("../terminal.ts");
    if (shards > HASHES_NOTED_ABOVE) printError(noteOnHashes(shards));
    const { endCleanlyOnInterrupt } = await import("../interrupt.ts");
    endCleanlyOnInterrupt("Nothing was written.");
    const { metadata, layout } = await encodeFile(args.file, options, mistakes);
    const { toBase64Url, toHex } = await import("../../codec/bytes.ts");
    if (args.json === true) {
      printJson({
        blobId: toBase64Url(metadata.blobId),
        blobIdHex: toHex(metadata.blobId),
        rootHash: toHex(metadata.rootHash),
        symbolSize: layout.symbolBytes,
        primaryBytes: layout.primaryBytes,
        secondaryBytes: layout.secondaryBytes,
        encodedBytes: layout.encodedBytes,
      });
      return exitCode.met;
    }
    const bytes = (count: number) =>
      `${count.toLocaleString("en")} ${count === 1 ? "byte" : "bytes"}`;
    print(`${basename(args.file)}: ${bytes(metadata.blobBytes)} on ${shards} shards`);
    print(`  blob ID           ${toBase64Url(metadata.blobId)}`);
    print(`  root hash         ${toHex(metadata.rootHash)}`);
    print(`  symbol            ${bytes(layout.symbolBytes)}`);
    print(`  primary sliver    ${bytes(layout.primaryBytes)}`);
    print(`  secondary sliver  ${bytes(layout.secondaryBytes)}`);
    print(`  charged           ${bytes(layout.encodedBytes)}, metadata on every shard included`);
    if (args.out !== undefined) print(`  slivers           ${2 * shards} files in ${args.out}`);
    return exitCode.met;
  },
});
