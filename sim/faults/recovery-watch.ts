import type { Actor, ActorId, Context } from "../engine/actor.ts";
import { type Duration, type SimTime, seconds } from "../engine/sim-time.ts";
import type { Unrecovered } from "../protocol/unrecovered.ts";
import type { FaultMessage } from "./fault-message.ts";
import type { Outages } from "./outages.ts";

/** What can be seen of recovery by who sees everything; looking changes nothing. */
export interface RecoveryView {
  /** The newest blob; those that come later have greater numbers. */
  newest(): number;
  /** Whether no honest node that is up lacks anything of a certified blob up to this one. */
  isWhole(upTo: number): boolean;
  unrecovered(): readonly Unrecovered[];
}

/** So many looks fall into the time within which all is to be whole. */
const LOOKS = 200;
const LOOK_MIN: Duration = seconds(1);
const NAMES_MAX = 3;

interface WatchState {
  /** Since when there has been no fault but what is for good, as of the last look. */
  calmSince: SimTime | undefined;
  /** The newest blob when that was first seen. */
  upTo: number;
  /** When all up to that one was seen whole. */
  wholeAt: SimTime | undefined;
  /** When the last operation had ended, after the horizon. */
  drainedAt: SimTime | undefined;
  isOver: boolean;
}

/**
 * Holds a scenario to its claim that all is recovered some time after the last fault. At the horizon whatever
 * passes ends and nothing begins any more: what is for good stays. All certified blobs are to be whole on
 * honest nodes that are up within a time: those there are when the last fault has ended, from then on; and all
 * there are in the end, from when demand has ended. If they are not it says why. It looks every so often, so
 * that what it tells is late by one look at most.
 */
export class RecoveryWatch implements Actor<FaultMessage, WatchState> {
  readonly name = "faults/recovery-watch";
  state: WatchState = {
    calmSince: undefined,
    upTo: -1,
    wholeAt: undefined,
    drainedAt: undefined,
    isOver: false,
  };
  readonly #within: Duration;
  /** Between looks. */
  readonly every: Duration;
  readonly #horizon: SimTime;
  readonly #injectors: readonly ActorId[];
  readonly #outages: Outages;
  readonly #view: RecoveryView;
  readonly #names: readonly string[];

  constructor(options: {
    readonly within: Duration;
    readonly horizon: SimTime;
    /** Those of faults that are within no regime. */
    readonly injectors: readonly ActorId[];
    readonly outages: Outages;
    readonly view: RecoveryView;
    /** Of nodes. */
    readonly names: readonly string[];
  }) {
    this.#within = options.within;
    this.every = Math.max(LOOK_MIN, Math.round(options.within / LOOKS));
    this.#horizon = options.horizon;
    this.#injectors = options.injectors;
    this.#outages = options.outages;
    this.#view = options.view;
    this.#names = options.names;
  }

  start(context: Context<FaultMessage>): void {
    context.wake(this.#horizon, { kind: "peace" });
    context.wake(this.every, { kind: "look-at-recovery" });
  }

  receive(message: FaultMessage, _from: ActorId, context: Context<FaultMessage>): void {
    if (this.state.isOver) return;
    switch (message.kind) {
      case "peace":
        for (const injector of this.#injectors) context.send(injector, { kind: "peace" }, 0);
        break;
      case "look-at-recovery":
        this.#look(context);
        context.wake(this.every, { kind: "look-at-recovery" });
        break;
      case "run-over":
        this.state.drainedAt = context.now;
        this.#look(context);
        break;
      default:
        break; // Not for the watch.
    }
  }

  #look(context: Context<FaultMessage>): void {
    const { state } = this;
    const { now } = context;
    const { calmSince } = this.#outages;
    if (calmSince !== state.calmSince) {
      state.calmSince = calmSince;
      state.upTo = this.#view.newest();
      state.wholeAt = undefined;
    }
    // Of what befell a node at this very moment it may not have heard.
    if (calmSince === undefined || calmSince === now) return;
    if (state.wholeAt === undefined && this.#view.isWhole(state.upTo)) state.wholeAt = now;
    const { drainedAt } = state;
    if (drainedAt === undefined) return;
    const isWhole = this.#view.isWhole(Number.POSITIVE_INFINITY);
    const isLate =
      now > drainedAt + this.#within ||
      (state.wholeAt === undefined && now > calmSince + this.#within);
    if (!isWhole && !isLate) return;
    state.isOver = true;
    if (!isWhole)
      for (const each of this.#view.unrecovered())
        context.record("not-recovered", this.#told(each));
    // What was whole and is so no more is counted from when nothing new came any more.
    const first = (state.wholeAt ?? now) - calmSince;
    const last = now - drainedAt;
    const tookMicroseconds = Math.max(first, last);
    context.record("recovery-judged", { calmSince, tookMicroseconds, isWhole: isWhole ? 1 : 0 });
  }

  #told({ nodes, helpers, ...rest }: Unrecovered) {
    const names = nodes.slice(0, NAMES_MAX).map((node) => this.#names[node] as string);
    const { axis = "", count = 0, needed = 0 } = helpers ?? {};
    const example = names.join(", ");
    return { ...rest, nodes: nodes.length, example, axis, helpers: count, needed };
  }
}
