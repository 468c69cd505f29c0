import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { Duration } from "../engine/sim-time.ts";
import {
  type ChallengeDesk,
  isRefused as isRefusedForChallenge,
  receiveChallenge,
} from "./challenges/node-challenges.ts";
import type { BlobNumber } from "./content.ts";
import type { EpochDesk } from "./epochs/epoch-desk.ts";
import { awaitCollection, collectGarbage } from "./epochs/garbage.ts";
import { type NodeEpochState, newNodeEpochState } from "./epochs/node-epoch-state.ts";
import { isLeftToSync, NodeEpochs } from "./epochs/node-epochs.ts";
import type { ShardSyncParameters } from "./epochs/parameters.ts";
import { handOver } from "./epochs/serve-shard.ts";
import type { Lie } from "./lies.ts";
import { answerBytes } from "./message-bytes.ts";
import type { Answer, ChainEvent, WalrusMessage } from "./messages.ts";
import type { Shelf, WorkRequest } from "./node-answers.ts";
import { metadataOf, refusal, shardsHere } from "./node-answers.ts";
import {
  answerOf,
  faultBehind,
  heldBackBy,
  keepsItsDuty,
  servesHonestly,
  silencedBy,
  withLies,
} from "./node-behaviour.ts";
import { NodeRecovery } from "./node-recovery.ts";
import { newNodeState, type StorageNodeState } from "./node-state.ts";
import type { NodeParameters, RecoveryParameters } from "./parameters.ts";
import type { Payload } from "./payload.ts";
import type { Placement } from "./placement.ts";
import type { RecoveryDesk } from "./recovery-desk.ts";
import {
  hasMetadata,
  heldCount,
  isWhole,
  loseShards,
  newSliverStore,
  wipe,
} from "./sliver-store.ts";
import { waitingTime } from "./work-queue.ts";
import {
  timeToAnswer,
  timeToHandOver,
  timeToStore,
  timeToVerify,
  type Workshop,
} from "./work-time.ts";

type SyncRequest = Extract<WalrusMessage, { kind: "sync-shard" }>;

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
  readonly #index: number;
  readonly #first: Placement;
  readonly #payload: Payload;
  readonly #parameters: NodeParameters;
  readonly #preloadedBytes: readonly number[];
  readonly #ledger: ActorId;
  readonly #auditor: ActorId | undefined;
  readonly #leaves: Leaving | undefined;
  readonly #recovery: NodeRecovery | undefined;
  readonly #epochs: NodeEpochs | undefined;

  constructor(options: {
    /** Position in the placement's list of members. */
    readonly index: number;
    readonly name: string;
    readonly placement: Placement;
    readonly payload: Payload;
    readonly parameters: NodeParameters;
    /** Sizes of the blobs stored before the world begins. */
    readonly preloadedBytes: readonly number[];
    readonly ledger: ActorId;
    /** Who is told of every blob that the node has recovered, if anybody is. */
    readonly auditor?: ActorId | undefined;
    /** When and how it leaves the committee, if it does so other than by handing everything over. */
    readonly leaves?: Leaving | undefined;
  }) {
    this.name = options.name;
    this.#index = options.index;
    this.#first = options.placement;
    this.#payload = options.payload;
    this.#parameters = options.parameters;
    this.#preloadedBytes = options.preloadedBytes;
    this.#ledger = options.ledger;
    const { recovery } = options.parameters;
    const { shardSync } = options.parameters;
    this.#auditor = options.auditor;
    this.#leaves = options.leaves;
    this.#recovery = recovery && new NodeRecovery((context) => this.#deskOf(recovery, context));
    this.#epochs =
      shardSync && new NodeEpochs((context) => this.#epochDesk(shardSync, recovery, context));
    const { members, shardCount } = options.placement;
    const shards = members[options.index]?.shards ?? [];
    // One that joins later has nothing yet, not even metadata.
    const preloaded = shards.length > 0 ? options.preloadedBytes.length : 0;
    const store = newSliverStore(preloaded, shards, shardCount);
    const epochs = shardSync && newNodeEpochState(shards.length > 0);
    this.state = newNodeState(options.parameters, store, epochs);
  }

  /** That of the epoch that the node is in. */
  get #placement(): Placement {
    return this.#first.at(this.state.epochs?.epoch ?? this.#first.epoch);
  }

  /**
   * Slivers of the blob on its disks that it would serve as they are, of those that it is to hold in a committee;
   * for the audit alone.
   */
  honestlyHeld(
    blob: BlobNumber,
    of: Placement = this.#placement,
  ): { readonly primary: number; readonly secondary: number } {
    const { lies, store } = this.state;
    if (!servesHonestly(lies, blob) || !hasMetadata(store, blob)) {
      return { primary: 0, secondary: 0 };
    }
    const shards = of.shards(blob, this.#index);
    return {
      primary: heldCount(store, blob, "primary", shards),
      secondary: heldCount(store, blob, "secondary", shards),
    };
  }

  /** Whether it is honest and yet misses something that belongs on it; for the audit alone. */
  lacks(blob: BlobNumber): boolean {
    const { lies, store } = this.state;
    return keepsItsDuty(lies) && !isWhole(store, blob, shardsHere(blob, this.#shelf()));
  }

  /** Adds the blobs that came with the world and were recovered since; for the audit alone. */
  addRecovered(blobs: Set<BlobNumber>): void {
    for (const blob of this.state.store.holdings.keys()) {
      if (blob < this.#preloadedBytes.length) blobs.add(blob);
    }
  }

  start(context: Context<WalrusMessage>): void {
    this.#recovery?.start(context);
  }

  receive(message: WalrusMessage, from: ActorId, context: Context<WalrusMessage>): void {
    const { state } = this;
    switch (message.kind) {
      case "connect":
        if (!state.up) break;
        this.#send(from, { kind: "connected", answer: true, call: message.call }, context);
        break;
      case "get-status":
      case "get-sliver-status":
      case "put-metadata":
      case "put-slivers":
      case "get-confirmation":
      case "get-metadata":
      case "get-slivers":
      case "get-symbols":
      case "get-recovery-symbols":
      case "put-proof":
        if (state.up) this.#serve(message, from, context);
        break;
      case "sync-shard":
        if (state.up) this.#handOver(message, from, context);
        break;
      case "work-done":
        if (message.life !== state.life) {
          this.#send(message.to, refusal(message.reply.call, "reset"), context);
          break;
        }
        if (message.reply.kind === "recovery-symbols") state.symbolRequests--;
        context.send(message.to, message.reply, message.bytes);
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
        context.send(this.#ledger, { kind: "get-events", from: state.eventsHeard }, 0);
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
        receiveChallenge(message, from, this.#challengeDesk(context));
        break;
      case "collect-garbage":
        collectGarbage(state.garbage, message.epoch, this.#disks(), context);
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
        state.registered.add(event.blob);
        break;
      case "blob-certified":
        this.#epochs?.hearCertified(event.blob, context);
        this.#recovery?.hearCertified(event.blob, context);
        break;
      case "blob-invalid":
        state.invalid.add(event.blob);
        state.store.holdings.delete(event.blob);
        this.#recovery?.hearInvalid(event.blob, context);
        this.#epochs?.hearInvalid(event.blob, context);
        break;
      case "blob-deleted":
        this.#endLife(event.blob, context);
        break;
      case "epoch-change-start":
        for (const blob of event.expired) this.#endLife(blob, context);
        awaitCollection(
          state.garbage,
          event.epoch,
          this.#parameters.shardSync?.garbageDelay ?? 0,
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
  #endLife(blob: BlobNumber, context: Context<WalrusMessage>): void {
    const { over, garbage } = this.state;
    over.add(blob);
    garbage.add(blob);
    this.#recovery?.hearInvalid(blob, context);
    this.#epochs?.hearInvalid(blob, context);
  }

  #disks() {
    const shelf = this.#shelf();
    return {
      node: this.#index,
      store: this.state.store,
      placement: this.#placement,
      metadataOf: (blob: BlobNumber) => metadataOf(blob, shelf),
    };
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

  // What is stored counts from the moment of asking; the answer leaves when the work is done.
  #serve(request: WorkRequest, from: ActorId, context: Context<WalrusMessage>): void {
    const { state } = this;
    const { lies, work: queue } = state;
    const silencer = silencedBy(lies, request, from);
    if (silencer !== undefined) {
      this.#bite(silencer, context);
      return;
    }
    const symbolRequestsMax = this.#parameters.recovery?.symbolRequests ?? 0;
    const isTooMuch =
      request.kind === "get-recovery-symbols" && state.symbolRequests >= symbolRequestsMax;
    const isRefused = isRefusedForChallenge(state.challenges, request);
    if (isRefused || isTooMuch || waitingTime(queue, context.now) > this.#parameters.queueLimit) {
      this.#send(from, refusal(request.call, "unavailable"), context);
      return;
    }
    const { answer, bites } = answerOf(lies, request, this.#shelf());
    for (const fault of bites) this.#bite(fault, context);
    if (answer.kind === "recovery-symbols") state.symbolRequests++;
    const bytes = answerBytes(answer, this.#placement);
    if (state.slowness !== 1) this.#bite(state.slownessFault, context);
    const work = timeToAnswer(request, answer, this.#shelf(), this.#workshop(context));
    context.wake(this.#heldBack(request, from, work, context), {
      kind: "work-done",
      to: from,
      reply: answer,
      bytes,
      life: this.state.life,
    });
  }

  #heldBack(
    request: WorkRequest | SyncRequest,
    from: ActorId,
    work: Duration,
    context: Context<WalrusMessage>,
  ): Duration {
    const isOfClient = () => this.#placement.members.every(({ actor }) => actor !== from);
    const held = heldBackBy(this.state.lies, request, isOfClient);
    if (held === undefined || held.delay <= work) return work;
    this.#bite(held.fault, context);
    return held.delay;
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
    const shards = this.#placement.members[this.#index]?.shards ?? [];
    loseShards(
      store,
      shards.filter(() => random() < share),
    );
  }

  // The previous owner of a shard has given enough when the next one has asked for all of it.
  #handOver(request: SyncRequest, from: ActorId, context: Context<WalrusMessage>): void {
    const { lies, slowness, slownessFault, life } = this.state;
    const leaves = this.#leaves;
    const isRefusing = leaves?.how === "refuses" && this.#placement.epoch >= leaves.epoch;
    const means = { ...this.#disks(), payload: this.#payload, lies, isRefusing, asker: from };
    const { answer, bites } = handOver(request, means);
    for (const fault of bites) this.#bite(fault, context);
    if (answer === undefined) return;
    if (slowness !== 1) this.#bite(slownessFault, context);
    const bytes = answerBytes(answer, this.#placement);
    const work = timeToHandOver(answer, this.#shelf(), this.#workshop(context));
    context.wake(this.#heldBack(request, from, work, context), {
      kind: "work-done",
      to: from,
      reply: answer,
      bytes,
      life,
    });
  }

  #deskOf(parameters: RecoveryParameters, context: Context<WalrusMessage>): RecoveryDesk {
    const { recovery: state, store, life, lies } = this.state;
    return {
      node: this.#index,
      context,
      state,
      store,
      life,
      isHonest: keepsItsDuty(lies),
      ledger: this.#ledger,
      auditor: this.#auditor,
      placement: this.#placement,
      payload: this.#payload,
      parameters,
      preloadedCount: this.#preloadedBytes.length,
      metadataOf: (blob) => metadataOf(blob, this.#shelf()),
      helpers: (blob) => this.#readers(blob),
      isLeftToSync: (blob, shard) => {
        const { epochs } = this.state;
        return epochs !== undefined && isLeftToSync(epochs, blob, shard);
      },
      isInvalid: (blob) => this.state.invalid.has(blob) || this.state.over.has(blob),
      blobDone: (blob, bytes) => this.#epochs?.blobDone(blob, bytes, context),
      storingTime: (slivers, bytes) => timeToStore(slivers, bytes, this.#workshop(context)),
    };
  }

  #epochDesk(
    parameters: ShardSyncParameters,
    recovery: RecoveryParameters | undefined,
    context: Context<WalrusMessage>,
  ): EpochDesk {
    return {
      // A node that never recovers lends parameters that nobody asks for.
      recovery: this.#deskOf(recovery as RecoveryParameters, context),
      epochs: this.state.epochs as NodeEpochState,
      parameters,
      canRecover: recovery !== undefined,
      attestsFalsely: faultBehind(this.state.lies, "attest-falsely") !== undefined,
      verifyingTime: (slivers, bytes) => timeToVerify(slivers, bytes, this.#workshop(context)),
      recover: (blob) => this.#recovery?.recoverForShard(blob, context),
      replan: () => this.#recovery?.replan(context),
    };
  }

  // The committee that holds the blob for readers, as far as the node knows.
  #readers(blob: BlobNumber): Placement {
    const { epochs } = this.state;
    const placement = this.#placement;
    if (epochs === undefined || !epochs.isSyncing || epochs.certifiedNow.has(blob))
      return placement;
    return placement.at(placement.epoch - 1);
  }

  #challengeDesk(context: Context<WalrusMessage>): ChallengeDesk {
    const { challenges: state, store, lies, up, life } = this.state;
    return {
      node: this.#index,
      context,
      state,
      store,
      lies,
      up,
      life,
      placement: this.#placement,
      payload: this.#payload,
      metadataOf: (blob) => metadataOf(blob, this.#shelf()),
      readingTime: (slivers, bytes) => timeToStore(slivers, bytes, this.#workshop(context)),
    };
  }

  #workshop(context: Context<WalrusMessage>): Workshop {
    const { work: queue, slowness } = this.state;
    return { parameters: this.#parameters, queue, slowness, context };
  }

  #shelf(): Shelf {
    return {
      index: this.#index,
      store: this.state.store,
      registered: this.state.registered,
      invalid: this.state.invalid,
      over: this.state.over,
      placement: this.#placement,
      payload: this.#payload,
      preloadedBytes: this.#preloadedBytes,
      isOfThisEpoch: (blob) => this.state.epochs?.certifiedNow.has(blob) === true,
    };
  }

  #send(to: ActorId, answer: Answer, context: Context<WalrusMessage>): void {
    context.send(to, answer, answerBytes(answer, this.#placement));
  }

  #bite(fault: number, context: Context<WalrusMessage>): void {
    context.record("fault-bit", { fault, count: 1 });
  }
}
