import type { ActorId, Context } from "../engine/actor.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import type { Call, CallFailure, CallPolicy } from "./calls.ts";
import type { BlobNumber } from "./content.ts";
import type { WalrusMessage } from "./messages.ts";
import type { ClientParameters } from "./parameters.ts";
import type { Payload } from "./payload.ts";
import type { CommitteeView, Placement } from "./placement.ts";
import type { Answer, CallId, Request } from "./requests.ts";

/** What every read and write keeps of itself. Plain data. */
export interface OperationState {
  readonly id: number;
  readonly blob: BlobNumber;
  readonly replyTo: ActorId;
  readonly startedAt: SimTime;
  /** What its client knew of committees when it began, or began anew. */
  known: CommitteeView;
  /** Whose committee it deals with. */
  epoch: number;
  /** Whether the chain has said that the committee is another. */
  isBehind: boolean;
  /** Times it began anew because the committee had changed. */
  restarts: number;
  /** Its calls since it last dropped all, settled ones among them. */
  readonly calls: CallId[];
  /** How many of them are not settled. */
  openCalls: number;
  /** Moments of the phases so far, by the number of the phase. */
  readonly phaseAt: SimTime[];
  phase: number;
  requests: number;
  failedRequests: number;
}

export function newOperation(
  id: number,
  blob: BlobNumber,
  replyTo: ActorId,
  desk: Pick<Desk, "context" | "view">,
): OperationState {
  const { now } = desk.context;
  const known = desk.view();
  return {
    id,
    blob,
    replyTo,
    startedAt: now,
    known,
    epoch: known.epoch,
    isBehind: false,
    restarts: 0,
    calls: [],
    openCalls: 0,
    phaseAt: [now],
    phase: 0,
    requests: 0,
    failedRequests: 0,
  };
}

/** What an operation can do, lent by the client for one step. */
export interface Desk {
  /** Name and place of the client. */
  readonly client: string;
  readonly place: string;
  readonly context: Context<WalrusMessage>;
  /** Of the epoch that the operation deals with. */
  readonly placement: Placement;
  readonly payload: Payload;
  readonly parameters: ClientParameters;
  /** Most sliver pairs a message carries: 1 in the fine grain. */
  readonly pairsPerMessageMax: number;
  /** One try, and several with backoff. */
  readonly once: CallPolicy;
  readonly persistently: CallPolicy;
  /** The number that the next request must bear. */
  newCall(): CallId;
  ask(operation: OperationState, node: number, request: Request, policy: CallPolicy): void;
  /** Forgets all calls of the operation that are still open. */
  dropCalls(operation: OperationState): void;
  /** Ends the running phase: what is reminded of it later is stale. */
  enterPhase(operation: OperationState, phase: number): void;
  /** Reminds of the running phase after a while. */
  remind(operation: OperationState, delay: Duration): void;
  toLedger(
    operation: OperationState,
    transaction:
      | { readonly kind: "register" }
      | { readonly kind: "certify"; readonly weight: number },
  ): void;
  /** Whether a blob has expired or was deleted, as the chain tells whoever looks. */
  isOver(blob: BlobNumber): boolean;
  /** What the client knows of committees. */
  view(): CommitteeView;
  /** The operation deals with another committee from now on. */
  enterEpoch(operation: OperationState, epoch: number): void;
  /**
   * An operation has failed: if the committee has changed since it began, as far as its client knows or somebody has
   * told it, it begins anew after a while, up to so many times. True if it does.
   */
  restartIfMoved(operation: OperationState): boolean;
  /** The operation is over and forgotten. */
  close(operation: OperationState): void;
}

/** A settled call, as the operation that made it is told. */
export interface Settled {
  readonly call: Call;
  readonly answer: Answer | undefined;
  readonly failure: CallFailure | undefined;
}

/** All members in an order drawn anew. */
export function shuffledMembers(desk: Desk, weights: readonly number[]): number[] {
  const order: number[] = [];
  for (let member = 0; member < weights.length; member++) {
    if ((weights[member] as number) > 0) order.push(member);
  }
  const random = desk.context.random("order");
  for (let left = order.length - 1; left > 0; left--) {
    const pick = Math.floor(random() * (left + 1));
    const other = order[left] as number;
    order[left] = order[pick] as number;
    order[pick] = other;
  }
  return order;
}
