import type { ActorId, Context } from "../engine/actor.ts";
import type { Duration } from "../engine/sim-time.ts";
import { isRefused as isRefusedForChallenge } from "./challenges/node-challenges.ts";
import { handOver } from "./epochs/serve-shard.ts";
import { answerBytes } from "./message-bytes.ts";
import type { WalrusMessage } from "./messages.ts";
import { refusal, type WorkRequest } from "./node-answers.ts";
import { answerOf, heldBackBy, silencedBy } from "./node-behaviour.ts";
import type { NodeDesks } from "./node-desks.ts";
import type { StorageNodeState } from "./node-state.ts";
import type { Reminder } from "./reminders.ts";
import type { Answer } from "./requests.ts";
import { waitingTime } from "./work-queue.ts";
import { timeToAnswer, timeToHandOver } from "./work-time.ts";

type SyncRequest = Extract<WalrusMessage, { kind: "sync-shard" }>;
type Work = Extract<Reminder, { kind: "work-done" }>;

/** What a node does for those who ask it: in time, unless it is overloaded, slow or a liar. */
export class NodeService {
  readonly #node: { readonly state: StorageNodeState };
  readonly #desks: NodeDesks;

  constructor(node: { readonly state: StorageNodeState }, desks: NodeDesks) {
    this.#node = node;
    this.#desks = desks;
  }

  connect(call: number, from: ActorId, context: Context<WalrusMessage>): void {
    this.#send(from, { kind: "connected", answer: true, call }, context);
  }

  /** What is stored counts from the moment of asking; the answer leaves when the work is done. */
  serve(request: WorkRequest, from: ActorId, context: Context<WalrusMessage>): void {
    const { state } = this.#node;
    const { lies } = state;
    const { shelf } = this.#desks;
    const silencer = silencedBy(lies, request, from);
    if (silencer !== undefined) {
      bite(silencer, context);
      return;
    }
    if (this.#isRefused(request, context)) {
      this.#send(from, refusal(request.call, "unavailable"), context);
      return;
    }
    const { answer, bites } = answerOf(lies, request, shelf);
    for (const fault of bites) bite(fault, context);
    if (answer.kind === "recovery-symbols") state.symbolRequests++;
    const work = timeToAnswer(request, answer, shelf, this.#desks.workshop(context));
    this.#answerAfter(work, request, answer, from, context);
  }

  /** The previous owner of a shard has given enough when the next one has asked for all of it. */
  handOver(
    request: SyncRequest,
    from: ActorId,
    isRefusing: boolean,
    context: Context<WalrusMessage>,
  ): void {
    const { shelf, disks } = this.#desks;
    const { lies } = this.#node.state;
    const means = { ...disks, payload: shelf.payload, lies, isRefusing, asker: from };
    const { answer, bites } = handOver(request, means);
    for (const fault of bites) bite(fault, context);
    if (answer === undefined) return;
    const work = timeToHandOver(answer, shelf, this.#desks.workshop(context));
    this.#answerAfter(work, request, answer, from, context);
  }

  /** An answer is ready; one of an earlier life never leaves, and its connection has been reset. */
  workDone({ to, reply, bytes, life }: Work, context: Context<WalrusMessage>): void {
    const { state } = this.#node;
    if (life !== state.life) {
      this.#send(to, refusal(reply.call, "reset"), context);
      return;
    }
    if (reply.kind === "recovery-symbols") state.symbolRequests--;
    context.send(to, reply, bytes);
  }

  #isRefused(request: WorkRequest, context: Context<WalrusMessage>): boolean {
    const { challenges, symbolRequests, work } = this.#node.state;
    const { parameters } = this.#desks.workshop(context);
    const symbolRequestsMax = parameters.recovery?.symbolRequests ?? 0;
    return (
      isRefusedForChallenge(challenges, request) ||
      (request.kind === "get-recovery-symbols" && symbolRequests >= symbolRequestsMax) ||
      waitingTime(work, context.now) > parameters.queueLimit
    );
  }

  #answerAfter(
    work: Duration,
    request: WorkRequest | SyncRequest,
    answer: Answer,
    to: ActorId,
    context: Context<WalrusMessage>,
  ): void {
    const { slowness, slownessFault, life } = this.#node.state;
    if (slowness !== 1) bite(slownessFault, context);
    const bytes = answerBytes(answer, this.#desks.placement);
    const delay = this.#heldBack(request, to, work, context);
    context.wake(delay, { kind: "work-done", to, reply: answer, bytes, life });
  }

  #heldBack(
    request: WorkRequest | SyncRequest,
    from: ActorId,
    work: Duration,
    context: Context<WalrusMessage>,
  ): Duration {
    const { lies } = this.#node.state;
    if (lies.length === 0) return work;
    const isOfClient = () => this.#desks.placement.members.every(({ actor }) => actor !== from);
    const held = heldBackBy(lies, request, isOfClient);
    if (held === undefined || held.delay <= work) return work;
    bite(held.fault, context);
    return held.delay;
  }

  #send(to: ActorId, answer: Answer, context: Context<WalrusMessage>): void {
    context.send(to, answer, answerBytes(answer, this.#desks.placement));
  }
}

function bite(fault: number, context: Context<WalrusMessage>): void {
  context.record("fault-bit", { fault, count: 1 });
}
