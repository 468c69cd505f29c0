import type { Context } from "../../engine/actor.ts";
import type { Duration } from "../../engine/sim-time.ts";
import type { BlobNumber, Metadata } from "../content.ts";
import type { WalrusMessage } from "../messages.ts";
import type { Placement } from "../placement.ts";
import { collect, type SliverStore } from "../sliver-store.ts";

/** What a node has stored, and where it belongs. */
export interface Disks {
  readonly node: number;
  readonly store: SliverStore;
  /** Of the epoch that the node is in. */
  readonly placement: Placement;
  metadataOf(blob: BlobNumber): Metadata | undefined;
}

/** Sets the time to delete what has ended: not all nodes at once, but within so long. */
export function awaitCollection(
  garbage: ReadonlySet<BlobNumber>,
  epoch: number,
  delayMax: Duration,
  context: Context<WalrusMessage>,
): void {
  if (garbage.size === 0) return;
  const delay = Math.round(context.random("garbage")() * delayMax);
  context.wake(delay, { kind: "collect-garbage", epoch });
}

/** Deletes what has ended. A node that is down does so all the same: nobody can tell. */
export function collectGarbage(
  garbage: Set<BlobNumber>,
  epoch: number,
  of: Disks,
  context: Context<WalrusMessage>,
): void {
  const { node, store, placement } = of;
  let blobs = 0;
  let bytes = 0;
  for (const blob of garbage) {
    const metadata = of.metadataOf(blob);
    if (metadata === undefined) continue;
    const { primaryBytes, secondaryBytes, metadataBytes } = placement.sizes(metadata.bytes);
    const { primary, secondary } = collect(store, blob);
    blobs++;
    bytes += metadataBytes + primary * primaryBytes + secondary * secondaryBytes;
  }
  garbage.clear();
  context.record("garbage-collected", { epoch, node, blobs, bytes });
}
