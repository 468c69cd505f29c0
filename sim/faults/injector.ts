import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { Distribution } from "../engine/distribution.ts";
import type { SimTime } from "../engine/sim-time.ts";
import type { NodeSelector } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { drawDuration, type FaultTools } from "./fault-tools.ts";

/** What every injector keeps. Plain data. */
export interface FaultState {
  /** Positions of the nodes it strikes; empty unless it is in force. */
  targets: readonly number[];
  isOn: boolean;
  /** Counts the times it has begun: what an earlier time still awaits is void. */
  round: number;
  /** What had been bitten when it was last counted. */
  countedBites: number;
}

/** Of a fault that begins at a time, and ends after another, if ever. */
export interface Timed {
  readonly at?: SimTime | undefined;
  readonly lasts?: Distribution | "for-good" | undefined;
}

type Own<S> = Omit<S, keyof FaultState>;

/**
 * What all faults do: begin at their time, choose whom they strike, say so, and end. A kind of fault
 * adds whom it strikes, how, and how it lets go.
 */
export abstract class Injector<F extends Timed, S extends FaultState = FaultState>
  implements Actor<FaultMessage, S>
{
  readonly name: string;
  state: S;
  protected readonly fault: F;
  protected readonly tools: FaultTools;

  constructor(fault: F, tools: FaultTools, own?: Own<S>) {
    this.name = tools.name;
    this.fault = fault;
    this.tools = tools;
    const common: FaultState = { targets: [], isOn: false, round: 0, countedBites: 0 };
    this.state = { ...common, ...own } as S;
  }

  start(context: Context<FaultMessage>): void {
    if (!this.tools.isInner) this.await(context);
    if (this.isTallied) this.tools.awaitTally(context);
  }

  receive(message: FaultMessage, _from: ActorId, context: Context<FaultMessage>): void {
    if ("round" in message && message.round !== this.state.round) return;
    switch (message.kind) {
      case "fault-begins":
        this.begin(context);
        break;
      case "fault-ends":
        this.end(context);
        break;
      case "tally":
        this.tally(context);
        break;
      case "war-begins":
        this.await(context);
        break;
      case "war-ends":
        if (this.state.isOn) this.end(context);
        else this.state.round++;
        break;
      case "peace":
        if (!this.state.isOn) this.state.round++;
        else if (this.passes) this.end(context);
        break;
      default:
        this.follow(message, context);
    }
  }

  /** From the beginning of the run. */
  protected get at(): SimTime {
    return this.fault.at ?? 0;
  }

  /** Whether it ends some time: what it does not undo then, others can recover from. */
  protected get passes(): boolean {
    const { lasts } = this.fault;
    return lasts !== undefined && lasts !== "for-good";
  }

  /** Whether what it has bitten by the horizon is counted then. Nodes count their own bites. */
  protected get isTallied(): boolean {
    return true;
  }

  /** Waits for its time, from now. */
  protected await(context: Context<FaultMessage>): void {
    context.wake(this.at, { kind: "fault-begins", round: this.state.round });
  }

  protected begin(context: Context<FaultMessage>): void {
    const { state, tools } = this;
    state.targets = this.choose(context);
    state.isOn = true;
    tools.outages.noteFault(this.passes ? 1 : 0, context.now);
    tools.begin(state.targets, context);
    this.strike(context);
    const { lasts } = this.fault;
    if (lasts === undefined || lasts === "for-good" || !state.isOn) return;
    const delay = drawDuration(lasts, context.random("lasts"));
    context.wake(delay, { kind: "fault-ends", round: state.round });
  }

  protected end(context: Context<FaultMessage>): void {
    const { state } = this;
    this.release(context);
    state.targets = [];
    state.isOn = false;
    state.round++;
    this.tools.outages.noteFault(this.passes ? -1 : 0, context.now);
    this.tools.end(context);
  }

  /** The nodes of a selector, with the luck of this fault. */
  protected select(nodes: NodeSelector, context: Context<FaultMessage>): number[] {
    return this.tools.select(nodes, "targets", context);
  }

  protected abstract choose(context: Context<FaultMessage>): readonly number[];
  protected abstract strike(context: Context<FaultMessage>): void;

  /** Undoes it, if it can be undone. */
  protected release(_context: Context<FaultMessage>): void {}

  protected tally(_context: Context<FaultMessage>): void {}

  protected follow(_message: FaultMessage, _context: Context<FaultMessage>): void {}

  /** Counts what is bitten by now beyond what was counted before. */
  protected countBites(total: number, context: Context<FaultMessage>): void {
    this.tools.bite(total - this.state.countedBites, context);
    this.state.countedBites = total;
  }
}
