import type { ActorId, Context } from "../../engine/actor.ts";
import type { Duration, SimTime } from "../../engine/sim-time.ts";
import type { BlobNumber, Metadata } from "../content.ts";
import type { ToldLies } from "../lies.ts";
import { recoverySymbolBytes } from "../message-bytes.ts";
import type { WalrusMessage } from "../messages.ts";
import type { Payload } from "../payload.ts";
import type { Member, Placement } from "../placement.ts";
import type { SliverStore } from "../sliver-store.ts";
import type { ChallengedBlobs } from "./challenge-messages.ts";

/** About a packet's worth, of every message of a challenge. */
export const FRAMING = 100;

/** A challenge that a node is in the midst of. Plain data. */
export interface OwnChallenge {
  readonly challenge: number;
  readonly policy: "light" | "full";
  readonly startedAt: SimTime;
  readonly epoch: number;
  readonly blobs: ChallengedBlobs;
  /** To whom it says that it has passed. */
  readonly contract: ActorId;
  /** The fault that has it keep less than it should; -1 if none has. */
  readonly fault: number;
  readonly certifiedBy: Set<number>;
  /** What a cheat has got of others for what it does not keep, in shards. */
  gathered: number;
  isSent: boolean;
  isPassed: boolean;
  bytes: number;
}

/** All that changes in how a node meets challenges. Plain data. */
export interface NodeChallengeState {
  /** Whether it gives nothing of any blob, or of these. */
  silence: "none" | "all" | ReadonlySet<BlobNumber>;
  own: OwnChallenge | undefined;
}

export const newNodeChallengeState = (): NodeChallengeState => ({
  silence: "none",
  own: undefined,
});

/** What challenges can see and do of the node, lent for one step. */
export interface ChallengeDesk {
  readonly node: number;
  readonly context: Context<WalrusMessage>;
  readonly state: NodeChallengeState;
  readonly store: SliverStore;
  readonly lies: readonly ToldLies[];
  readonly up: boolean;
  readonly life: number;
  readonly placement: Placement;
  readonly payload: Payload;
  metadataOf(blob: BlobNumber): Metadata | undefined;
  /** How long it takes to read and expand so many slivers, of so many bytes together. */
  readingTime(slivers: number, bytes: number): Duration;
}

/** The blobs that a node is challenged for. */
export const ownBlobs = (blobs: ChallengedBlobs, { node }: ChallengeDesk): readonly BlobNumber[] =>
  "drawn" in blobs ? (blobs.drawn[node] ?? []) : blobs.all;

/** Of one symbol with its proof. */
export const symbolBytes = ({ bytes }: Metadata, { placement }: ChallengeDesk): number =>
  recoverySymbolBytes(placement.sizes(bytes).symbolBytes, placement.pairCount);

/** In shards. */
export const weightOf = (node: number, { placement }: ChallengeDesk): number =>
  (placement.members[node] as Member).shards.length;
