import type { Actor, ActorId, Context } from "../../engine/actor.ts";
import { sample } from "../../engine/distribution.ts";
import type { SimTime } from "../../engine/sim-time.ts";
import type { BlobNumber } from "../content.ts";
import type { Ledger } from "../ledger.ts";
import type { WalrusMessage } from "../messages.ts";
import type { LedgerParameters } from "../parameters.ts";
import type { Placement } from "../placement.ts";
import type { ChallengedBlobs, ChallengeNotice } from "./challenge-messages.ts";
import type { ChallengeParameters } from "./challenge-parameters.ts";

/** Where the contract stands. Plain data. */
interface ContractState {
  /** Of the last challenge; -1 before the first. */
  challenge: number;
  phase: "idle" | "announced" | "running" | "closing";
  /** Whose committee is challenged: that of its announcement. */
  epoch: number;
  announcedAt: SimTime;
  begunAt: SimTime;
  /** Members that are slow to hear of this one. */
  late: readonly number[];
  readonly acknowledged: Set<number>;
  readonly passed: Set<number>;
  /** Blobs of each node. */
  blobs: number;
}

/**
 * The part of the chain that challenges nodes to show that they store what they are paid for. Not
 * deployed on Walrus: as the whitepaper (v2, 4.6) describes it. It is no host of the network.
 */
export class ChallengeContract implements Actor<WalrusMessage, ContractState> {
  readonly name = "challenges";
  state: ContractState;
  readonly #parameters: ChallengeParameters;
  readonly #delays: LedgerParameters;
  readonly #firstPlacement: Placement;
  readonly #ledger: Ledger;
  readonly #preloaded: number;

  constructor(options: {
    readonly parameters: ChallengeParameters;
    readonly delays: LedgerParameters;
    readonly placement: Placement;
    readonly ledger: Ledger;
    /** Number of blobs that were there when the world began. */
    readonly preloaded: number;
  }) {
    this.#parameters = options.parameters;
    this.#delays = options.delays;
    this.#firstPlacement = options.placement;
    this.#ledger = options.ledger;
    this.#preloaded = options.preloaded;
    this.state = {
      challenge: -1,
      phase: "idle",
      epoch: options.placement.epoch,
      announcedAt: 0,
      begunAt: 0,
      late: [],
      acknowledged: new Set(),
      passed: new Set(),
      blobs: 0,
    };
  }

  // Of those that are challenged, whatever epoch the chain is in by now.
  get #placement(): Placement {
    return this.#firstPlacement.at(this.state.epoch);
  }

  start(context: Context<WalrusMessage>): void {
    context.wake(this.#parameters.period, { kind: "challenge-due" });
  }

  receive(message: WalrusMessage, _from: ActorId, context: Context<WalrusMessage>): void {
    const { state } = this;
    switch (message.kind) {
      case "challenge-due":
        context.wake(this.#parameters.period, message);
        if (state.phase === "idle") this.#open(context);
        break;
      case "challenge-draw":
        if (message.challenge === state.challenge) {
          this.#begin({ drawn: this.#draw(context) }, context);
        }
        break;
      case "challenge-notice":
        context.send(message.to, message.notice, 0);
        break;
      case "challenge-acknowledged":
      case "challenge-passed": {
        const { challenge, node } = message;
        const what = message.kind === "challenge-passed" ? "passed" : "acknowledged";
        const delay = sample(this.#delays.certify, context.random("record"));
        const recorded = { kind: "challenge-recorded", what, challenge, node } as const;
        context.wake(Math.round(delay), recorded);
        break;
      }
      case "challenge-recorded":
        if (message.challenge !== state.challenge) break;
        state[message.what].add(message.node);
        this.#goOn(context);
        break;
      case "challenge-closing":
        if (message.challenge === state.challenge && state.phase !== "idle") this.#close(context);
        break;
      default:
        break; // Not for the contract.
    }
  }

  #open(context: Context<WalrusMessage>): void {
    const { state } = this;
    const { deadline } = this.#parameters;
    state.challenge++;
    state.epoch = this.#ledger.state.epochs?.clock.epoch ?? state.epoch;
    state.announcedAt = context.now;
    state.late = this.#drawLate(context);
    state.acknowledged.clear();
    state.passed.clear();
    const { challenge } = state;
    context.wake(deadline, { kind: "challenge-closing", challenge });
    state.phase = "announced";
    const hush = this.#parameters.policy === "light" ? this.#parameters.hush : undefined;
    if (hush !== undefined) context.wake(hush, { kind: "challenge-draw", challenge });
    if (hush === 0) return; // The draw is the first that anybody hears.
    this.#tellAll({ kind: "challenge-announced", challenge }, state.late, context);
  }

  #goOn(context: Context<WalrusMessage>): void {
    // A light challenge has its times, for it hinders hardly anybody.
    if (this.#parameters.policy === "light") return;
    const { state } = this;
    const { answerQuorum } = this.#placement;
    if (state.phase === "announced" && this.#weight(state.acknowledged) >= answerQuorum) {
      this.#begin({ all: this.#blobs() }, context);
    }
    if (state.phase !== "running" || this.#weight(state.passed) < answerQuorum) return;
    state.phase = "closing";
    const { challenge } = state;
    context.wake(this.#parameters.grace, { kind: "challenge-closing", challenge });
  }

  #begin(blobs: ChallengedBlobs, context: Context<WalrusMessage>): void {
    const { state } = this;
    const { policy } = this.#parameters;
    const { challenge } = state;
    state.phase = "running";
    state.begunAt = context.now;
    state.blobs = ("drawn" in blobs ? (blobs.drawn[0] ?? []) : blobs.all).length;
    context.record("challenge-started", {
      challenge,
      policy,
      nodes: this.#placement.members.filter(({ shards }) => shards.length > 0).length,
      blobs: state.blobs,
      announcedAt: state.announcedAt,
    });
    const { epoch } = this.#placement;
    const notice = { kind: "challenge-begun", challenge, policy, epoch, blobs } as const;
    this.#tellAll(Object.freeze(notice), state.late, context);
  }

  #close(context: Context<WalrusMessage>): void {
    const { state } = this;
    const { policy } = this.#parameters;
    const { challenge, blobs, begunAt: startedAt } = state;
    // One that was never acknowledged has not begun: nobody fails it.
    const isBegun = state.phase !== "announced";
    state.phase = "idle";
    context.record("challenge-closed", {
      challenge,
      policy,
      passedWeight: this.#weight(state.passed),
      durationMicroseconds: context.now - state.announcedAt,
    });
    const over = { kind: "challenge-over", challenge, policy, startedAt } as const;
    this.#tellAll({ ...over, blobs: isBegun ? blobs : 0 }, [], context);
  }

  #tellAll(
    notice: ChallengeNotice,
    late: readonly number[],
    context: Context<WalrusMessage>,
  ): void {
    const random = context.random("propagation");
    this.#placement.members.forEach(({ actor: to, shards }, node) => {
      // Who has no shards in this epoch has nothing to show.
      if (shards.length === 0) return;
      const usual = Math.round(sample(this.#delays.propagation, random));
      const delay = usual + (late.includes(node) ? this.#parameters.late.delay : 0);
      context.wake(delay, { kind: "challenge-notice", to, notice });
    });
  }

  // Those that came with the world and are still paid for, and those certified since.
  #blobs(): BlobNumber[] {
    const { certified, lives } = this.#ledger.state;
    const preloaded = [...Array(this.#preloaded).keys()].filter((blob) => !lives.over.has(blob));
    return [...preloaded, ...certified];
  }

  // Distinct ones for each node: as many as it is challenged for, or all there are.
  #draw(context: Context<WalrusMessage>): BlobNumber[][] {
    const blobs = this.#blobs();
    const total = blobs.length;
    const wanted = this.#parameters.policy === "light" ? this.#parameters.blobs : 0;
    const random = context.random("coin");
    return this.#placement.members.map(() => {
      const drawn = new Set<number>();
      // Floyd's: each set of so many is as likely as any other.
      for (let last = Math.max(0, total - wanted); last < total; last++) {
        const pick = Math.floor(random() * (last + 1));
        drawn.add(drawn.has(pick) ? last : pick);
      }
      return [...drawn].map((index) => blobs[index] as BlobNumber);
    });
  }

  #drawLate(context: Context<WalrusMessage>): readonly number[] {
    const { members, shardCount } = this.#placement;
    const { share, members: named } = this.#parameters.late;
    const late: number[] = [];
    if (named !== undefined || share === 0) return named ?? late;
    const random = context.random("late");
    const order = members.map((_, node) => ({ node, at: random() })).sort((a, b) => a.at - b.at);
    let left = share * shardCount;
    for (const { node } of order) {
      const { length } = (members[node] as { shards: readonly number[] }).shards;
      if (length > left) continue;
      left -= length;
      late.push(node);
    }
    return late;
  }

  #weight(nodes: ReadonlySet<number>): number {
    let weight = 0;
    for (const node of nodes) weight += this.#placement.members[node]?.shards.length ?? 0;
    return weight;
  }
}
