import type { Context } from "../engine/actor.ts";
import { type Distribution, meanOf } from "../engine/distribution.ts";
import type { CrashRecover } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { drawDuration, wholeDuration } from "./fault-tools.ts";
import { Injector } from "./injector.ts";
import { sampleResidual } from "./residual-life.ts";

type Untimed = { readonly at?: undefined; readonly lasts?: undefined };

/** Nodes that fail and come back, each on its own, again and again: alternating renewal processes. */
export class Churn extends Injector<CrashRecover & Untimed> {
  // In force before anything else happens, for it may have gone on for ever.
  override start(context: Context<FaultMessage>): void {
    this.tools.awaitTally(context);
    if (!this.tools.isInner) this.begin(context);
  }

  protected override get passes(): boolean {
    return true;
  }

  protected override choose(context: Context<FaultMessage>): readonly number[] {
    return this.select(this.fault.nodes, context);
  }

  protected override strike(context: Context<FaultMessage>): void {
    for (const node of this.state.targets) {
      if (this.#isStationary()) this.#startInTheLongRun(node, context);
      else this.#awaitFailure(node, context);
    }
  }

  protected override follow(message: FaultMessage, context: Context<FaultMessage>): void {
    if (message.kind === "node-fails") {
      this.tools.takeDown(message.node, context);
      this.#awaitRepair(message.node, context);
    } else if (message.kind === "node-returns") {
      this.tools.bringUp(message.node, context);
      this.#awaitFailure(message.node, context);
    }
  }

  protected override release(context: Context<FaultMessage>): void {
    this.tools.bringAllUp(context);
  }

  protected override tally(context: Context<FaultMessage>): void {
    this.tools.tally(context);
  }

  // Where a mean is infinite there is no long run: nodes then begin up and new.
  #isStationary(): boolean {
    const { stationary, timeToFailure, timeToRepair } = this.fault;
    return stationary && Number.isFinite(meanOf(timeToFailure) + meanOf(timeToRepair));
  }

  #startInTheLongRun(node: number, context: Context<FaultMessage>): void {
    const { timeToFailure, timeToRepair } = this.fault;
    const up = meanOf(timeToFailure);
    const isUp = this.#luck(node, "initial", context)() * (up + meanOf(timeToRepair)) < up;
    const [left, decision] = isUp ? [timeToFailure, "failure"] : [timeToRepair, "repair"];
    const delay = wholeDuration(sampleResidual(left, this.#luck(node, decision, context)));
    const { round } = this.state;
    if (isUp) {
      context.wake(delay, { kind: "node-fails", node, round });
    } else {
      this.tools.takeDown(node, context);
      context.wake(delay, { kind: "node-returns", node, round });
    }
  }

  #awaitFailure(node: number, context: Context<FaultMessage>): void {
    this.#await("node-fails", node, this.fault.timeToFailure, "failure", context);
  }

  #awaitRepair(node: number, context: Context<FaultMessage>): void {
    this.#await("node-returns", node, this.fault.timeToRepair, "repair", context);
  }

  #await(
    kind: "node-fails" | "node-returns",
    node: number,
    time: Distribution,
    decision: string,
    context: Context<FaultMessage>,
  ): void {
    const delay = drawDuration(time, this.#luck(node, decision, context));
    context.wake(delay, { kind, node, round: this.state.round });
  }

  #luck(node: number, decision: string, context: Context<FaultMessage>) {
    return this.tools.luckOf(node, decision, context);
  }
}
