import type { Actor, ActorId, Context } from "../engine/actor.ts";
import type { Duration, SimTime } from "../engine/sim-time.ts";
import type { DemandMessage } from "./demand-message.ts";
import type { ReadOperation } from "./read-operation.ts";

/** Has each blob read a number of times soon after its writer knows it certified, until the horizon. */
export class FollowingReads implements Actor<DemandMessage, null> {
  readonly name: string;
  state = null;
  readonly #arrivals: { readonly readers: number; readonly within: Duration };
  readonly #operation: ReadOperation;
  readonly #horizon: SimTime;

  constructor(
    name: string,
    arrivals: { readonly readers: number; readonly within: Duration },
    operation: ReadOperation,
    horizon: SimTime,
  ) {
    this.name = name;
    this.#arrivals = arrivals;
    this.#operation = operation;
    this.#horizon = horizon;
  }

  receive(message: DemandMessage, _from: ActorId, context: Context<DemandMessage>): void {
    switch (message.kind) {
      case "blob-written":
        for (let reader = 0; reader < this.#arrivals.readers; reader++) {
          const delay = Math.round(context.random("arrivals")() * this.#arrivals.within);
          if (context.now + delay >= this.#horizon) continue;
          const { blob, bytes } = message;
          context.wake(delay, { kind: "read-due", blob, bytes });
        }
        break;
      case "read-due":
        this.#operation.beginOf(message, context, (decision) => context.random(decision));
        break;
    }
  }
}
