import { basename } from "node:path";
import { defineCommand } from "../define-command.ts";
import { exitCode } from "../exit-code.ts";
import { wholeNumber } from "../number-option.ts";

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
    const { encodeFile, encodeFileOnThreads } = await import("../encode-file.ts");
    const workers = wholeNumber("workers", args.workers, { from: 1 }, mistakes) ?? 1;
    const { encoded, blobBytes } =
      workers === 1
        ? encodeFile(args.file, shards, mistakes)
        : await encodeFileOnThreads(args.file, { shards, workers }, mistakes);
    const { metadata, layout } = encoded;
    if (args.out !== undefined) {
      const { writeSliverFolder } = await import("../sliver-folder.ts");
      writeSliverFolder(args.out, encoded, shards);
    }
    const { toBase64Url, toHex } = await import("../../codec/bytes.ts");
    const { print, printJson } = await import("../terminal.ts");
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
    print(`${basename(args.file)}: ${bytes(blobBytes)} on ${shards} shards`);
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
