import { type BlobSet, newBlobSet } from "./blob-set.ts";
import { type NodeChallengeState, newNodeChallengeState } from "./challenges/challenge-desk.ts";
import type { BlobNumber } from "./content.ts";
import type { NodeEpochState } from "./epochs/node-epoch-state.ts";
import type { ToldLies } from "./lies.ts";
import type { NodeParameters } from "./parameters.ts";
import { newRecoveryState, type RecoveryState } from "./recovery-state.ts";
import type { SliverStore } from "./sliver-store.ts";
import { newWorkQueue, type WorkQueue } from "./work-queue.ts";

/** All that changes in a storage node. Plain data. */
export interface StorageNodeState {
  up: boolean;
  /** Counts restarts: what was under way in an earlier life is over. */
  life: number;
  /** Empty while it is honest. */
  lies: readonly ToldLies[];
  slowness: number;
  slownessFault: number;
  /** Events of the chain that it has heard of: so many, from the first. */
  eventsHeard: number;
  readonly registered: BlobSet;
  /** Encoded wrongly, says the chain: nothing is kept of them, and nothing given. */
  readonly invalid: BlobSet;
  /** Expired or deleted, says the chain: nothing is given of them, and in time nothing is kept. */
  readonly over: BlobSet;
  /** Those among them that it has not deleted yet. */
  readonly garbage: Set<BlobNumber>;
  readonly store: SliverStore;
  readonly work: WorkQueue;
  /** Requests for recovery symbols that it is working on. */
  symbolRequests: number;
  readonly recovery: RecoveryState;
  readonly challenges: NodeChallengeState;
  /** Only where epochs end. */
  readonly epochs: NodeEpochState | undefined;
  /** Has left for good. */
  isGone: boolean;
}

/** A node that is up and honest, with these disks. */
export const newNodeState = (
  { cores, recovery }: NodeParameters,
  store: SliverStore,
  epochs: NodeEpochState | undefined,
): StorageNodeState => ({
  up: true,
  life: 0,
  lies: [],
  slowness: 1,
  slownessFault: -1,
  eventsHeard: 0,
  registered: newBlobSet(),
  invalid: newBlobSet(),
  over: newBlobSet(),
  garbage: new Set(),
  store,
  work: newWorkQueue(cores),
  symbolRequests: 0,
  recovery: newRecoveryState(recovery?.sliverSyncs ?? 0),
  challenges: newNodeChallengeState(),
  epochs,
  isGone: false,
});
