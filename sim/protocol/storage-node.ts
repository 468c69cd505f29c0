import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { Distribution } from "../engine/distribution.ts";
import { sample } from "../engine/distribution.ts";
import type { Duration } from "../engine/sim-time.ts";
import type { BlobNumber } from "./content.ts";
import { answerBytes, requestBytes } from "./message-bytes.ts";
import type { Answer, Behaviour, WalrusMessage } from "./messages.ts";
import type { Shelf, WorkRequest } from "./node-answers.ts";
import { answerTo, corrupted, pretended, refusal, weightOf } from "./node-answers.ts";
import type { NodeParameters } from "./parameters.ts";
import type { Payload } from "./payload.ts";
import type { Placement } from "./placement.ts";
import type { SliverStore } from "./sliver-store.ts";
import { absentPairs, hasMetadata, loseShards, newSliverStore, wipe } from "./sliver-store.ts";
import type { WorkQueue } from "./work-queue.ts";
import { enqueue, newWorkQueue, waitingTime } from "./work-queue.ts";

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
  state: StorageNodeState;
  readonly #index: number;
  readonly #placement: Placement;
  readonly #payload: Payload;
  readonly #parameters: NodeParameters;
  readonly #preloadedBytes: readonly number[];

  constructor(options: {
    /** Position in the placement's list of members. */
    readonly index: number;
    readonly name: string;
    readonly placement: Placement;
    readonly payload: Payload;
    readonly parameters: NodeParameters;
    /** Sizes of the blobs stored before the world begins. */
    readonly preloadedBytes: readonly number[];
  }) {
    this.name = options.name;
    this.#index = options.index;
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
    const weight = weightOf(blob, this.#shelf());
    return weight - absentPairs(store, blob, 0, weight).length;
  }

  receive(message: WalrusMessage, from: ActorId, context: Context<WalrusMessage>): void {
    const { state } = this;
    switch (message.kind) {
      case "connect":
        if (!state.up) break;
        this.#send(from, { kind: "connected", answer: true, call: message.call }, context);
        break;
      case "get-status":
      case "put-metadata":
      case "put-slivers":
      case "get-confirmation":
      case "get-metadata":
      case "get-slivers":
      case "get-symbols":
        if (state.up) this.#serve(message, from, context);
        break;
      case "work-done":
        if (message.life === state.life) context.send(message.to, message.reply, message.bytes);
        else this.#send(message.to, refusal(message.reply.call, "reset"), context);
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

  // What is stored counts from the moment of asking; the answer leaves when the work is done.
  #serve(request: WorkRequest, from: ActorId, context: Context<WalrusMessage>): void {
    const { behaviour, work } = this.state;
    if (behaviour === "withhold" && isForReaders(request)) {
      this.#bite(this.state.behaviourFault, context);
      return;
    }
    if (waitingTime(work, context.now) > this.#parameters.queueLimit) {
      this.#send(from, refusal(request.call, "unavailable"), context);
      return;
    }
    const answer = this.#answer(request, context);
    const bytes = answerBytes(answer, this.#placement);
    const delay = this.#workTime(request, bytes, context);
    context.wake(delay, {
      kind: "work-done",
      to: from,
      reply: answer,
      bytes,
      life: this.state.life,
    });
  }

  #answer(request: WorkRequest, context: Context<WalrusMessage>): Answer {
    const { behaviour, behaviourFault } = this.state;
    if (behaviour === "sign-without-storing") {
      const claim = pretended(request);
      if (claim !== undefined) {
        this.#bite(behaviourFault, context);
        return claim;
      }
    }
    const answer = answerTo(request, this.#shelf());
    if (behaviour !== "wrong-bytes") return answer;
    const lie = corrupted(answer, this.#payload);
    if (lie !== answer) this.#bite(behaviourFault, context);
    return lie;
  }

  #workTime(request: WorkRequest, answerBytes: number, context: Context<WalrusMessage>): Duration {
    const { now } = context;
    const { slowness, work } = this.state;
    const { coreTime, responseTime } = this.#parameters;
    if (slowness !== 1) this.#bite(this.state.slownessFault, context);
    const random = context.random("service");
    const time = (distribution: Distribution) =>
      Math.round(sample(distribution, random) * slowness);
    const each = time(coreTime);
    const forBytes = (bytes: number) =>
      Math.round((responseTime.perMiB * slowness * bytes) / 1_048_576);
    const inCores = (tasks: number) => enqueue(work, now, tasks, each) - now;
    switch (request.kind) {
      case "get-status":
        return time(responseTime.status);
      case "put-metadata":
      case "get-metadata":
        return inCores(1) + time(responseTime.metadata);
      case "get-confirmation":
        return inCores(1) + time(responseTime.confirm);
      case "put-slivers": {
        const bytes = requestBytes(request, this.#placement);
        return inCores(request.slivers.count) + time(responseTime.store) + forBytes(bytes);
      }
      case "get-slivers":
        return inCores(request.count) + time(responseTime.serve) + forBytes(answerBytes);
      case "get-symbols":
        // Each source is a secondary sliver to be expanded, whatever the number of targets.
        return inCores(weightOf(request.blob, this.#shelf())) + time(responseTime.serve);
    }
  }

  #loseDisk(share: number, context: Context<WalrusMessage>): void {
    const { store } = this.state;
    if (share >= 1) {
      wipe(store);
      return;
    }
    const shardCount = (this.#placement.members[this.#index]?.shards ?? []).length;
    const random = context.random("disk");
    const lost: number[] = [];
    for (let position = 0; position < shardCount; position++) {
      if (random() < share) lost.push(position);
    }
    loseShards(store, lost, shardCount);
  }

  #shelf(): Shelf {
    return {
      index: this.#index,
      store: this.state.store,
      registered: this.state.registered,
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

const isForReaders = ({ kind }: WorkRequest): boolean =>
  kind === "get-metadata" || kind === "get-slivers" || kind === "get-symbols";
