import type { Actor, ActorId, Context } from "../engine/actor.ts";
import { meanOf } from "../engine/distribution.ts";
import type { Duration } from "../engine/sim-time.ts";
import type { CrashRecover } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { drawDuration, type FaultTools, wholeDuration } from "./fault-tools.ts";
import { sampleResidual } from "./residual-life.ts";
import { selectTargets } from "./select-targets.ts";

/** Nodes that fail and come back, each on its own, again and again: alternating renewal processes. */
export class Churn implements Actor<FaultMessage, null> {
  readonly name: string;
  state = null;
  readonly #fault: CrashRecover;
  readonly #tools: FaultTools;

  constructor(fault: CrashRecover, tools: FaultTools) {
    this.name = tools.name;
    this.#fault = fault;
    this.#tools = tools;
  }

  start(context: Context<FaultMessage>): void {
    const targets = selectTargets(this.#fault.nodes, this.#tools.nodes, context.random("targets"));
    this.#tools.begin(targets, context);
    this.#tools.awaitTally(context);
    for (const node of targets) {
      if (this.#isStationary()) this.#startInTheLongRun(node, context);
      else this.#awaitFailure(node, context);
    }
  }

  receive(message: FaultMessage, _from: ActorId, context: Context<FaultMessage>): void {
    switch (message.kind) {
      case "node-fails":
        this.#tools.takeDown(message.node, context);
        this.#awaitRepair(message.node, context);
        break;
      case "node-returns":
        this.#tools.bringUp(message.node, context);
        this.#awaitFailure(message.node, context);
        break;
      case "tally":
        this.#tools.tally(context);
        break;
    }
  }

  // Where a mean is infinite there is no long run: nodes then begin up and new.
  #isStationary(): boolean {
    const { stationary, timeToFailure, timeToRepair } = this.#fault;
    return stationary && Number.isFinite(meanOf(timeToFailure) + meanOf(timeToRepair));
  }

  #startInTheLongRun(node: number, context: Context<FaultMessage>): void {
    const { timeToFailure, timeToRepair } = this.#fault;
    const up = meanOf(timeToFailure);
    const isUp = this.#luck(node, "initial", context)() * (up + meanOf(timeToRepair)) < up;
    const [left, decision] = isUp ? [timeToFailure, "failure"] : [timeToRepair, "repair"];
    const delay = wholeDuration(sampleResidual(left, this.#luck(node, decision, context)));
    if (isUp) {
      context.wake(delay, { kind: "node-fails", node });
    } else {
      this.#tools.takeDown(node, context);
      context.wake(delay, { kind: "node-returns", node });
    }
  }

  #awaitFailure(node: number, context: Context<FaultMessage>): void {
    const delay: Duration = drawDuration(
      this.#fault.timeToFailure,
      this.#luck(node, "failure", context),
    );
    context.wake(delay, { kind: "node-fails", node });
  }

  #awaitRepair(node: number, context: Context<FaultMessage>): void {
    const delay: Duration = drawDuration(
      this.#fault.timeToRepair,
      this.#luck(node, "repair", context),
    );
    context.wake(delay, { kind: "node-returns", node });
  }

  #luck(node: number, decision: string, context: Context<FaultMessage>) {
    return this.#tools.luckOf(node, decision, context);
  }
}
