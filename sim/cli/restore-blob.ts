import { blobCode } from "../codec/blob-code.ts";
import type { Axis, BlobCode, Sliver } from "../codec/code.ts";
import { defaultEngine } from "../codec/default-engine.ts";
import { isConsistent } from "../codec/red-stuff/consistency.ts";
import { redStuff } from "../codec/red-stuff/red-stuff.ts";
import type { SliverFolder } from "./sliver-folder.ts";

/** How a folder's slivers fared, and the blob, or else the reason why there is none. */
export interface Restored {
  readonly outcome:
    | { readonly ok: true; readonly blob: Uint8Array }
    | { readonly ok: false; readonly problem: string };
  /** Names of files that are not what the metadata says. */
  readonly corrupted: readonly string[];
  /** Slivers that are what the metadata says. */
  readonly verified: Readonly<Record<Axis, number>>;
}

/** Verifies every sliver of a folder, and decodes the blob from those that hold. */
export function restoreBlob({ shardCount, metadata, files }: SliverFolder): Restored {
  const code = blobCode({ scheme: "red-stuff", shards: shardCount });
  if (!code.verifyMetadata(metadata)) {
    const problem = "The metadata is corrupted: its hashes do not lead to its blob ID.";
    const verified = { primary: 0, secondary: 0 };
    return { outcome: { ok: false, problem }, corrupted: [], verified };
  }
  const holding: Sliver[] = [];
  const corrupted: string[] = [];
  for (const { name, sliver } of files) {
    if (sliver !== undefined && code.verify(sliver, metadata)) holding.push(sliver);
    else corrupted.push(name);
  }
  const count = (axis: Axis) => holding.filter((sliver) => sliver.axis === axis).length;
  const verified = { primary: count("primary"), secondary: count("secondary") };
  const decoded = code.decode(holding, metadata.blobBytes);
  if (!decoded.ok) {
    return { outcome: { ok: false, problem: tooFew(code, verified) }, corrupted, verified };
  }
  if (!isConsistent(redStuff(shardCount, defaultEngine), decoded.blob, metadata, holding)) {
    const problem = "The slivers hold, but the blob was encoded wrongly: they do not fit together.";
    return { outcome: { ok: false, problem }, corrupted, verified };
  }
  return { outcome: decoded, corrupted, verified };
}

function tooFew(code: BlobCode, verified: Readonly<Record<Axis, number>>): string {
  const missing = (axis: Axis, needed: number) =>
    `${verified[axis]} of ${needed} ${axis} slivers (${needed - verified[axis]} missing)`;
  return (
    "Not enough slivers to restore the file: " +
    `${missing("primary", code.primaryNeeded)} ` +
    `and ${missing("secondary", code.secondaryNeeded)}. Either kind would do.`
  );
}
