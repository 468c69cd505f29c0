import type { ActorId, Context } from "../engine/actor.ts";
import type { Duration } from "../engine/sim-time.ts";
import type { BlobNumber, Metadata } from "./content.ts";
import type { WalrusMessage } from "./messages.ts";
import type { RecoveryParameters } from "./parameters.ts";
import type { Payload } from "./payload.ts";
import type { Member, Placement } from "./placement.ts";
import type { RecoveryState } from "./recovery-state.ts";
import { isWhole, lackingPairs, type SliverStore } from "./sliver-store.ts";

/** What recovery can see and do of the node it is for, lent for one step. */
export interface RecoveryDesk {
  /** Position of the node in the list of members. */
  readonly node: number;
  readonly context: Context<WalrusMessage>;
  readonly state: RecoveryState;
  readonly store: SliverStore;
  /** Counts the node's restarts. */
  readonly life: number;
  readonly isHonest: boolean;
  readonly ledger: ActorId;
  /** Who is told of blobs recovered, if anybody is. */
  readonly auditor: ActorId | undefined;
  /** Of the epoch that the node is in. */
  readonly placement: Placement;
  readonly payload: Payload;
  readonly parameters: RecoveryParameters;
  /** Blobs that came with the world: as many as their numbers go up to. */
  readonly preloadedCount: number;
  metadataOf(blob: BlobNumber): Metadata | undefined;
  /** The committee that holds the blob for readers, and helps to recover it. */
  helpers(blob: BlobNumber): Placement;
  /** Whether the sync of a shard that the node has gained sees to the blob. */
  isLeftToSync(blob: BlobNumber, shard: number): boolean;
  /** All that was to be recovered of a blob is, for so many bytes received. */
  blobDone(blob: BlobNumber, bytes: number): void;
  /** Whether the chain says that the blob was encoded wrongly, or is over. */
  isInvalid(blob: BlobNumber): boolean;
  /** How long it takes to decode and store so many slivers, of so many bytes together. */
  storingTime(slivers: number, bytes: number): Duration;
}

/** The node's shards that take a pair of the blob. */
export const shardsHere = (blob: BlobNumber, { placement, node }: RecoveryDesk) =>
  placement.shards(blob, node);

export const lacks = (blob: BlobNumber, desk: RecoveryDesk): boolean =>
  !isWhole(desk.store, blob, shardsHere(blob, desk)) &&
  !desk.isInvalid(blob) &&
  // Of a blob that it has proven to be encoded wrongly it wants nothing, though the chain has yet to say so.
  !desk.state.proofs.has(blob) &&
  wantedPairs(blob, desk).length > 0;

/** Positions on which something is missing that no sync of a shard sees to. */
export function wantedPairs(blob: BlobNumber, desk: RecoveryDesk): number[] {
  const shards = shardsHere(blob, desk);
  return lackingPairs(desk.store, blob, shards).filter(
    (position) => !desk.isLeftToSync(blob, shards[position] as number),
  );
}

/** The members that hold something of the blob but for this one, in an order drawn anew. */
export const shuffledHelpers = (blob: BlobNumber, desk: RecoveryDesk): number[] =>
  shuffle(helpersOf(desk.helpers(blob).weights(blob), desk), desk);

/** The same, with the chance of coming earlier in proportion to the slivers held. */
export function helpersByWeight(
  blob: BlobNumber,
  committee: Placement,
  desk: RecoveryDesk,
): number[] {
  const weights = committee.weights(blob);
  const random = desk.context.random("recovery-order");
  // The first of exponentials with these rates is each with the chance of its rate; so are the next.
  const drawn = helpersOf(weights, desk).map((member) => ({
    member,
    at: -Math.log(1 - random()) / (weights[member] as number),
  }));
  return drawn.sort((a, b) => a.at - b.at || a.member - b.member).map(({ member }) => member);
}

function helpersOf(weights: readonly number[], { node }: RecoveryDesk): number[] {
  const helpers: number[] = [];
  weights.forEach((weight, member) => {
    if (weight > 0 && member !== node) helpers.push(member);
  });
  return helpers;
}

/** Shuffles in place. */
export function shuffle<T>(items: T[], desk: RecoveryDesk): T[] {
  const random = desk.context.random("recovery-order");
  for (let left = items.length - 1; left > 0; left--) {
    const pick = Math.floor(random() * (left + 1));
    const other = items[left] as T;
    items[left] = items[pick] as T;
    items[pick] = other;
  }
  return items;
}

/** How long to wait after all helpers have been asked for the time after `pauses` others. */
export function backoff(pauses: number, desk: RecoveryDesk): Duration {
  const { min, max, jitter } = desk.parameters.backoff;
  const luck = Math.round(desk.context.random("recovery-backoff")() * jitter);
  return Math.min(max, min * 2 ** Math.min(pauses, 40)) + luck;
}

export const actorOf = (member: number, { placement }: RecoveryDesk) =>
  (placement.members[member] as Member).actor;
