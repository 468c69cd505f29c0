import type { ActorId, Context } from "../engine/actor.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import { requestBytes } from "./message-bytes.ts";
import type { WalrusMessage } from "./messages.ts";
import type { ClientParameters } from "./parameters.ts";
import type { Member, Placement } from "./placement.ts";
import type { Answer, CallId, Refusal, Request } from "./requests.ts";

/** Why a call came to nothing, once its tries are used up. */
export type CallFailure = "lost" | "timed-out" | Refusal;

/** A request to one node that an operation waits for. Plain data. */
export interface Call {
  readonly operation: number;
  readonly node: number;
  readonly request: Request;
  readonly policy: CallPolicy;
  tries: number;
  /** Round trips still to be made before the connection is open. */
  handshakesLeft: number;
  /** When the running try has failed; 0 between tries. */
  deadline: SimTime;
}

/** How long a call tries. */
export interface CallPolicy {
  /** Tries after the first. */
  readonly retries: number;
  /** Of each try. */
  readonly timeout: Duration;
  /** Between tries; the standard backoff when undefined. */
  readonly pause?: Duration;
}

/** Requests under way. Plain data, kept in the client's state. */
export interface CallBook {
  nextCall: CallId;
  readonly calls: Map<CallId, Call>;
  /** When something last came through the connection to each node. */
  readonly heardAt: Float64Array;
  /**
   * Running tries in order of their deadlines, from `first` on: most are of one length, so each new
   * one goes to the end, and one reminder serves all. Settled ones stay until they are first.
   */
  readonly deadlines: { readonly calls: CallId[]; readonly times: SimTime[]; first: number };
  /** Whether the reminder is set. */
  watching: boolean;
}

export const newCallBook = (nodeCount: number): CallBook => ({
  nextCall: 0,
  calls: new Map(),
  heardAt: new Float64Array(nodeCount).fill(Number.NEGATIVE_INFINITY),
  deadlines: { calls: [], times: [], first: 0 },
  watching: false,
});

/** What has become of a call. */
export interface SettledCall {
  readonly call: Call;
  readonly failure: CallFailure | undefined;
}

/** Asks nodes on behalf of operations: opens connections, times out, retries with backoff. */
export class Caller {
  readonly #placement: Placement;
  readonly #parameters: ClientParameters;

  constructor(placement: Placement, parameters: ClientParameters) {
    this.#placement = placement;
    this.#parameters = parameters;
  }

  /** Sends a request that goes by a new number of the book, `request.call`. */
  ask(
    book: CallBook,
    context: Context<WalrusMessage>,
    operation: number,
    node: number,
    request: Request,
    policy: CallPolicy,
  ): void {
    const { connectionIdle, handshakeRoundTrips } = this.#parameters;
    const idle = context.now - (book.heardAt[node] as number);
    const call: Call = {
      operation,
      node,
      request,
      policy,
      tries: 0,
      handshakesLeft: idle > connectionIdle ? handshakeRoundTrips : 0,
      deadline: 0,
    };
    book.calls.set(request.call, call);
    this.#try(book, call, context);
  }

  /** Takes the answer to a call; the call when it is settled by it, otherwise undefined. */
  answered(
    book: CallBook,
    answer: Answer,
    context: Context<WalrusMessage>,
  ): SettledCall | undefined {
    const call = book.calls.get(answer.call);
    if (call === undefined) return undefined; // Settled or dropped before: the answer is late.
    book.heardAt[call.node] = context.now;
    if (answer.kind === "connected") {
      if (call.handshakesLeft === 0) return undefined;
      call.handshakesLeft--;
      this.#send(call, context);
      return undefined;
    }
    if (answer.kind !== "refused") return this.#settle(book, call, undefined);
    const { why } = answer;
    if (why === "not-found" || why === "invalid") return this.#settle(book, call, why);
    return this.#failed(book, call, why, context);
  }

  /** Waits no more for those of these calls that are not settled: their streams are reset, and whatever comes of them comes too late. */
  drop(book: CallBook, ids: Iterable<CallId>, context: Context<WalrusMessage>): void {
    for (const id of ids) {
      const call = book.calls.get(id);
      if (call === undefined) continue;
      book.calls.delete(id);
      this.#reset(call, context);
    }
  }

  /** Takes the news that a message of the call was lost. */
  lost(book: CallBook, id: CallId, context: Context<WalrusMessage>): SettledCall | undefined {
    const call = book.calls.get(id);
    if (call === undefined || call.deadline === 0) return undefined; // Of a try that has failed before.
    book.heardAt[call.node] = Number.NEGATIVE_INFINITY;
    return this.#failed(book, call, "lost", context);
  }

  /** Takes the reminder of deadlines: the calls that have failed for good by now. */
  timedOut(book: CallBook, context: Context<WalrusMessage>): SettledCall[] {
    book.watching = false;
    const settled: SettledCall[] = [];
    const { calls, times } = book.deadlines;
    for (;;) {
      this.#skipSettled(book);
      const { first } = book.deadlines;
      if (first === calls.length || (times[first] as number) > context.now) break;
      const call = book.calls.get(calls[first] as number) as Call;
      this.#reset(call, context);
      const failed = this.#failed(book, call, "timed-out", context);
      if (failed !== undefined) settled.push(failed);
    }
    this.#watch(book, context);
    return settled;
  }

  retry(book: CallBook, id: CallId, context: Context<WalrusMessage>): void {
    const call = book.calls.get(id);
    if (call !== undefined) this.#try(book, call, context);
  }

  #try(book: CallBook, call: Call, context: Context<WalrusMessage>): void {
    call.tries++;
    call.deadline = context.now + call.policy.timeout;
    this.#addDeadline(book, call);
    this.#watch(book, context);
    this.#send(call, context);
  }

  #send(call: Call, context: Context<WalrusMessage>): void {
    const request: Request =
      call.handshakesLeft > 0 ? { kind: "connect", call: call.request.call } : call.request;
    context.send(this.#actorOf(call), request, requestBytes(request, this.#placement));
  }

  #reset(call: Call, context: Context<WalrusMessage>): void {
    if (call.deadline !== 0) context.abandon(this.#actorOf(call), call.request.call);
  }

  #actorOf({ node }: Call): ActorId {
    return (this.#placement.members[node] as Member).actor;
  }

  #failed(book: CallBook, call: Call, why: CallFailure, context: Context<WalrusMessage>) {
    call.deadline = 0;
    if (call.tries > call.policy.retries) return this.#settle(book, call, why);
    if (why === "lost") call.handshakesLeft = this.#parameters.handshakeRoundTrips;
    const delay = call.policy.pause ?? this.#backoff(call.tries, context);
    context.wake(delay, { kind: "call-retry", call: call.request.call });
    return undefined;
  }

  #backoff(tries: number, context: Context<WalrusMessage>): Duration {
    const { min, max, jitter } = this.#parameters.backoff;
    const luck = context.random("backoff")() * jitter;
    return Math.min(max, min * 2 ** (tries - 1) + Math.round(luck));
  }

  #settle(book: CallBook, call: Call, failure: CallFailure | undefined): SettledCall {
    book.calls.delete(call.request.call);
    return { call, failure };
  }

  #addDeadline({ deadlines: { calls, times, first } }: CallBook, call: Call): void {
    let place = calls.length;
    while (place > first && (times[place - 1] as number) > call.deadline) place--;
    if (place === calls.length) {
      calls.push(call.request.call);
      times.push(call.deadline);
    } else {
      calls.splice(place, 0, call.request.call);
      times.splice(place, 0, call.deadline);
    }
  }

  #watch(book: CallBook, context: Context<WalrusMessage>): void {
    if (book.watching) return;
    this.#skipSettled(book);
    const { times, first } = book.deadlines;
    if (first === times.length) return;
    book.watching = true;
    context.wake((times[first] as number) - context.now, { kind: "deadline" });
  }

  #skipSettled({ calls: known, deadlines }: CallBook): void {
    const { calls, times } = deadlines;
    while (deadlines.first < calls.length) {
      const { first } = deadlines;
      if (known.get(calls[first] as number)?.deadline === times[first]) break;
      deadlines.first++;
    }
    if (deadlines.first > 1024 && deadlines.first * 2 > calls.length) {
      calls.splice(0, deadlines.first);
      times.splice(0, deadlines.first);
      deadlines.first = 0;
    }
  }
}
