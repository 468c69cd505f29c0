import type { ActorId, Context } from "../engine/actor.ts";
import { type BlobSet, hasBlob } from "./blob-set.ts";
import type { ChallengeDesk } from "./challenges/challenge-desk.ts";
import type { BlobNumber, Metadata } from "./content.ts";
import type { EpochDesk } from "./epochs/epoch-desk.ts";
import type { Disks } from "./epochs/garbage.ts";
import type { NodeEpochState } from "./epochs/node-epoch-state.ts";
import type { NodeEpochs } from "./epochs/node-epochs.ts";
import type { ShardSyncParameters } from "./epochs/parameters.ts";
import { isLeftToSync } from "./epochs/pending.ts";
import type { WalrusMessage } from "./messages.ts";
import { metadataOf, type Shelf } from "./node-answers.ts";
import { faultBehind, keepsItsDuty } from "./node-behaviour.ts";
import type { NodeRecovery } from "./node-recovery.ts";
import type { StorageNodeState } from "./node-state.ts";
import type { NodeParameters, RecoveryParameters } from "./parameters.ts";
import type { Payload } from "./payload.ts";
import type { Placement } from "./placement.ts";
import type { RecoveryDesk } from "./recovery-desk.ts";
import type { SliverStore } from "./sliver-store.ts";
import type { WorkQueue } from "./work-queue.ts";
import { timeToStore, timeToVerify, type Workshop } from "./work-time.ts";

/** What a storage node is made with, and keeps as it is. */
export interface NodeMeans {
  /** Position in the placement's list of members. */
  readonly index: number;
  /** Of the first epoch. */
  readonly placement: Placement;
  readonly payload: Payload;
  readonly parameters: NodeParameters;
  /** Sizes of the blobs stored before the world begins. */
  readonly preloadedBytes: readonly number[];
  readonly ledger: ActorId;
  /** Who is told of every blob that the node has recovered, if anybody is. */
  readonly auditor?: ActorId | undefined;
}

/** A node: its state is another one after a snapshot is restored. */
interface Stateful {
  readonly state: StorageNodeState;
}

/**
 * What a storage node lends to those who do its work: to each what that one needs to see, as it is now.
 * Shelf and workshop are asked for at every request, so there is one of each, which looks at the node's state.
 */
export class NodeDesks {
  readonly shelf: Shelf;
  readonly #means: NodeMeans;
  readonly #node: Stateful;
  readonly #workshop: NodeWorkshop;
  #recovery: NodeRecovery | undefined;
  #epochs: NodeEpochs | undefined;

  constructor(means: NodeMeans, node: Stateful) {
    this.#means = means;
    this.#node = node;
    this.shelf = new NodeShelf(means, node);
    this.#workshop = new NodeWorkshop(means.parameters, node);
  }

  /** The two that have things to tell each other. */
  introduce(recovery: NodeRecovery | undefined, epochs: NodeEpochs | undefined): void {
    this.#recovery = recovery;
    this.#epochs = epochs;
  }

  /** That of the epoch that the node is in. */
  get placement(): Placement {
    return this.shelf.placement;
  }

  get disks(): Disks {
    const { index, store, placement } = this.shelf;
    return { node: index, store, placement, metadataOf: this.#metadataOf };
  }

  workshop(context: Context<WalrusMessage>): Workshop {
    this.#workshop.context = context;
    return this.#workshop;
  }

  forRecovery(parameters: RecoveryParameters, context: Context<WalrusMessage>): RecoveryDesk {
    const { index: node, payload, preloadedBytes, ledger, auditor } = this.#means;
    const { recovery: state, store, life, lies, invalid, over, epochs } = this.#node.state;
    return {
      node,
      context,
      state,
      store,
      life,
      isHonest: keepsItsDuty(lies),
      ledger,
      auditor,
      placement: this.placement,
      payload,
      parameters,
      preloadedCount: preloadedBytes.length,
      metadataOf: this.#metadataOf,
      helpers: (blob) => this.#readers(blob),
      isLeftToSync: (blob, shard) => epochs !== undefined && isLeftToSync(epochs, blob, shard),
      isInvalid: (blob) => hasBlob(invalid, blob) || hasBlob(over, blob),
      blobDone: (blob, bytes) => this.#epochs?.blobDone(blob, bytes, context),
      storingTime: (slivers, bytes) => timeToStore(slivers, bytes, this.workshop(context)),
    };
  }

  forEpochs(parameters: ShardSyncParameters, context: Context<WalrusMessage>): EpochDesk {
    const { recovery } = this.#means.parameters;
    const { epochs, lies } = this.#node.state;
    return {
      // A node that never recovers lends parameters that nobody asks for.
      recovery: this.forRecovery(recovery as RecoveryParameters, context),
      epochs: epochs as NodeEpochState,
      parameters,
      canRecover: recovery !== undefined,
      falseAttester: faultBehind(lies, "attest-falsely"),
      verifyingTime: (slivers, bytes) => timeToVerify(slivers, bytes, this.workshop(context)),
      recover: (blob) => this.#recovery?.recoverForShard(blob, context),
      replan: () => this.#recovery?.replan(context),
    };
  }

  forChallenges(context: Context<WalrusMessage>): ChallengeDesk {
    const { index: node, payload } = this.#means;
    const { challenges: state, store, lies, up, life } = this.#node.state;
    return {
      node,
      context,
      state,
      store,
      lies,
      up,
      life,
      placement: this.placement,
      payload,
      metadataOf: this.#metadataOf,
      readingTime: (slivers, bytes) => timeToStore(slivers, bytes, this.workshop(context)),
    };
  }

  readonly #metadataOf = (blob: BlobNumber): Metadata | undefined => metadataOf(blob, this.shelf);

  // The committee that holds the blob for readers, as far as the node knows.
  #readers(blob: BlobNumber): Placement {
    const { epochs } = this.#node.state;
    const { placement } = this;
    if (epochs === undefined || !epochs.isSyncing || epochs.certifiedNow.has(blob))
      return placement;
    return placement.at(placement.epoch - 1);
  }
}

class NodeShelf implements Shelf {
  readonly index: number;
  readonly payload: Payload;
  readonly preloadedBytes: readonly number[];
  readonly #first: Placement;
  readonly #node: Stateful;

  constructor({ index, placement, payload, preloadedBytes }: NodeMeans, node: Stateful) {
    this.index = index;
    this.payload = payload;
    this.preloadedBytes = preloadedBytes;
    this.#first = placement;
    this.#node = node;
  }

  get store(): SliverStore {
    return this.#node.state.store;
  }

  get registered(): BlobSet {
    return this.#node.state.registered;
  }

  get invalid(): BlobSet {
    return this.#node.state.invalid;
  }

  get over(): BlobSet {
    return this.#node.state.over;
  }

  get placement(): Placement {
    const { epochs } = this.#node.state;
    return epochs === undefined ? this.#first : this.#first.at(epochs.epoch);
  }

  isOfThisEpoch(blob: BlobNumber): boolean {
    return this.#node.state.epochs?.certifiedNow.has(blob) === true;
  }
}

class NodeWorkshop implements Workshop {
  readonly parameters: NodeParameters;
  declare context: Context<WalrusMessage>;
  readonly #node: Stateful;

  constructor(parameters: NodeParameters, node: Stateful) {
    this.parameters = parameters;
    this.#node = node;
  }

  get queue(): WorkQueue {
    return this.#node.state.work;
  }

  get slowness(): number {
    return this.#node.state.slowness;
  }
}
