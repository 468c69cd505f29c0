import type { Actor, ActorId, Context } from "../engine/actor.ts";
import { addBlob } from "./blob-set.ts";
import type { ChainEvent } from "./chain-messages.ts";
import { receiveChallenge } from "./challenges/node-challenges.ts";
import type { BlobNumber } from "./content.ts";
import { awaitCollection, collectGarbage } from "./epochs/garbage.ts";
import { newNodeEpochState } from "./epochs/node-epoch-state.ts";
import { NodeEpochs } from "./epochs/node-epochs.ts";
import type { Lie } from "./lies.ts";
import type { WalrusMessage } from "./messages.ts";
import { shardsHere } from "./node-answers.ts";
import { keepsItsDuty, servesHonestly, withLies } from "./node-behaviour.ts";
import { NodeDesks, type NodeMeans } from "./node-desks.ts";
import { NodeRecovery } from "./node-recovery.ts";
import { NodeService } from "./node-service.ts";
import { newNodeState, type StorageNodeState } from "./node-state.ts";
import type { Placement } from "./placement.ts";
import type { Answer } from "./requests.ts";
import {
  hasMetadata,
  heldCount,
  isWhole,
  loseShards,
  newSliverStore,
  wipe,
} from "./sliver-store.ts";

/** How a node leaves that does not simply hand its shards over. */
interface Leaving {
  /** The first epoch without it. */
  readonly epoch: number;
  readonly how: "offline" | "refuses";
  /** Takes it off the network. */
  readonly takeOff: () => void;
}

/**
 * A storage node: keeps the metadata and slivers it is sent, serves them, confirms what it keeps, and
 * recovers from its peers what it lacks of certified blobs (`node-recovery.ts`).
 *
 * Left out: the pending-upload cache, and long polling for confirmations.
 */
export class StorageNode implements Actor<WalrusMessage, StorageNodeState> {
  readonly name: string;
  state: StorageNodeState;
  readonly #means: NodeMeans;
  readonly #leaves: Leaving | undefined;
  readonly #desks: NodeDesks;
  readonly #service: NodeService;
  readonly #recovery: NodeRecovery | undefined;
  readonly #epochs: NodeEpochs | undefined;

  constructor(
    means: NodeMeans & {
      readonly name: string;
      /** When and how it leaves the committee, if it does so other than by handing everything over. */
      readonly leaves?: Leaving | undefined;
    },
  ) {
    this.name = means.name;
    this.#means = means;
    this.#leaves = means.leaves;
    const { index, placement, preloadedBytes, parameters } = means;
    const { recovery, shardSync } = parameters;
    const shards = placement.members[index]?.shards ?? [];
    // One that joins later has nothing yet, not even metadata.
    const preloaded = shards.length > 0 ? preloadedBytes.length : 0;
    const store = newSliverStore(preloaded, shards, placement.shardCount);
    const epochs = shardSync && newNodeEpochState(shards.length > 0);
    this.state = newNodeState(parameters, store, epochs);
    this.#desks = new NodeDesks(means, this);
    this.#service = new NodeService(this, this.#desks);
    this.#recovery =
      recovery && new NodeRecovery((context) => this.#desks.forRecovery(recovery, context));
    this.#epochs =
      shardSync && new NodeEpochs((context) => this.#desks.forEpochs(shardSync, context));
    this.#desks.introduce(this.#recovery, this.#epochs);
  }

  /**
   * Slivers of the blob on its disks that it would serve as they are, of those that it is to hold in a committee;
   * for the audit alone.
   */
  honestlyHeld(
    blob: BlobNumber,
    of: Placement = this.#desks.placement,
  ): { readonly primary: number; readonly secondary: number } {
    const { lies, store } = this.state;
    if (!servesHonestly(lies, blob) || !hasMetadata(store, blob)) {
      return { primary: 0, secondary: 0 };
    }
    const shards = of.shards(blob, this.#means.index);
    return {
      primary: heldCount(store, blob, "primary", shards),
      secondary: heldCount(store, blob, "secondary", shards),
    };
  }

  /** Whether it is honest and yet misses something that belongs on it; for the audit alone. */
  lacks(blob: BlobNumber): boolean {
    const { lies, store } = this.state;
    return keepsItsDuty(lies) && !isWhole(store, blob, shardsHere(blob, this.#desks.shelf));
  }

  /** Adds the blobs that came with the world and were recovered since; for the audit alone. */
  addRecovered(blobs: Set<BlobNumber>): void {
    for (const blob of this.state.store.holdings.keys()) {
      if (blob < this.#means.preloadedBytes.length) blobs.add(blob);
    }
  }

  start(context: Context<WalrusMessage>): void {
    this.#recovery?.start(context);
  }

  receive(message: WalrusMessage, from: ActorId, context: Context<WalrusMessage>): void {
    const { state } = this;
    switch (message.kind) {
      case "connect":
        if (state.up) this.#service.connect(message.call, from, context);
        break;
      case "get-status":
      case "get-sliver-status":
      case "get-metadata-status":
      case "put-metadata":
      case "put-slivers":
      case "get-confirmation":
      case "get-metadata":
      case "get-slivers":
      case "get-symbols":
      case "get-recovery-symbols":
      case "put-proof":
        if (state.up) this.#service.serve(message, from, context);
        break;
      case "sync-shard":
        if (state.up) this.#service.handOver(message, from, this.#isRefusing(), context);
        break;
      case "work-done":
        this.#service.workDone(message, context);
        break;
      case "blob-registered":
      case "blob-certified":
      case "blob-invalid":
      case "blob-deleted":
      case "epoch-change-start":
      case "epoch-change-done":
        // Out of turn is what it asks for, or asked for, after a restart.
        if (state.up && message.index === state.eventsHeard) this.#hear(message, true, context);
        break;
      case "events": {
        const last = message.events.findLast(({ kind }) => kind === "epoch-change-start");
        for (const event of message.events) {
          if (!state.up || event.index !== state.eventsHeard) continue;
          this.#hear(event, last === undefined || event.index >= last.index, context);
        }
        break;
      }
      case "crash":
        state.up = false;
        state.life++;
        state.symbolRequests = 0;
        this.#recovery?.stop(context);
        this.#epochs?.stop(context);
        break;
      case "restart":
        if (state.isGone) break;
        state.up = true;
        state.work.coreFreeAt.fill(0);
        context.send(this.#means.ledger, { kind: "get-events", from: state.eventsHeard }, 0);
        this.#recovery?.resume(context);
        this.#epochs?.resume(context);
        break;
      case "lose-disk":
        this.#loseDisk(message.share, context);
        this.#recovery?.loseDisk(message.fault, state.up, context);
        this.#epochs?.loseDisk(state.up, context);
        break;
      case "behave":
        this.#behave(message.fault, message.lies, context);
        break;
      case "slow-service":
        state.slowness = message.factor;
        state.slownessFault = message.fault;
        break;
      case "challenge-announced":
      case "challenge-begun":
      case "challenge-over":
      case "challenge-prepared":
      case "challenge-symbols":
      case "challenge-certificate":
      case "gather-symbols":
      case "symbols-gathered":
        receiveChallenge(message, from, this.#desks.forChallenges(context));
        break;
      case "collect-garbage":
        collectGarbage(state.garbage, message.epoch, this.#desks.disks, context);
        break;
      case "scrub":
        this.#recovery?.scrub(state.up, context);
        break;
      default:
        if (state.up) this.#goOn(message, context);
    }
  }

  lost(message: WalrusMessage, _peer: ActorId, context: Context<WalrusMessage>): void {
    if (!this.state.up) return;
    const isOfSync = "call" in message && this.#epochs?.settle(message.call, undefined, context);
    if (isOfSync !== true) this.#recovery?.lose(message, context);
  }

  // What it asked for, and what it reminds itself of.
  #goOn(message: WalrusMessage, context: Context<WalrusMessage>): void {
    const epochs = this.#epochs;
    if (epochs === undefined) {
      this.#recovery?.receive(message, context);
      return;
    }
    if ("answer" in message && epochs.settle(message.call, message as Answer, context)) return;
    if (epochs.receive(message, context)) return;
    this.#recovery?.receive(message, context);
    epochs.goOn(context);
  }

  #hear(event: ChainEvent, isOfLastEpoch: boolean, context: Context<WalrusMessage>): void {
    const { state } = this;
    state.eventsHeard++;
    switch (event.kind) {
      case "blob-registered":
        addBlob(state.registered, event.blob);
        break;
      case "blob-certified":
        this.#epochs?.hearCertified(event.blob, context);
        this.#recovery?.hearCertified(event.blob, context);
        break;
      case "blob-invalid":
        addBlob(state.invalid, event.blob);
        state.store.holdings.delete(event.blob);
        this.#tellOver([event.blob], context);
        break;
      case "blob-deleted":
        this.#endLives([event.blob], context);
        break;
      case "epoch-change-start":
        this.#endLives(event.expired, context);
        awaitCollection(
          state.garbage,
          event.epoch,
          this.#means.parameters.shardSync?.garbageDelay ?? 0,
          context,
        );
        this.#epochs?.hearStart(event.epoch, isOfLastEpoch, context);
        if (this.#leaves?.epoch === event.epoch) this.#leave(this.#leaves, context);
        break;
      case "epoch-change-done":
        this.#epochs?.hearDone(event.epoch, context);
        break;
    }
  }

  // Answers are "not found" from now on; the disk is freed later.
  #endLives(blobs: readonly BlobNumber[], context: Context<WalrusMessage>): void {
    const { over, garbage } = this.state;
    for (const blob of blobs) {
      addBlob(over, blob);
      garbage.add(blob);
    }
    if (blobs.length > 0) this.#tellOver(blobs, context);
  }

  #tellOver(blobs: readonly BlobNumber[], context: Context<WalrusMessage>): void {
    this.#recovery?.hearOver(blobs, context);
    this.#epochs?.hearOver(blobs, context);
  }

  // One that leaves in strife gives nothing to anybody from then on.
  #isRefusing(): boolean {
    const { epoch } = this.#desks.placement;
    return this.#leaves?.how === "refuses" && epoch >= this.#leaves.epoch;
  }

  #leave({ how, takeOff }: Leaving, context: Context<WalrusMessage>): void {
    if (how === "refuses") return;
    const { state } = this;
    state.up = false;
    state.isGone = true;
    state.life++;
    this.#recovery?.stop(context);
    this.#epochs?.stop(context);
    takeOff();
  }

  #behave(fault: number, lies: readonly Lie[], context: Context<WalrusMessage>): void {
    const { state } = this;
    const wasDutiful = keepsItsDuty(state.lies);
    state.lies = withLies(state.lies, fault, lies);
    if (!wasDutiful && keepsItsDuty(state.lies)) {
      this.#recovery?.goOver(fault, state.up, context);
    }
  }

  #loseDisk(share: number, context: Context<WalrusMessage>): void {
    const { store } = this.state;
    if (share >= 1) {
      wipe(store);
      return;
    }
    const random = context.random("disk");
    const shards = this.#desks.placement.members[this.#means.index]?.shards ?? [];
    loseShards(
      store,
      shards.filter(() => random() < share),
    );
  }
}
