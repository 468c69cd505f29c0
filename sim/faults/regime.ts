import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { Regime } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { drawDuration, type FaultTools } from "./fault-tools.ts";

interface RegimeState {
  regime: "calm" | "war";
  /** No war begins any more. */
  isOver: boolean;
}

/**
 * Calm and war in turn, each for a time drawn anew: an alternating renewal process. With each war its
 * faults begin, and with its end all end that still go on. It bites once with each war.
 */
export class ChangingRegime implements Actor<FaultMessage, RegimeState> {
  readonly name: string;
  state: RegimeState;
  readonly #fault: Regime;
  readonly #tools: FaultTools;
  readonly #faults: readonly ActorId[];

  /** The injectors of its faults have been added before. */
  constructor(fault: Regime, tools: FaultTools, faults: readonly ActorId[]) {
    this.name = tools.name;
    this.state = { regime: fault.begins, isOver: false };
    this.#fault = fault;
    this.#tools = tools;
    this.#faults = faults;
  }

  // In force in calm too: the next war may come.
  start(context: Context<FaultMessage>): void {
    this.#tools.outages.noteFault(1, context.now);
    this.#enter(context);
  }

  receive(message: FaultMessage, _from: ActorId, context: Context<FaultMessage>): void {
    const isPeace = message.kind === "peace";
    if ((message.kind !== "turn" && !isPeace) || this.state.isOver) return;
    if (isPeace) {
      this.state.isOver = true;
      this.#tools.outages.noteFault(-1, context.now);
      if (this.state.regime === "calm") return;
    }
    if (this.state.regime === "war") this.#tools.end(context);
    this.state.regime = this.state.regime === "war" ? "calm" : "war";
    if (this.state.regime === "calm") this.#tell("war-ends", context);
    if (!isPeace) this.#enter(context);
  }

  #enter(context: Context<FaultMessage>): void {
    const { regime } = this.state;
    const { fault } = this.#tools;
    context.record("regime", { fault, regime });
    if (regime === "war") {
      this.#tools.begin([], context);
      this.#tools.bite(1, context);
      this.#tell("war-begins", context);
    }
    const delay = drawDuration(this.#fault[regime], context.random(regime));
    context.wake(delay, { kind: "turn" });
  }

  #tell(kind: "war-begins" | "war-ends", context: Context<FaultMessage>): void {
    for (const injector of this.#faults) context.send(injector, { kind }, 0);
  }
}
