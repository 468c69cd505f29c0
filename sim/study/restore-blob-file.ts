import { join } from "node:path";
import type { Axis, BlobCode, BlobMetadata } from "../codec/code.ts";
import { engineOn } from "../codec/fast-engine.ts";
import { redStuffCode } from "../codec/red-stuff/red-stuff-code.ts";
import {
  type RedStuffShape,
  redStuffLayout,
  redStuffShape,
  sliverCode,
} from "../codec/red-stuff/shape.ts";
import { stampOf } from "./blob-source.ts";
import type { CodecCrew } from "./codec-crew.ts";
import type { BlobTarget, SliverFile } from "./restore-parts.ts";

/** What is decoded at once. */
const PART_BYTES = 2 ** 25;
/** Parts for each thread, so that all end at about the same time. */
const PARTS_EACH = 4;
/** Slivers that are verified in one go, at most: between two such, Ctrl-C is heard. */
const FILES_MAX = 64;

/** What a folder holds of a blob, and where the blob is to be restored to. */
export interface Restoration {
  readonly folder: string;
  readonly shardCount: number;
  readonly metadata: BlobMetadata;
  readonly files: readonly SliverFile[];
  /** Asked for once it is known that the slivers suffice. */
  readonly target: () => BlobTarget;
  /** What is decoded at once. */
  readonly partBytes?: number | undefined;
}

/** How a folder's slivers fared, and whether the blob is restored, or else why not. */
export interface Restored {
  readonly outcome: { readonly ok: true } | { readonly ok: false; readonly problem: string };
  /** Names of files that are not what the metadata says. */
  readonly corrupted: readonly string[];
  /** Slivers that are what the metadata says. */
  readonly verified: Readonly<Record<Axis, number>>;
}

/** A sliver that is what the metadata says. */
interface Holding extends SliverFile {
  /** What tells whether its file is still the same. */
  readonly stamp: string;
}

/**
 * Verifies every sliver of a folder, decodes the blob from those that hold, and checks it. Slivers are
 * read one by one and then part by part, and never held all at once.
 *
 * @throws UserMistake
 */
export async function restoreBlobFile(crew: CodecCrew, task: Restoration): Promise<Restored> {
  const shape = redStuffShape(task.shardCount);
  const code = redStuffCode(
    shape.shardCount,
    engineOn(() => crew.kernels),
  );
  const ended = (problem: string | undefined, holding: readonly Holding[]): Restored => {
    const count = (axis: Axis) => holding.filter((file) => file.axis === axis).length;
    const names = new Set(holding.map(({ name }) => name));
    return {
      outcome: problem === undefined ? { ok: true } : { ok: false, problem },
      corrupted: task.files.map(({ name }) => name).filter((name) => !names.has(name)),
      verified: { primary: count("primary"), secondary: count("secondary") },
    };
  };
  if (!code.verifyMetadata(task.metadata)) {
    const problem = "The metadata is corrupted: its hashes do not lead to its blob ID.";
    return { ...ended(problem, []), corrupted: [] };
  }
  const holding = await verify(crew, task);
  const used = sufficient(shape, holding);
  if (used === undefined) {
    const { verified } = ended(undefined, holding);
    return ended(tooFew(code, verified), holding);
  }
  const target = task.target();
  await restore(crew, task, shape, used, target);
  if (used.some(({ name, stamp }) => stampOf(join(task.folder, name)) !== stamp)) {
    return ended("Slivers were changed while they were read.", holding);
  }
  const isConsistent = await check(crew, task, shape, holding, target);
  return ended(
    isConsistent
      ? undefined
      : "The slivers hold, but the blob was encoded wrongly: they do not fit together.",
    holding,
  );
}

async function verify(crew: CodecCrew, { folder, metadata, files }: Restoration) {
  const batches = chunks(files, shareOf(crew, files.length, FILES_MAX));
  const stamps = await crew.run(
    "verifyFiles",
    batches.map((files) => ({ folder, metadata, files })),
  );
  return stamps.flat().flatMap((stamp, i): Holding[] => {
    return stamp === undefined ? [] : [{ ...files[i]!, stamp }];
  });
}

/** As many distinct slivers of one axis as restore a blob: primary ones, if there are enough. */
function sufficient(
  shape: RedStuffShape,
  holding: readonly Holding[],
): readonly Holding[] | undefined {
  for (const axis of ["primary", "secondary"] as const) {
    const distinct = new Map<number, Holding>();
    for (const file of holding) {
      if (file.axis === axis && !distinct.has(file.index)) distinct.set(file.index, file);
    }
    const needed = sliverCode(shape, axis).originals;
    if (distinct.size >= needed) return [...distinct.values()].slice(0, needed);
  }
  return undefined;
}

async function restore(
  crew: CodecCrew,
  { folder, metadata, partBytes = PART_BYTES }: Restoration,
  shape: RedStuffShape,
  files: readonly Holding[],
  target: BlobTarget,
): Promise<void> {
  const isPrimary = files[0]!.axis === "primary";
  const symbols = isPrimary ? shape.columns : shape.rows;
  const { symbolBytes } = redStuffLayout(shape, metadata.blobBytes);
  const most = Math.floor(partBytes / (files.length * symbolBytes));
  const width = shareOf(crew, symbols, most);
  const starts = Array.from({ length: Math.ceil(symbols / width) }, (_, part) => part * width);
  await crew.run(
    "restorePart",
    starts.map((from) => {
      const to = Math.min(from + width, symbols);
      return { folder, metadata, files, from, to, target };
    }),
  );
}

/** The reader's usual check: see ../codec/red-stuff/consistency.ts. */
async function check(
  crew: CodecCrew,
  { metadata }: Restoration,
  shape: RedStuffShape,
  holding: readonly Holding[],
  target: BlobTarget,
): Promise<boolean> {
  const known = new Set(holding.filter(({ axis }) => axis === "primary").map(({ index }) => index));
  const rows = Array.from({ length: shape.rows }, (_, row) => row).filter((row) => !known.has(row));
  const checks = chunks(rows, shareOf(crew, rows.length, FILES_MAX));
  const verdicts = await crew.run(
    "checkRows",
    checks.map((rows) => ({ metadata, rows, target })),
  );
  return verdicts.every((holds) => holds);
}

/** How many of all a piece of work has: at least one, and fewer if there are several threads. */
function shareOf({ workers }: CodecCrew, count: number, most: number): number {
  const each = workers === 1 ? count : Math.ceil(count / (workers * PARTS_EACH));
  return Math.max(1, Math.min(each, most));
}

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, i) =>
    all.slice(i * size, (i + 1) * size),
  );

function tooFew(code: BlobCode, verified: Readonly<Record<Axis, number>>): string {
  const missing = (axis: Axis, needed: number) =>
    `${verified[axis]} of ${needed} ${axis} slivers (${needed - verified[axis]} missing)`;
  return (
    "Not enough slivers to restore the file: " +
    `${missing("primary", code.primaryNeeded)} ` +
    `and ${missing("secondary", code.secondaryNeeded)}. Either kind would do.`
  );
}
