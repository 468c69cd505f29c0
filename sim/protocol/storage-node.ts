import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { Duration } from "../engine/sim-time.ts";
import type { BlobNumber } from "./content.ts";
import { answerBytes } from "./message-bytes.ts";
import type { Answer, ChainEvent, WalrusMessage } from "./messages.ts";
import type { Shelf, WorkRequest } from "./node-answers.ts";
import { metadataOf, refusal, shardsHere } from "./node-answers.ts";
import {
  answerOf,
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
import {
  hasMetadata,
  heldCount,
  isWhole,
  loseShards,
  newSliverStore,
  wipe,
} from "./sliver-store.ts";
import { waitingTime } from "./work-queue.ts";
import { timeToAnswer, timeToStore, type Workshop } from "./work-time.ts";

/**
 * A storage node: keeps the metadata and slivers it is sent, serves them, confirms what it keeps, and
 * recovers from its peers what it lacks of certified blobs (`node-recovery.ts`).
 *
 * Left out: shard transfer at epoch changes, garbage collection, the pending-upload cache, and long
 * polling for confirmations.
 */
export class StorageNode implements Actor<WalrusMessage, StorageNodeState> {
  readonly name: string;
  state: StorageNodeState;
  readonly #index: number;
  readonly #placement: Placement;
  readonly #payload: Payload;
  readonly #parameters: NodeParameters;
  readonly #preloadedBytes: readonly number[];
  readonly #ledger: ActorId;
  readonly #recovery: NodeRecovery | undefined;

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
  }) {
    this.name = options.name;
    this.#index = options.index;
    this.#placement = options.placement;
    this.#payload = options.payload;
    this.#parameters = options.parameters;
    this.#preloadedBytes = options.preloadedBytes;
    this.#ledger = options.ledger;
    const { recovery } = options.parameters;
    this.#recovery = recovery && this.#newRecovery(recovery, options.auditor);
    const { members, shardCount } = options.placement;
    const shards = members[options.index]?.shards ?? [];
    const store = newSliverStore(options.preloadedBytes.length, shards, shardCount);
    this.state = newNodeState(options.parameters, store);
  }

  /** Slivers of the blob on its disks that it would serve as they are; for the audit alone. */
  honestlyHeld(blob: BlobNumber): { readonly primary: number; readonly secondary: number } {
    const { lies, store } = this.state;
    if (!servesHonestly(lies, blob) || !hasMetadata(store, blob)) {
      return { primary: 0, secondary: 0 };
    }
    const shards = shardsHere(blob, this.#shelf());
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
        // Out of turn is what it asks for, or asked for, after a restart.
        if (state.up && message.index === state.eventsHeard) this.#hear(message, context);
        break;
      case "events":
        for (const event of message.events) {
          if (state.up && event.index === state.eventsHeard) this.#hear(event, context);
        }
        break;
      case "crash":
        state.up = false;
        state.life++;
        state.symbolRequests = 0;
        this.#recovery?.stop(context);
        break;
      case "restart":
        state.up = true;
        state.work.coreFreeAt.fill(0);
        context.send(this.#ledger, { kind: "get-events", from: state.eventsHeard }, 0);
        this.#recovery?.resume(context);
        break;
      case "lose-disk":
        this.#loseDisk(message.share, context);
        this.#recovery?.loseDisk(message.fault, state.up, context);
        break;
      case "behave":
        state.lies = withLies(state.lies, message.fault, message.lies);
        break;
      case "slow-service":
        state.slowness = message.factor;
        state.slownessFault = message.fault;
        break;
      case "scrub":
        this.#recovery?.scrub(state.up, context);
        break;
      default:
        if (state.up) this.#recovery?.receive(message, context);
    }
  }

  lost(message: WalrusMessage, _peer: ActorId, context: Context<WalrusMessage>): void {
    if (this.state.up) this.#recovery?.lose(message, context);
  }

  #hear(event: ChainEvent, context: Context<WalrusMessage>): void {
    const { state } = this;
    const { kind, blob } = event;
    state.eventsHeard++;
    if (kind === "blob-registered") {
      state.registered.add(blob);
    } else if (kind === "blob-certified") {
      this.#recovery?.hearCertified(blob, context);
    } else {
      state.invalid.add(blob);
      state.store.holdings.delete(blob);
      this.#recovery?.hearInvalid(blob, context);
    }
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
    if (isTooMuch || waitingTime(queue, context.now) > this.#parameters.queueLimit) {
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
    request: WorkRequest,
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

  #newRecovery(parameters: RecoveryParameters, auditor: ActorId | undefined): NodeRecovery {
    return new NodeRecovery((context) => {
      const { recovery: state, store, life, lies } = this.state;
      return {
        node: this.#index,
        context,
        state,
        store,
        life,
        isHonest: keepsItsDuty(lies),
        ledger: this.#ledger,
        auditor,
        placement: this.#placement,
        payload: this.#payload,
        parameters,
        preloadedCount: this.#preloadedBytes.length,
        metadataOf: (blob) => metadataOf(blob, this.#shelf()),
        helpers: () => this.#placement,
        isInvalid: (blob) => this.state.invalid.has(blob),
        storingTime: (slivers, bytes) => timeToStore(slivers, bytes, this.#workshop(context)),
      };
    });
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
      placement: this.#placement,
      payload: this.#payload,
      preloadedBytes: this.#preloadedBytes,
    };
  }

  #send(to: ActorId, answer: Answer, context: Context<WalrusMessage>): void {
    context.send(to, answer, answerBytes(answer, this.#placement));
  }

  #bite(fault: number, context: Context<WalrusMessage>): void {
    context.record("fault-bit", { fault, count: 1 });
  }
}
