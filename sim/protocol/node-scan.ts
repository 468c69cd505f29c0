import { startSync } from "./blob-sync.ts";
import type { BlobNumber } from "./content.ts";
import { fold } from "./fold-store.ts";
import { lacks, type RecoveryDesk } from "./recovery-desk.ts";
import type { Scan } from "./recovery-state.ts";

/** Begins to go over all certified blobs: those that came with the world, and these. */
export function startScan(blobs: readonly BlobNumber[], desk: RecoveryDesk): void {
  const { context, state, node, preloadedCount } = desk;
  state.awaitsList = false;
  state.scan = { startedAt: context.now, blobs, next: 0, open: 0, lacking: 0 };
  context.record("node-recovery-started", { node, blobs: preloadedCount + blobs.length });
}

/** Takes up further blobs in which something is missing, as many at once as may be. */
export function goOnScanning(desk: RecoveryDesk): void {
  const { state, parameters, preloadedCount, context } = desk;
  const { scan } = state;
  if (scan === undefined) return;
  const count = preloadedCount + scan.blobs.length;
  while (scan.open < parameters.blobTasks && scan.next < count) {
    const index = scan.next++;
    const blob = index < preloadedCount ? index : (scan.blobs[index - preloadedCount] as number);
    // What a sync of its own is at already is no concern of the scan.
    if (!lacks(blob, desk) || state.syncs.has(blob)) continue;
    // The fault has changed something: one bite for each node that has to recover.
    const fault = state.damagedBy;
    if (scan.lacking === 0 && fault !== undefined) context.record("fault-bit", { fault, count: 1 });
    scan.lacking++;
    scan.open++;
    state.queue.delete(blob);
    startSync(blob, { origin: "scan", queuedAt: scan.startedAt }, desk);
  }
  if (scan.open === 0 && scan.next === count) finishScan(scan, desk, context.now);
}

function finishScan(scan: Scan, desk: RecoveryDesk, now: number): void {
  const { state, context, node, store, preloadedCount } = desk;
  fold(store, preloadedCount);
  state.scan = undefined;
  state.damagedBy = undefined;
  state.needsScan = false;
  context.record("node-recovery-finished", {
    node,
    blobs: scan.lacking,
    startedAt: scan.startedAt,
    durationMicroseconds: now - scan.startedAt,
  });
}
