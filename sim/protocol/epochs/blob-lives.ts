import type { Context } from "../../engine/actor.ts";
import type { BlobNumber } from "../content.ts";
import type { WalrusMessage } from "../messages.ts";

/** Until when blobs are paid for. Plain data. */
export interface BlobLives {
  /** Those that end; a blob without an entry outlasts the run. */
  readonly ending: Map<BlobNumber, Life>;
  /** Expired or deleted: nobody stores or serves them, and no demand asks for them. */
  readonly over: Set<BlobNumber>;
}

interface Life {
  /** The first epoch without it. */
  endEpoch: number;
  /** Of the blob while it is certified; 0 before, and once it is proven to be encoded wrongly. */
  bytes: number;
}

/** Blobs that came with the world, all of the same end. */
export interface PreloadLife {
  readonly endEpoch: number;
  readonly bytes: readonly number[];
}

export function newBlobLives(preload: PreloadLife | undefined): BlobLives {
  const ending = new Map<BlobNumber, Life>();
  preload?.bytes.forEach((bytes, blob) => {
    ending.set(blob, { endEpoch: preload.endEpoch, bytes });
  });
  return { ending, over: new Set() };
}

/**
 * Ends what is paid for until an epoch that begins, and returns it in the order of registration. What was not
 * certified ends too, and is no blob that expires.
 */
export function expire(
  { ending, over }: BlobLives,
  epoch: number,
  context: Context<WalrusMessage>,
): BlobNumber[] {
  const expired: BlobNumber[] = [];
  let blobs = 0;
  let bytesTotal = 0;
  for (const [blob, { endEpoch, bytes }] of ending) {
    if (endEpoch > epoch) continue;
    expired.push(blob);
    if (bytes > 0) blobs++;
    bytesTotal += bytes;
    ending.delete(blob);
    over.add(blob);
  }
  if (blobs > 0) context.record("blobs-expired", { epoch, blobs, bytes: bytesTotal });
  return expired;
}
