import { type Distribution, sample } from "../engine/distribution.ts";
import type { RandomStream } from "../engine/random-streams.ts";
import type { Preload } from "./demand.ts";

/** A drawn size in whole bytes: at least 1, and at most what a blob may have. */
export function blobSize(size: Distribution, blobBytesMax: number, random: RandomStream): number {
  return Math.min(blobBytesMax, Math.max(1, Math.round(sample(size, random))));
}

/** Bytes of each of the blobs that are stored before the world begins, by blob number. */
export function preloadSizes(
  preload: Preload,
  blobBytesMax: number,
  random: RandomStream,
): readonly number[] {
  return Array.from({ length: preload.blobs }, () => blobSize(preload.size, blobBytesMax, random));
}
