import type { Metadata } from "../content.ts";
import { faultBehind } from "../node-behaviour.ts";
import { absentSlivers, hasMetadata } from "../sliver-store.ts";
import {
  type ChallengeDesk,
  FRAMING,
  type OwnChallenge,
  ownBlobs,
  symbolBytes,
  weightOf,
} from "./challenge-desk.ts";
import type { BlobSymbols, ChallengeMessage } from "./challenge-messages.ts";

/** Reads and expands every sliver of the blobs once, for all that are sent a symbol of it. */
export function prepare(own: OwnChallenge, desk: ChallengeDesk): void {
  const { context, life, placement } = desk;
  const { challenge } = own;
  let [slivers, bytes] = [0, 0];
  for (const { metadata, count } of presentSlivers(own, desk)) {
    slivers += count;
    bytes += count * placement.sizes(metadata.bytes).primaryBytes;
  }
  const delay = slivers === 0 ? 0 : desk.readingTime(slivers, bytes);
  context.wake(delay, { kind: "challenge-prepared", challenge, life });
}

/** Sends every other member its symbols. */
export function sendAll(desk: ChallengeDesk): void {
  const { state, node, placement, context } = desk;
  const own = state.own as OwnChallenge;
  const { challenge } = own;
  const found = presentSlivers(own, desk);
  const weight = weightOf(node, desk);
  const isComplete =
    found.length === ownBlobs(own.blobs, desk).length &&
    found.every(({ count }) => count === weight) &&
    faultBehind(desk.lies, "wrong-bytes") === undefined;
  const bytesPerShard = found.reduce(
    (sum, { metadata, count }) => sum + count * symbolBytes(metadata, desk),
    0,
  );
  own.isSent = true;
  placement.members.forEach(({ actor, shards }, other) => {
    if (other === node || shards.length === 0) return;
    const symbols = symbolsFor(other, found, desk);
    const bytes = FRAMING + shards.length * bytesPerShard;
    own.bytes += bytes;
    context.send(actor, { kind: "challenge-symbols", challenge, node, isComplete, symbols }, bytes);
  });
}

interface Present {
  readonly metadata: Metadata;
  /** Primary slivers that it has of the blob, and positions of those it has not. */
  readonly count: number;
  readonly absent: readonly number[];
}

// A cheat that sends anything has got by now what it does not keep.
function presentSlivers(own: OwnChallenge, desk: ChallengeDesk): Present[] {
  const { store, placement, node } = desk;
  return ownBlobs(own.blobs, desk).flatMap((blob) => {
    const metadata = hasMetadata(store, blob) ? desk.metadataOf(blob) : undefined;
    if (metadata === undefined) return [];
    const shards = placement.shards(blob, node);
    const absent = absentSlivers(store, blob, "primary", shards);
    return [{ metadata, count: shards.length - absent.length, absent }];
  });
}

function symbolsFor(
  other: number,
  found: readonly Present[],
  { payload, placement, node, lies }: ChallengeDesk,
): BlobSymbols[] | undefined {
  if (found.every(({ metadata }) => metadata.commitment === undefined)) return undefined;
  const isForger = faultBehind(lies, "wrong-bytes") !== undefined;
  return found.map(({ metadata, absent }) => {
    const targets = placement.pairs(metadata.blob, other);
    const count = placement.pairs(metadata.blob, node).length;
    const { epoch } = placement;
    const wanted = { epoch, node, axis: "secondary", targets, first: 0, count, absent } as const;
    const slice = payload.symbols.slice(metadata, wanted);
    return { metadata, slice: isForger ? payload.symbols.corrupted(slice) : slice };
  });
}

/** Whether these are all that were expected, each covered by the metadata. */
export const isConvincing = (
  { isComplete, symbols = [] }: Extract<ChallengeMessage, { kind: "challenge-symbols" }>,
  { payload }: ChallengeDesk,
): boolean =>
  isComplete && symbols.every(({ metadata, slice }) => payload.symbols.verifies(metadata, slice));
