import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { Duration } from "../engine/sim-time.ts";
import type { CallBook, SettledCall } from "./calls.ts";
import { Caller, newCallBook } from "./calls.ts";
import type { BlobNumber } from "./content.ts";
import { type CommitteeWatch, knownView, lookAgain } from "./epochs/committee-watch.ts";
import type { Order, WalrusMessage } from "./messages.ts";
import type { Desk, OperationState } from "./operation.ts";
import type { ClientParameters } from "./parameters.ts";
import type { Payload } from "./payload.ts";
import type { CommitteeView, Placement } from "./placement.ts";
import {
  finishRead,
  pauseRead,
  readPhaseOver,
  restartRead,
  settleRead,
  startRead,
} from "./read.ts";
import type { ReadState } from "./read-state.ts";
import type { Answer, CallId } from "./requests.ts";
import {
  finishWrite,
  pauseWrite,
  restartWrite,
  settleWrite,
  startWrite,
  transactionDone,
  writePhaseOver,
} from "./write.ts";
import type { WriteState } from "./write-state.ts";

/** All that changes in a client. Plain data. */
interface ClientState {
  readonly book: CallBook;
  readonly operations: Map<number, ReadState | WriteState>;
  nextOperation: number;
  /** Only where epochs end. */
  readonly watch: CommitteeWatch | undefined;
}

const FIRST: CommitteeView = Object.freeze({ epoch: 1, isSyncing: false });

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
  readonly #first: Placement;
  readonly #epochLength: Duration | undefined;
  #context: Context<WalrusMessage> | undefined;
  /** That of the operation whose turn it is. */
  #epoch = 1;

  constructor(options: {
    readonly name: string;
    /** Where the metrics say it is. */
    readonly place: string;
    readonly placement: Placement;
    readonly payload: Payload;
    readonly parameters: ClientParameters;
    readonly pairsPerMessageMax: number;
    readonly ledger: ActorId;
    /** Whether a blob has expired or was deleted; without it none ever is. */
    readonly isOver?: ((blob: BlobNumber) => boolean) | undefined;
    /** How long epochs are, and when it asks for the committee; without it the first one stays. */
    readonly epochs?: { readonly length: Duration; readonly offset: Duration } | undefined;
  }) {
    this.name = options.name;
    const nodeCount = options.placement.members.length;
    const { epochs } = options;
    this.#first = options.placement;
    this.#epochLength = epochs?.length;
    const watch = epochs && { offset: epochs.offset, forcedAt: Number.NEGATIVE_INFINITY };
    this.state = { book: newCallBook(nodeCount), operations: new Map(), nextOperation: 0, watch };
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
      case "metadata-status":
      case "metadata-stored":
      case "sliver-status":
      case "slivers-stored":
      case "confirmed":
      case "metadata":
      case "slivers":
      case "symbols":
      case "refused": {
        if (message.kind === "refused" && message.why === "other-epoch") {
          if (this.#restartBehind(message.call, desk)) break;
        }
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
        if (operation?.phase !== message.phase || operation.restarts !== message.restarts) break;
        this.#epoch = operation.epoch;
        if (operation.kind === "read") readPhaseOver(operation, desk);
        else writePhaseOver(operation, desk);
        break;
      }
      case "transaction-done": {
        const operation = operations.get(message.call);
        if (operation?.kind !== "write") break;
        this.#epoch = operation.epoch;
        transactionDone(operation, message.accepted, desk);
        break;
      }
      case "restart-operation": {
        const operation = operations.get(message.operation);
        if (operation?.restarts === message.restarts) this.#restart(operation, desk);
        break;
      }
      case "run-over":
        for (const operation of [...operations.values()]) {
          this.#epoch = operation.epoch;
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
    this.#epoch = desk.view().epoch;
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
    this.#epoch = operation.epoch;
    operation.openCalls--;
    if (failure !== undefined) operation.failedRequests++;
    const outcome = { call, failure, answer: failure === undefined ? answer : undefined };
    if (operation.kind === "read") settleRead(operation, outcome, desk);
    else settleWrite(operation, outcome, desk);
  }

  // A node of another epoch may lag, or the client does: if it finds that it did, its operation begins anew.
  #restartBehind(call: CallId, desk: Desk): boolean {
    const asked = this.state.book.calls.get(call);
    const operation = asked && this.state.operations.get(asked.operation);
    return operation !== undefined && desk.restartIfMoved(operation);
  }

  #restart(operation: ReadState | WriteState, desk: Desk): void {
    operation.known = this.#view(true, desk.parameters);
    operation.isBehind = false;
    desk.enterEpoch(operation, operation.known.epoch);
    if (operation.kind === "read") restartRead(operation, desk);
    else restartWrite(operation, desk);
  }

  // The committee's changing is known to a client some time after it; without epochs it never changes.
  #view(isOutOfTurn: boolean, parameters: ClientParameters): CommitteeView {
    const { watch } = this.state;
    if (watch === undefined || this.#epochLength === undefined) return FIRST;
    const { now } = this.#context as Context<WalrusMessage>;
    const options = { refresh: parameters.committeeRefresh, length: this.#epochLength };
    const { committees } = this.#first;
    return isOutOfTurn
      ? lookAgain(watch, now, committees, options)
      : knownView(watch, now, committees, options);
  }

  #restartIfMoved(operation: ReadState | WriteState, parameters: ClientParameters): boolean {
    const { min, max, retries } = parameters.committeeChangeBackoff;
    if (this.state.watch === undefined || operation.restarts >= retries) return false;
    const view = this.#view(true, parameters);
    const { known, isBehind } = operation;
    const hasMoved = view.epoch !== known.epoch || view.isSyncing !== known.isSyncing;
    if (!hasMoved && !isBehind) return false;
    const context = this.#context as Context<WalrusMessage>;
    // Nothing that comes meanwhile has it go on where it was.
    if (operation.kind === "read") pauseRead(operation, this.#desk);
    else pauseWrite(operation, this.#desk);
    const wait = Math.min(max, min * 2 ** operation.restarts++);
    const { id, blob, restarts } = operation;
    context.record("operation-restarted", { operation: id, blob });
    context.wake(wait, { kind: "restart-operation", operation: id, restarts });
    return true;
  }

  #lend(context: Context<WalrusMessage>): Desk {
    this.#context = context;
    return this.#desk;
  }

  #newDesk(
    client: string,
    place: string,
    means: Pick<Desk, "placement" | "payload" | "parameters" | "pairsPerMessageMax"> & {
      readonly isOver?: Desk["isOver"] | undefined;
    },
  ): Desk {
    const here = (): Context<WalrusMessage> => this.#context as Context<WalrusMessage>;
    const placementNow = () => this.#first.at(this.#epoch);
    const { payload, parameters, pairsPerMessageMax } = means;
    return {
      client,
      place,
      get placement() {
        return placementNow();
      },
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
        operation.openCalls++;
        operation.calls.push(request.call);
        this.#caller.ask(this.state.book, here(), operation.id, node, request, policy);
      },
      dropCalls: (operation) => {
        this.#caller.drop(this.state.book, operation.calls, here());
        operation.calls.length = 0;
        operation.openCalls = 0;
      },
      enterPhase: (operation, phase) => {
        operation.phase = phase;
        operation.phaseAt[phase] = here().now;
      },
      remind: (operation, delay) => {
        const { id, phase, restarts } = operation;
        here().wake(delay, { kind: "phase-over", operation: id, phase, restarts });
      },
      toLedger: (operation, transaction) => {
        const { id: call, blob, epoch } = operation;
        const bytes = (operation as WriteState).bytes;
        const message: WalrusMessage =
          transaction.kind === "register"
            ? { kind: "register", call, blob, lifetime: (operation as WriteState).lifetime }
            : { kind: "certify", call, blob, bytes, weight: transaction.weight, epoch };
        here().send(this.#ledger, message, 0);
      },
      isOver: means.isOver ?? (() => false),
      view: () => this.#view(false, parameters),
      enterEpoch: (operation, epoch) => {
        operation.epoch = epoch;
        this.#epoch = epoch;
      },
      restartIfMoved: (operation) =>
        this.#restartIfMoved(operation as ReadState | WriteState, parameters),
      close: (operation: OperationState) => {
        this.#caller.drop(this.state.book, operation.calls, here());
        this.state.operations.delete(operation.id);
      },
    };
  }
}
