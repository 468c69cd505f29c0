import type { Metadata } from "../content.ts";
import { contentBytes } from "../message-bytes.ts";
import type { Answer } from "../requests.ts";
import { addMetadata, hasMetadata } from "../sliver-store.ts";
import { ask, blobAt, blobCount, type EpochDesk } from "./epoch-desk.ts";
import type { MetadataSync } from "./node-epoch-state.ts";

/**
 * A new member fetches the metadata of all certified blobs before any slivers: some at once, each from a node
 * drawn anew among those that readers ask, until one gives what verifies.
 */
export function startMetadataSync(desk: EpochDesk): void {
  const startedAt = desk.recovery.context.now;
  desk.epochs.metadata = { startedAt, next: 0, open: 0, blobs: 0, bytes: 0 };
}

/** Goes over all blobs again, after a crash: what came before it is there. */
export function beginAgain(sync: MetadataSync): void {
  sync.next = 0;
  sync.open = 0;
}

/** Asks for further metadata, as much at once as may be; true once all is there. */
export function goOnWithMetadata(sync: MetadataSync, desk: EpochDesk): boolean {
  const { recovery, parameters, epochs } = desk;
  const count = blobCount(desk);
  while (sync.open < parameters.metadataParallel && sync.next < count) {
    const blob = blobAt(sync.next++, desk);
    if (hasMetadata(recovery.store, blob) || recovery.isInvalid(blob)) continue;
    sync.open++;
    askFor(blob, desk);
  }
  if (sync.open > 0) return false;
  epochs.metadata = undefined;
  const { startedAt, blobs, bytes } = sync;
  const { context, node } = recovery;
  context.record("metadata-synced", { epoch: epochs.epoch, node, startedAt, blobs, bytes });
  return true;
}

/** Takes the answer for one blob, or none if it was refused, lost or too late. */
export function takeSyncedMetadata(
  sync: MetadataSync,
  blob: number,
  answer: Answer | undefined,
  desk: EpochDesk,
): void {
  const { payload, store, isInvalid, placement } = desk.recovery;
  const told = answer?.kind === "metadata" ? answer.metadata : undefined;
  if (answer !== undefined) sync.bytes += contentBytes(answer, placement);
  const isThere = hasMetadata(store, blob) || isInvalid(blob);
  if (!isThere && (told === undefined || !payload.verifies(told))) {
    askFor(blob, desk);
    return;
  }
  if (!isThere) addMetadata(store, told as Metadata);
  sync.blobs++;
  sync.open--;
}

function askFor(blob: number, desk: EpochDesk): void {
  const { recovery } = desk;
  const weights = recovery.helpers(blob).weights(blob);
  const holders = [...weights.keys()].filter(
    (node) => node !== recovery.node && (weights[node] as number) > 0,
  );
  const luck = recovery.context.random("metadata-source")();
  const from = holders[Math.floor(luck * holders.length)] as number;
  ask(
    from,
    { kind: "metadata", blob },
    desk.parameters.metadataTimeout,
    (call) => ({ kind: "get-metadata", call, blob }),
    desk,
  );
}
