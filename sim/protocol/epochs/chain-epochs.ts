import type { Context } from "../../engine/actor.ts";
import { type Distribution, sample } from "../../engine/distribution.ts";
import { invariant } from "../../engine/invariant.ts";
import type { SimTime } from "../../engine/sim-time.ts";
import type { ActiveSet } from "../../placement/active-set.ts";
import {
  attested,
  clockOfDone,
  type EpochClock,
  epochEndsAt,
  nextEpoch,
  nextSelected,
  votingEndsAt,
} from "../../placement/epoch-clock.ts";
import { movedShards, nextSeating, type Seating } from "../../placement/succession.ts";
import type { ChainMessage } from "../chain-messages.ts";
import type { BlobNumber } from "../content.ts";
import type { WalrusMessage } from "../messages.ts";
import type { Placement } from "../placement.ts";
import type { EpochParameters } from "./parameters.ts";

/** Where the contract stands. Plain data. */
export interface ChainEpochState {
  clock: EpochClock;
  seating: Seating;
  /** Chosen at the end of the vote. */
  next: Seating | undefined;
  startedAt: SimTime;
  /** Nodes that have attested in this epoch. */
  readonly attested: Set<number>;
}

export interface ChainEpochOptions {
  readonly parameters: EpochParameters;
  /** Who has stake when the world begins. */
  readonly active: ActiveSet;
  /** That of the first epoch. */
  readonly placement: Placement;
  /** Weight of attestations that ends the sync of an epoch. */
  readonly quorum: number;
  /** How long a call of a node takes to be final. */
  readonly finality: Distribution;
}

/** What the rest of the ledger does for it. */
interface LedgerDesk {
  publish(event: EpochEvent, context: Context<WalrusMessage>): void;
  /** Ends what is paid for until the epoch. */
  expire(epoch: number, context: Context<WalrusMessage>): readonly BlobNumber[];
}

type EpochEvent =
  | {
      readonly kind: "epoch-change-start";
      readonly epoch: number;
      readonly expired: readonly BlobNumber[];
    }
  | { readonly kind: "epoch-change-done"; readonly epoch: number };

/** What chain and nodes say of epochs; the ledger hands it on. */
export type EpochMessage = Extract<
  ChainMessage,
  { kind: "attest" | "attestation-final" | "end-voting" | "start-epoch" }
>;

/**
 * The part of the contract that turns committees over: frozen half an epoch after the last sync was done,
 * in office after a whole one, synced when members of enough weight have said so, which nothing verifies.
 *
 * Every member calls the contract as soon as it may, after a wait of its own; the earliest call counts. Left out:
 * that all members are down at that moment, and the calls of those who come too late.
 */
export class ChainEpochs {
  readonly #options: ChainEpochOptions;
  readonly #ledger: LedgerDesk;

  constructor(options: ChainEpochOptions, ledger: LedgerDesk) {
    this.#options = options;
    this.#ledger = ledger;
  }

  initialState(): ChainEpochState {
    const { active, placement, parameters } = this.#options;
    const committee = placement.members
      .map(({ shards }, node) => ({ node, shards }))
      .filter(({ shards }) => shards.length > 0);
    return {
      clock: clockOfDone(placement.epoch, -parameters.age),
      seating: { active, committee },
      next: undefined,
      startedAt: -parameters.age,
      attested: new Set(),
    };
  }

  start(state: ChainEpochState, context: Context<WalrusMessage>): void {
    this.#await("end-voting", votingEndsAt(state.clock, this.#options.parameters.length), context);
  }

  receive(state: ChainEpochState, message: EpochMessage, context: Context<WalrusMessage>): void {
    switch (message.kind) {
      case "end-voting":
        this.#choose(state, context);
        break;
      case "start-epoch":
        this.#begin(state, context);
        break;
      case "attest": {
        const { epoch, node, isFalse, startedAt } = message;
        const delay = Math.round(sample(this.#options.finality, context.random("attest")));
        context.wake(delay, { kind: "attestation-final", epoch, node, isFalse, startedAt });
        break;
      }
      case "attestation-final":
        this.#attest(state, message, context);
        break;
    }
  }

  #choose(state: ChainEpochState, context: Context<WalrusMessage>): void {
    const { length, stakeMoved, candidateCountMax, changes } = this.#options.parameters;
    state.clock = nextSelected(state.clock, length, context.now);
    const epoch = state.clock.epoch + 1;
    const now = changes.filter((change) => change.epoch === epoch);
    const succession = { changes: now, stakeMoved, candidateCountMax };
    state.next = nextSeating(state.seating, succession, context.random("stake"));
    this.#await("start-epoch", epochEndsAt(state.clock, length), context);
  }

  #begin(state: ChainEpochState, context: Context<WalrusMessage>): void {
    const { parameters, placement } = this.#options;
    const next = state.next as Seating;
    state.clock = nextEpoch(state.clock, parameters.length, context.now);
    const moved = movedShards(state.seating.committee, next.committee);
    const shardsOf: (readonly number[])[] = placement.members.map(() => []);
    let shardCount = 0;
    for (const { node, shards } of next.committee) {
      shardsOf[node] = shards;
      shardCount += shards.length;
    }
    const { epoch } = placement.committees.last.successor(shardsOf, context.now);
    invariant(
      epoch === state.clock.epoch && shardCount === placement.shardCount,
      () => `epoch ${state.clock.epoch}: committee ${epoch} has ${shardCount} shards`,
    );
    state.seating = next;
    state.next = undefined;
    state.startedAt = context.now;
    state.attested.clear();
    const members = next.committee.length;
    context.record("epoch-started", { epoch, members, shards: shardCount, movedShards: moved });
    const expired = this.#ledger.expire(epoch, context);
    this.#ledger.publish({ kind: "epoch-change-start", epoch, expired }, context);
  }

  #attest(
    state: ChainEpochState,
    message: Extract<EpochMessage, { kind: "attestation-final" }>,
    context: Context<WalrusMessage>,
  ): void {
    const { epoch, node, isFalse, startedAt } = message;
    // One that comes when the epoch is over counts for nothing; a second one neither.
    if (epoch !== state.clock.epoch || state.attested.has(node)) return;
    const { quorum, parameters, placement } = this.#options;
    const member = state.seating.committee.find((each) => each.node === node);
    if (member === undefined) return;
    state.attested.add(node);
    const shards = member.shards.length;
    const wasSyncing = state.clock.phase === "sync";
    state.clock = attested(state.clock, shards, quorum, context.now);
    context.record("epoch-attested", { epoch, node, shards, isFalse, startedAt });
    if (!wasSyncing || state.clock.phase === "sync") return;
    placement.committees.syncDone(context.now);
    context.record("epoch-synced", {
      epoch,
      startedAt: state.startedAt,
      durationMicroseconds: context.now - state.startedAt,
      weight: state.clock.weight,
    });
    this.#ledger.publish({ kind: "epoch-change-done", epoch }, context);
    this.#await("end-voting", votingEndsAt(state.clock, parameters.length), context);
  }

  #await(
    kind: "end-voting" | "start-epoch",
    due: SimTime | undefined,
    context: Context<WalrusMessage>,
  ): void {
    const { callJitter, length } = this.#options.parameters;
    const jitter = Math.min(callJitter, length / 10);
    const random = context.random("epoch-call");
    let earliest = 1;
    for (const { shards } of this.#options.placement.committees.last.members) {
      if (shards.length > 0) earliest = Math.min(earliest, random());
    }
    const wait = Math.max(0, (due as SimTime) - context.now) + Math.round(earliest * jitter);
    context.wake(wait, { kind });
  }
}
