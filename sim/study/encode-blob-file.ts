import type { BlobMetadata } from "../codec/code.ts";
import { type MatrixShape, rowGroups } from "../codec/fast/expand.ts";
import { type ColumnPanel, columnPanels, joinPanels } from "../codec/fast/sliver-roots.ts";
import { fastEngine } from "../codec/fast-engine.ts";
import { metadataOf } from "../codec/red-stuff/encode.ts";
import { redStuff } from "../codec/red-stuff/red-stuff.ts";
import { redStuffLayout } from "../codec/red-stuff/shape.ts";
import { type BlobSource, checkUnchanged } from "./blob-source.ts";
import type { CodecCrew } from "./codec-crew.ts";
import type { EncodeJob } from "./encode-parts.ts";

/** What is worked on at once, with all that is made of it: large enough that files are opened seldom, */
const PART_BYTES = 2 ** 25;
/** and so much hashing at most that Ctrl-C is heard within a second or two. */
const PART_SYMBOLS = 2 ** 22;
/** Parts for each thread, so that all end at about the same time. */
const PARTS_EACH = 4;

/**
 * Encodes a file to files, and neither the file nor its slivers are ever held whole: the file is read
 * twice, once by rows and once by columns. Without a folder to write to, half of the file is held.
 *
 * @param partBytes what is worked on at once
 * @throws UserMistake
 */
export async function encodeBlobFile(
  crew: CodecCrew,
  {
    source,
    shards,
    folder,
    partBytes = PART_BYTES,
  }: {
    readonly source: BlobSource;
    readonly shards: number;
    readonly folder?: { readonly path: string; readonly shownAs: string } | undefined;
    readonly partBytes?: number | undefined;
  },
): Promise<BlobMetadata> {
  const code = redStuff(shards, fastEngine);
  const { symbolBytes, secondaryBytes } = redStuffLayout(code.shape, source.blobBytes);
  const { rows, columns } = code.shape;
  const shape: MatrixShape = { shardCount: shards, rows, columns, symbolBytes };
  const repairs = () => new Uint8Array(new SharedArrayBuffer((shards - columns) * secondaryBytes));
  const slivers =
    folder === undefined
      ? { repairs: repairs() }
      : { folder: folder.path, shownAs: folder.shownAs, shape };
  const job: EncodeJob = { source, shape, slivers };
  const share = crew.workers === 1 ? 1 : crew.workers * PARTS_EACH;
  const groupBytes = Math.min(partBytes / 2, (rows * columns * symbolBytes) / share);
  await crew.run(
    "encodeRows",
    rowGroups(shape, groupBytes).map((group) => ({ job, group })),
  );
  const columnsMax = Math.min(
    partBytes / (shards * symbolBytes),
    PART_SYMBOLS / shards,
    shards / share,
  );
  const parts = sideBySide(columnPanels(shape), columnsMax);
  const nodes = await crew.run(
    "encodeColumns",
    parts.map((panels) => ({ job, panels })),
  );
  checkUnchanged(source);
  return metadataOf(code, source.blobBytes, joinPanels(crew.kernels, shards, nodes.flat()));
}

/** Puts panels together, up to so many columns; a single one may have more. */
function sideBySide(panels: readonly ColumnPanel[], columnsMax: number): ColumnPanel[][] {
  const parts: ColumnPanel[][] = [];
  for (const panel of panels) {
    const part = parts.at(-1);
    if (part === undefined || panel.to - part[0]!.from > columnsMax) parts.push([panel]);
    else part.push(panel);
  }
  return parts;
}
