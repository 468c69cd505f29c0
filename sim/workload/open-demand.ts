import type { Actor, Context } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import {
  type ArrivalClock,
  advance,
  lateness,
  newArrivalClock,
  type OpenArrivals,
  operationsAt,
} from "./arrivals.ts";
import type { DemandMessage } from "./demand-message.ts";
import type { Operation } from "./operation.ts";

/** Begins operations at times of their own, whatever becomes of the earlier ones, until the horizon. */
export class OpenDemand implements Actor<DemandMessage, ArrivalClock> {
  readonly name: string;
  state: ArrivalClock = newArrivalClock(0);
  readonly #arrivals: OpenArrivals;
  readonly #operation: Operation;
  readonly #horizon: SimTime;

  constructor(name: string, arrivals: OpenArrivals, operation: Operation, horizon: SimTime) {
    this.name = name;
    this.#arrivals = arrivals;
    this.#operation = operation;
    this.#horizon = horizon;
  }

  start(context: Context<DemandMessage>): void {
    this.#awaitNext(context);
  }

  receive(message: DemandMessage, _from: number, context: Context<DemandMessage>): void {
    switch (message.kind) {
      case "arrival-due": {
        const late = lateness(this.#arrivals, context.random("jitter"));
        if (late === 0) this.#begin(context);
        else if (context.now + late < this.#horizon) context.wake(late, { kind: "arrival" });
        this.#awaitNext(context);
        break;
      }
      case "arrival":
        this.#begin(context);
        break;
      case "life-due":
        this.#operation.follow?.(message.change, context);
        break;
      case "read-done":
      case "write-done":
        this.#operation.end?.(message, context);
        break;
    }
  }

  #begin(context: Context<DemandMessage>): void {
    for (let i = operationsAt(this.#arrivals); i > 0; i--) {
      this.#operation.begin(context, (decision) => context.random(decision));
    }
  }

  #awaitNext(context: Context<DemandMessage>): void {
    const time = advance(this.#arrivals, this.state, context.random("arrivals"));
    if (time < this.#horizon) context.wake(time - context.now, { kind: "arrival-due" });
  }
}
