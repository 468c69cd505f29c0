import type { Context } from "../engine/actor.ts";
import type { TimerId } from "../engine/engine.ts";
import { requestBytes } from "./message-bytes.ts";
import type { Answer, CallId, Request, WalrusMessage } from "./messages.ts";
import type { ClientParameters } from "./parameters.ts";
import type { Placement } from "./placement.ts";

/** Why a call came to nothing, once its tries are used up. */
export type CallFailure =
  | "lost"
  | "timed-out"
  | "unavailable"
  | "not-registered"
  | "not-found"
  | "reset";

/** A request to one node that an operation waits for. Plain data. */
export interface Call {
  readonly id: CallId;
  readonly operation: number;
  readonly node: number;
  readonly request: Request;
  readonly retries: number;
  readonly timeout: number;
  /** Between tries; the standard backoff when undefined. */
  readonly pause: number | undefined;
  readonly opening: boolean;
  tries: number;
  /** Round trips still to be made before the connection is open. */
  handshakesLeft: number;
  timer: TimerId;
}

/** Requests under way. Plain data, kept in the client's state. */
export interface CallBook {
  nextCall: CallId;
  readonly calls: Map<CallId, Call>;
}

export const newCallBook = (): CallBook => ({ nextCall: 0, calls: new Map() });

/** A request that knows all but the number it will go by. */
export type RequestDraft = Request extends infer R
  ? R extends Request
    ? Omit<R, "call">
    : never
  : never;

/** Asks nodes on behalf of operations: opens connections, times out, retries with backoff. */
export class Caller {
  readonly #placement: Placement;
  readonly #parameters: ClientParameters;

  constructor(placement: Placement, parameters: ClientParameters) {
    this.#placement = placement;
    this.#parameters = parameters;
  }

  ask(
    book: CallBook,
    context: Context<WalrusMessage>,
    ask: {
      readonly operation: number;
      readonly node: number;
      readonly request: RequestDraft;
      readonly retries: number;
      readonly timeout?: number;
      readonly pause?: number;
      /** Whether this operation has a connection to the node already. */
      readonly connected: boolean;
    },
  ): CallId {
    const id = book.nextCall++;
    const handshakes = ask.connected ? 0 : this.#parameters.handshakeRoundTrips;
    const call: Call = {
      id,
      operation: ask.operation,
      node: ask.node,
      request: { ...ask.request, call: id } as Request,
      retries: ask.retries,
      timeout: ask.timeout ?? this.#parameters.requestTimeout,
      pause: ask.pause,
      opening: handshakes > 0,
      tries: 0,
      handshakesLeft: handshakes,
      timer: -1,
    };
    book.calls.set(id, call);
    this.#try(call, context);
    return id;
  }

  /** Takes the answer to a call; the call when it is settled by it, otherwise undefined. */
  answered(
    book: CallBook,
    answer: Answer,
    context: Context<WalrusMessage>,
  ): { readonly call: Call; readonly failure: CallFailure | undefined } | undefined {
    const call = book.calls.get(answer.call);
    if (call === undefined) return undefined; // Settled or dropped before: the answer is late.
    if (answer.kind === "connected") {
      if (call.handshakesLeft === 0) return undefined;
      call.handshakesLeft--;
      this.#send(call, context);
      return undefined;
    }
    if (answer.kind !== "refused") return this.#settle(book, call, undefined, context);
    if (answer.why === "not-found") return this.#settle(book, call, "not-found", context);
    return this.#failed(book, call, answer.why, context);
  }

  /** Takes the news that a message of the call was lost. */
  lost(book: CallBook, id: CallId, context: Context<WalrusMessage>) {
    const call = book.calls.get(id);
    return call === undefined ? undefined : this.#failed(book, call, "lost", context);
  }

  timedOut(book: CallBook, id: CallId, context: Context<WalrusMessage>) {
    const call = book.calls.get(id);
    if (call === undefined) return undefined;
    call.timer = -1;
    return this.#failed(book, call, "timed-out", context);
  }

  retry(book: CallBook, id: CallId, context: Context<WalrusMessage>): void {
    const call = book.calls.get(id);
    if (call !== undefined) this.#try(call, context);
  }

  /** Forgets a call: whatever comes of it comes too late. */
  drop(book: CallBook, id: CallId, context: Context<WalrusMessage>): void {
    const call = book.calls.get(id);
    if (call === undefined) return;
    if (call.timer !== -1) context.cancel(call.timer);
    book.calls.delete(id);
  }

  #try(call: Call, context: Context<WalrusMessage>): void {
    call.tries++;
    call.timer = context.wake(call.timeout, { kind: "call-timeout", call: call.id });
    this.#send(call, context);
  }

  #send(call: Call, context: Context<WalrusMessage>): void {
    const request: Request =
      call.handshakesLeft > 0 ? { kind: "connect", call: call.id } : call.request;
    const to = this.#placement.members[call.node]?.actor as number;
    context.send(to, request, requestBytes(request, this.#placement));
  }

  #failed(book: CallBook, call: Call, why: CallFailure, context: Context<WalrusMessage>) {
    if (call.tries > call.retries) return this.#settle(book, call, why, context);
    if (call.timer !== -1) context.cancel(call.timer);
    if (call.opening && why === "lost") {
      call.handshakesLeft = this.#parameters.handshakeRoundTrips;
    }
    const delay = call.pause ?? this.#backoff(call.tries, context);
    call.timer = context.wake(delay, { kind: "call-retry", call: call.id });
    return undefined;
  }

  #backoff(tries: number, context: Context<WalrusMessage>): number {
    const { min, max, jitter } = this.#parameters.backoff;
    const luck = context.random("backoff")() * jitter;
    return Math.min(max, min * 2 ** (tries - 1) + Math.round(luck));
  }

  #settle(
    book: CallBook,
    call: Call,
    failure: CallFailure | undefined,
    context: Context<WalrusMessage>,
  ) {
    if (call.timer !== -1) context.cancel(call.timer);
    book.calls.delete(call.id);
    return { call, failure };
  }
}
