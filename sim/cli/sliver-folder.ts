import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { fromHex, toBase64Url, toHex } from "../codec/bytes.ts";
import type { Axis, BlobMetadata } from "../codec/code.ts";
import { SHARDS_MAX } from "../codec/red-stuff/shape.ts";
import { fileMistake } from "../study/file-mistake.ts";
import type { OutputFolder } from "../study/output-folder.ts";
import type { SliverFile } from "../study/restore-parts.ts";
import { UserMistake } from "./user-mistake.ts";

/** The file that says what the slivers beside it are slivers of. */
const METADATA_NAME = "metadata.json";
const SLIVER_NAME = /^(primary|secondary)-(\d+)\.sliver$/;

/** What a folder holds of one blob. */
export interface SliverFolder {
  readonly path: string;
  readonly shardCount: number;
  readonly metadata: BlobMetadata;
  /** In order of axis and sliver index. */
  readonly files: readonly SliverFile[];
}

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const metadataSchema = z.object({
  scheme: z.literal("red-stuff"),
  shards: z.int().min(4).max(SHARDS_MAX),
  blobBytes: z.int().min(0),
  blobId: z.string(),
  blobIdHex: hash,
  rootHash: hash,
  hashes: z.array(z.object({ primary: hash, secondary: hash })),
});

/** Writes all that verifying and decoding the slivers beside it takes. @throws UserMistake */
export function writeMetadata(folder: OutputFolder, metadata: BlobMetadata): void {
  folder.write(METADATA_NAME, `${JSON.stringify(metadataRecord(metadata), undefined, 1)}\n`);
}

function metadataRecord({ blobId, blobBytes, rootHash, hashes }: BlobMetadata) {
  return {
    scheme: "red-stuff",
    shards: hashes.length,
    blobBytes,
    blobId: toBase64Url(blobId),
    blobIdHex: toHex(blobId),
    rootHash: toHex(rootHash),
    hashes: hashes.map(({ primary, secondary }) => ({
      primary: toHex(primary),
      secondary: secondary && toHex(secondary),
    })),
  };
}

/**
 * Reads what is left of such a folder, but for the slivers.
 *
 * @throws UserMistake if there is no folder, or no metadata in it
 */
export function readSliverFolder(path: string): SliverFolder {
  let names: string[];
  try {
    names = readdirSync(path);
  } catch (error) {
    throw fileMistake(error, path, "a folder of slivers, as floe encode writes it");
  }
  const { shards, blobBytes, blobIdHex, rootHash, hashes } = readMetadata(
    join(path, METADATA_NAME),
  );
  return {
    path,
    shardCount: shards,
    metadata: {
      blobId: fromHex(blobIdHex)!,
      blobBytes,
      rootHash: fromHex(rootHash)!,
      hashes: hashes.map(({ primary, secondary }) => ({
        primary: fromHex(primary)!,
        secondary: fromHex(secondary)!,
      })),
    },
    files: names.sort().flatMap((name) => {
      const match = SLIVER_NAME.exec(name);
      if (match === null) return [];
      return [{ name, axis: match[1] as Axis, index: Number(match[2]) }];
    }),
  };
}

function readMetadata(path: string): z.infer<typeof metadataSchema> {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw fileMistake(error, path, "the metadata that floe encode writes");
  }
  try {
    return metadataSchema.parse(JSON.parse(text));
  } catch (error) {
    const found = error instanceof z.ZodError ? z.prettifyError(error) : (error as Error).message;
    throw new UserMistake([
      `${path}: expected the metadata that floe encode writes, found: ${found}`,
    ]);
  }
}
