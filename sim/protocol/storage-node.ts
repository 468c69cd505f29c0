import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { Distribution } from "../engine/distribution.ts";
import { sample } from "../engine/distribution.ts";
import { answerBytes } from "./message-bytes.ts";
import type { Answer, Behaviour, BlobNumber, Refusal, Request, WalrusMessage } from "./messages.ts";
import type { NodeParameters } from "./parameters.ts";
import type { Metadata, Payload } from "./payload.ts";
import type { Placement } from "./placement.ts";
import type { SliverStore } from "./sliver-store.ts";
import {
  absentPairs,
  addMetadata,
  addPairs,
  hasMetadata,
  heldMetadata,
  isWhole,
  loseShards,
  newSliverStore,
  wipe,
} from "./sliver-store.ts";
import type { WorkQueue } from "./work-queue.ts";
import { enqueue, newWorkQueue, waitingTime } from "./work-queue.ts";

const REQUESTS: Readonly<Record<Request["kind"], true>> = {
  connect: true,
  "get-status": true,
  "put-metadata": true,
  "put-slivers": true,
  "get-confirmation": true,
  "get-metadata": true,
  "get-slivers": true,
  "get-symbols": true,
};

/** All that changes in a storage node. Plain data. */
interface StorageNodeState {
  up: boolean;
  /** Counts restarts: what was under way in an earlier life is over. */
  life: number;
  behaviour: Behaviour;
  /** The fault that set the behaviour, to tell whose bite a lie is. */
  behaviourFault: number;
  slowness: number;
  slownessFault: number;
  readonly registered: Set<BlobNumber>;
  readonly store: SliverStore;
  readonly work: WorkQueue;
}

/**
 * A storage node: keeps the metadata and slivers it is sent, serves them, and confirms what it keeps.
 *
 * Left out: recovery of what it lacks, shard transfer at epoch changes, garbage collection, the
 * pending-upload cache, and long polling for confirmations.
 */
export class StorageNode implements Actor<WalrusMessage, StorageNodeState> {
  readonly name: string;
  readonly index: number;
  state: StorageNodeState;
  readonly #placement: Placement;
  readonly #payload: Payload;
  readonly #parameters: NodeParameters;
  readonly #preloadedBytes: readonly number[];

  constructor(options: {
    /** Position in the placement's list of members. */
    readonly index: number;
    readonly placement: Placement;
    readonly payload: Payload;
    readonly parameters: NodeParameters;
    /** Sizes of the blobs stored before the world begins. */
    readonly preloadedBytes: readonly number[];
    readonly name: string;
  }) {
    this.name = options.name;
    this.index = options.index;
    this.#placement = options.placement;
    this.#payload = options.payload;
    this.#parameters = options.parameters;
    this.#preloadedBytes = options.preloadedBytes;
    this.state = {
      up: true,
      life: 0,
      behaviour: "honest",
      behaviourFault: -1,
      slowness: 1,
      slownessFault: -1,
      registered: new Set(),
      store: newSliverStore(options.preloadedBytes.length),
      work: newWorkQueue(options.parameters.cores),
    };
  }

  /** Sliver pairs of the blob on its disks that it would serve as they are; for the audit alone. */
  honestlyHeld(blob: BlobNumber): number {
    const { behaviour, store } = this.state;
    if (behaviour === "wrong-bytes" || behaviour === "withhold") return 0;
    if (!hasMetadata(store, blob)) return 0;
    const weight = this.#placement.weights(blob)[this.index] as number;
    return weight - absentPairs(store, blob, 0, weight).length;
  }

  receive(message: WalrusMessage, from: ActorId, context: Context<WalrusMessage>): void {
    const state = this.state;
    if (!state.up && message.kind in REQUESTS) return;
    switch (message.kind) {
      case "connect":
        this.#answer(from, { kind: "connected", answer: true, call: message.call }, context);
        break;
      case "get-status":
      case "put-metadata":
      case "put-slivers":
      case "get-confirmation":
      case "get-metadata":
      case "get-slivers":
      case "get-symbols":
        this.#serve(message, from, context);
        break;
      case "work-done":
        if (message.life === state.life) context.send(message.to, message.reply, message.bytes);
        else this.#refuse(message.to, message.reply.call, "reset", context);
        break;
      case "blob-registered":
        state.registered.add(message.blob);
        break;
      case "crash":
        state.up = false;
        state.life++;
        break;
      case "restart":
        state.up = true;
        state.work.coreFreeAt.fill(0);
        break;
      case "lose-disk":
        this.#loseDisk(message.share, context);
        break;
      case "behave":
        state.behaviour = message.behaviour;
        state.behaviourFault = message.fault;
        break;
      case "slow-service":
        state.slowness = message.factor;
        state.slownessFault = message.fault;
        break;
      default:
        break; // Not for a storage node.
    }
  }

  #serve(
    request: Exclude<Request, { kind: "connect" }>,
    from: ActorId,
    context: Context<WalrusMessage>,
  ): void {
    const { responseTime } = this.#parameters;
    switch (request.kind) {
      case "get-status":
        this.#work(from, request.call, 0, responseTime.status, context, () => ({
          kind: "status",
          answer: true,
          call: request.call,
          stored: hasMetadata(this.state.store, request.blob),
        }));
        break;
      case "put-metadata":
        this.#work(from, request.call, 1, responseTime.metadata, context, () =>
          this.#storeMetadata(request.call, request.metadata, context),
        );
        break;
      case "put-slivers":
        this.#work(from, request.call, request.slivers.count, responseTime.store, context, () =>
          this.#storeSlivers(request, context),
        );
        break;
      case "get-confirmation":
        this.#work(from, request.call, 1, responseTime.confirm, context, () =>
          this.#confirm(request.call, request.blob, context),
        );
        break;
      case "get-metadata":
        if (this.#withholds(context)) return;
        this.#work(from, request.call, 1, responseTime.metadata, context, () => {
          const metadata = this.#metadata(request.blob);
          if (metadata === undefined) return refusal(request.call, "not-found");
          const told = this.#lies(context) ? this.#payload.forged(metadata) : metadata;
          return { kind: "metadata", answer: true, call: request.call, metadata: told };
        });
        break;
      case "get-slivers":
        if (this.#withholds(context)) return;
        this.#work(from, request.call, request.count, responseTime.serve, context, () =>
          this.#slivers(request, context),
        );
        break;
      case "get-symbols": {
        if (this.#withholds(context)) return;
        // Each source is a secondary sliver to be expanded, whatever the number of targets.
        const sources = this.#placement.weights(request.blob)[this.index] as number;
        this.#work(from, request.call, sources, responseTime.serve, context, () =>
          this.#symbols(request, context),
        );
        break;
      }
    }
  }

  // What is stored counts from the moment of asking; the answer leaves when the work is done.
  #work(
    to: ActorId,
    call: number,
    tasks: number,
    responseTime: Distribution,
    context: Context<WalrusMessage>,
    answerOf: () => Answer,
  ): void {
    const { work, slowness, life } = this.state;
    if (waitingTime(work, context.now) > this.#parameters.queueLimit) {
      this.#refuse(to, call, "unavailable", context);
      return;
    }
    const random = context.random("service");
    const each = Math.round(sample(this.#parameters.coreTime, random) * slowness);
    const doneAt = tasks === 0 ? context.now : enqueue(work, context.now, tasks, each);
    const delay = doneAt - context.now + Math.round(sample(responseTime, random) * slowness);
    if (slowness !== 1) this.#bite(this.state.slownessFault, context);
    const answer = answerOf();
    const bytes = answerBytes(answer, this.#placement);
    context.wake(delay, { kind: "work-done", to, reply: answer, bytes, life });
  }

  #storeMetadata(call: number, metadata: Metadata, context: Context<WalrusMessage>): Answer {
    const { state } = this;
    if (state.behaviour === "sign-without-storing") {
      this.#bite(state.behaviourFault, context);
      return { kind: "metadata-stored", answer: true, call };
    }
    if (!state.registered.has(metadata.blob)) return refusal(call, "not-registered");
    addMetadata(
      state.store,
      metadata,
      this.#placement.weights(metadata.blob)[this.index] as number,
    );
    return { kind: "metadata-stored", answer: true, call };
  }

  #storeSlivers(
    { call, blob, slivers }: Extract<Request, { kind: "put-slivers" }>,
    context: Context<WalrusMessage>,
  ): Answer {
    const { state } = this;
    if (state.behaviour === "sign-without-storing") {
      this.#bite(state.behaviourFault, context);
      return { kind: "slivers-stored", answer: true, call };
    }
    const stored = addPairs(state.store, blob, slivers.first, slivers.count);
    if (!stored) return refusal(call, "not-found");
    return { kind: "slivers-stored", answer: true, call };
  }

  #confirm(call: number, blob: BlobNumber, context: Context<WalrusMessage>): Answer {
    const { state } = this;
    if (state.behaviour === "sign-without-storing") {
      this.#bite(state.behaviourFault, context);
      return { kind: "confirmed", answer: true, call };
    }
    if (isWhole(state.store, blob)) return { kind: "confirmed", answer: true, call };
    return refusal(call, "not-found");
  }

  #symbols(
    { call, blob, blobBytes, targets }: Extract<Request, { kind: "get-symbols" }>,
    context: Context<WalrusMessage>,
  ): Answer {
    const weight = this.#placement.weights(blob)[this.index] as number;
    if (!hasMetadata(this.state.store, blob)) return refusal(call, "not-found");
    const held = weight - absentPairs(this.state.store, blob, 0, weight).length;
    // Symbols without proofs cannot be told from garbage one by one: a liar's count for nothing.
    const sources = this.#lies(context) ? 0 : held;
    return { kind: "symbols", answer: true, call, sources, targets, blobBytes };
  }

  #slivers(
    { call, blob, first, count }: Extract<Request, { kind: "get-slivers" }>,
    context: Context<WalrusMessage>,
  ): Answer {
    const { state } = this;
    const metadata = this.#metadata(blob);
    if (metadata === undefined) return refusal(call, "not-found");
    const absent = absentPairs(state.store, blob, first, count);
    if (absent.length === count) return refusal(call, "not-found");
    const slice = this.#payload.slice(metadata, this.index, first, count, absent);
    const slivers = this.#lies(context) ? this.#payload.corrupted(slice) : slice;
    return { kind: "slivers", answer: true, call, slivers };
  }

  #metadata(blob: BlobNumber): Metadata | undefined {
    if (blob >= this.state.store.preloaded) return heldMetadata(this.state.store, blob);
    return this.#payload.metadata(blob, this.#preloadedBytes[blob] as number);
  }

  #withholds(context: Context<WalrusMessage>): boolean {
    if (this.state.behaviour !== "withhold") return false;
    this.#bite(this.state.behaviourFault, context);
    return true;
  }

  #lies(context: Context<WalrusMessage>): boolean {
    if (this.state.behaviour !== "wrong-bytes") return false;
    this.#bite(this.state.behaviourFault, context);
    return true;
  }

  #loseDisk(share: number, context: Context<WalrusMessage>): void {
    const shardCount = (this.#placement.members[this.index]?.shards ?? []).length;
    if (share >= 1) {
      wipe(this.state.store);
      return;
    }
    const random = context.random("disk");
    const lost: number[] = [];
    for (let position = 0; position < shardCount; position++) {
      if (random() < share) lost.push(position);
    }
    loseShards(this.state.store, lost, shardCount);
  }

  #refuse(to: ActorId, call: number, why: Refusal, context: Context<WalrusMessage>): void {
    this.#answer(to, refusal(call, why), context);
  }

  #answer(to: ActorId, answer: Answer, context: Context<WalrusMessage>): void {
    context.send(to, answer, answerBytes(answer, this.#placement));
  }

  #bite(fault: number, context: Context<WalrusMessage>): void {
    context.record("fault-bit", { fault, count: 1 });
  }
}

const refusal = (call: number, why: Refusal): Answer => ({
  kind: "refused",
  answer: true,
  call,
  why,
});
