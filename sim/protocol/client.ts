import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { CallBook, SettledCall } from "./calls.ts";
import { Caller, newCallBook } from "./calls.ts";
import type { Answer, Order, WalrusMessage } from "./messages.ts";
import type { Desk, OperationState } from "./operation.ts";
import type { ClientParameters } from "./parameters.ts";
import type { Payload } from "./payload.ts";
import type { Placement } from "./placement.ts";
import { finishRead, readPhaseOver, settleRead, startRead } from "./read.ts";
import type { ReadState } from "./read-state.ts";
import { finishWrite, settleWrite, startWrite, transactionDone, writePhaseOver } from "./write.ts";
import type { WriteState } from "./write-state.ts";

/** All that changes in a client. Plain data. */
interface ClientState {
  readonly book: CallBook;
  readonly operations: Map<number, ReadState | WriteState>;
  nextOperation: number;
}

/**
 * A client of the network (publisher, aggregator, light client): carries out the reads and writes it
 * is ordered, any number at once, over one access link.
 */
export class Client implements Actor<WalrusMessage, ClientState> {
  readonly name: string;
  state: ClientState;
  readonly #caller: Caller;
  readonly #ledger: ActorId;
  readonly #desk: Desk;
  #context: Context<WalrusMessage> | undefined;

  constructor(options: {
    readonly name: string;
    /** Where the metrics say it is. */
    readonly place: string;
    readonly placement: Placement;
    readonly payload: Payload;
    readonly parameters: ClientParameters;
    readonly pairsPerMessageMax: number;
    readonly ledger: ActorId;
  }) {
    this.name = options.name;
    const nodeCount = options.placement.members.length;
    this.state = { book: newCallBook(nodeCount), operations: new Map(), nextOperation: 0 };
    this.#caller = new Caller(options.placement, options.parameters);
    this.#ledger = options.ledger;
    this.#desk = this.#newDesk(options.name, options.place, options);
  }

  receive(message: WalrusMessage, _from: ActorId, context: Context<WalrusMessage>): void {
    const desk = this.#lend(context);
    const { book, operations } = this.state;
    switch (message.kind) {
      case "start-read":
      case "start-write":
        this.#start(message, desk);
        break;
      case "connected":
      case "status":
      case "metadata-stored":
      case "sliver-status":
      case "slivers-stored":
      case "confirmed":
      case "metadata":
      case "slivers":
      case "symbols":
      case "refused": {
        const settled = this.#caller.answered(book, message, context);
        if (settled !== undefined) this.#settle(settled, message, desk);
        break;
      }
      case "deadline":
        for (const settled of this.#caller.timedOut(book, context)) {
          this.#settle(settled, undefined, desk);
        }
        break;
      case "call-retry":
        this.#caller.retry(book, message.call, context);
        break;
      case "phase-over": {
        const operation = operations.get(message.operation);
        if (operation === undefined || operation.phase !== message.phase) break;
        if (operation.kind === "read") readPhaseOver(operation, desk);
        else writePhaseOver(operation, desk);
        break;
      }
      case "transaction-done": {
        const operation = operations.get(message.call);
        if (operation?.kind === "write") transactionDone(operation, message.accepted, desk);
        break;
      }
      case "run-over":
        for (const operation of [...operations.values()]) {
          if (operation.kind === "read") finishRead(operation, "timeout", "the run is over", desk);
          else finishWrite(operation, "timeout", desk);
        }
        break;
      default:
        break; // Not for a client.
    }
  }

  lost(message: WalrusMessage, _peer: ActorId, context: Context<WalrusMessage>): void {
    if (!("call" in message)) return;
    const settled = this.#caller.lost(this.state.book, message.call, context);
    this.#settle(settled, undefined, this.#lend(context));
  }

  #start(order: Order, desk: Desk): void {
    const id = this.state.nextOperation++;
    // Set once it is whole: starting asks nodes, and their answers take time.
    const operation =
      order.kind === "start-read" ? startRead(order, id, desk) : startWrite(order, id, desk);
    this.state.operations.set(id, operation);
  }

  #settle(settled: SettledCall | undefined, answer: Answer | undefined, desk: Desk): void {
    if (settled === undefined) return;
    const { call, failure } = settled;
    const operation = this.state.operations.get(call.operation);
    if (operation === undefined) return;
    operation.open.delete(call.request.call);
    if (failure !== undefined) operation.failedRequests++;
    const outcome = { call, failure, answer: failure === undefined ? answer : undefined };
    if (operation.kind === "read") settleRead(operation, outcome, desk);
    else settleWrite(operation, outcome, desk);
  }

  #lend(context: Context<WalrusMessage>): Desk {
    this.#context = context;
    return this.#desk;
  }

  #newDesk(
    client: string,
    place: string,
    means: Pick<Desk, "placement" | "payload" | "parameters" | "pairsPerMessageMax">,
  ): Desk {
    const here = (): Context<WalrusMessage> => this.#context as Context<WalrusMessage>;
    const { placement, payload, parameters, pairsPerMessageMax } = means;
    return {
      client,
      place,
      placement,
      payload,
      parameters,
      pairsPerMessageMax,
      get context() {
        return here();
      },
      once: { retries: 0, timeout: parameters.requestTimeout },
      persistently: { retries: parameters.backoff.retries, timeout: parameters.requestTimeout },
      newCall: () => this.state.book.nextCall++,
      ask: (operation, node, request, policy) => {
        operation.requests++;
        operation.open.add(request.call);
        this.#caller.ask(this.state.book, here(), operation.id, node, request, policy);
      },
      dropCalls: (operation) => {
        this.#caller.drop(this.state.book, operation.open, here());
        operation.open.clear();
      },
      enterPhase: (operation, phase) => {
        operation.phase = phase;
        operation.phaseAt[phase] = here().now;
      },
      remind: (operation, delay) => {
        const { id, phase } = operation;
        here().wake(delay, { kind: "phase-over", operation: id, phase });
      },
      toLedger: (operation, transaction) => {
        const { id: call, blob } = operation;
        const bytes = (operation as WriteState).bytes;
        const message: WalrusMessage =
          transaction.kind === "register"
            ? { kind: "register", call, blob }
            : { kind: "certify", call, blob, bytes, weight: transaction.weight };
        here().send(this.#ledger, message, 0);
      },
      close: (operation: OperationState) => {
        this.#caller.drop(this.state.book, operation.open, here());
        this.state.operations.delete(operation.id);
      },
    };
  }
}
