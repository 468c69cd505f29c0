import type { Actor, ActorId, Context } from "../engine/actor.ts";
import { type Distribution, sample } from "../engine/distribution.ts";
import type { SimTime } from "../engine/sim-time.ts";
import type { Done } from "../protocol/messages.ts";
import { type ClientShare, pickClient } from "./client-shares.ts";
import type { DemandMessage } from "./demand-message.ts";
import type { Luck, Operation } from "./operation.ts";

interface ClosedState {
  /** The client each user sits at, for the whole run. */
  readonly clientOfUser: ActorId[];
  /** Who waits for which operation. */
  readonly userOfOperation: Map<number, number>;
}

/**
 * Users who think, begin an operation, wait until it is done however it ends, and think again, until the
 * horizon. Each user has luck of its own, so that their n-th operation is the same in two runs even if
 * the answers come in another order.
 */
export class ClosedDemand implements Actor<DemandMessage, ClosedState> {
  readonly name: string;
  state: ClosedState = { clientOfUser: [], userOfOperation: new Map() };
  readonly #users: { readonly clients: number; readonly think: Distribution };
  readonly #operation: Operation;
  readonly #clients: readonly ClientShare[];
  readonly #horizon: SimTime;

  constructor(
    name: string,
    users: { readonly clients: number; readonly think: Distribution },
    operation: Operation,
    clients: readonly ClientShare[],
    horizon: SimTime,
  ) {
    this.name = name;
    this.#users = users;
    this.#operation = operation;
    this.#clients = clients;
    this.#horizon = horizon;
  }

  start(context: Context<DemandMessage>): void {
    for (let user = 0; user < this.#users.clients; user++) {
      this.state.clientOfUser.push(pickClient(this.#clients, context.random("client")));
      this.#think(user, context);
    }
  }

  receive(message: DemandMessage, _from: ActorId, context: Context<DemandMessage>): void {
    switch (message.kind) {
      case "think-over":
        this.#begin(message.user, context);
        break;
      case "life-due":
        this.#operation.follow?.(message.change, context);
        break;
      case "read-done":
      case "write-done": {
        this.#operation.end?.(message, context);
        const serial = serialOf(message);
        const user = this.state.userOfOperation.get(serial)!;
        this.state.userOfOperation.delete(serial);
        this.#think(user, context);
        break;
      }
    }
  }

  #think(user: number, context: Context<DemandMessage>): void {
    const time = sample(this.#users.think, luckOf(user, context)("think"));
    const delay = Math.max(1, Math.round(time)); // At least 1: nothing to read must not stop the clock.
    if (context.now + delay >= this.#horizon) return;
    context.wake(delay, { kind: "think-over", user });
  }

  #begin(user: number, context: Context<DemandMessage>): void {
    const client = this.state.clientOfUser[user]!;
    const serial = this.#operation.begin(context, luckOf(user, context), client);
    if (serial === undefined) this.#think(user, context);
    else this.state.userOfOperation.set(serial, user);
  }
}

const luckOf =
  (user: number, context: Context<DemandMessage>): Luck =>
  (decision) =>
    context.random(`user-${user}/${decision}`);

const serialOf = (done: Done): number => (done.kind === "read-done" ? done.read : done.write);
