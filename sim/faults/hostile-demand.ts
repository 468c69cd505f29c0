import type { Context } from "../engine/actor.ts";
import { invariant } from "../engine/invariant.ts";
import type { RegistrationSpam, SmallBlobFlood } from "./fault.ts";
import type { FaultMessage } from "./fault-message.ts";
import { wholeDuration } from "./fault-tools.ts";
import { Injector } from "./injector.ts";

/**
 * Demand that is there to do harm, at Poisson times: blobs registered and never uploaded, or very many
 * small ones written in full. It bites once for each blob that is registered, or certified.
 */
export class HostileDemand extends Injector<RegistrationSpam | SmallBlobFlood> {
  // What was bitten is told as it happens.
  protected override get isTallied(): boolean {
    return false;
  }

  protected override choose(): readonly number[] {
    return [];
  }

  protected override strike(context: Context<FaultMessage>): void {
    this.#awaitNext(context);
  }

  protected override follow(message: FaultMessage, context: Context<FaultMessage>): void {
    if (message.kind === "demand") {
      this.#demand(context);
      this.#awaitNext(context);
    } else if (message.kind === "transaction-done") {
      if (message.accepted) this.tools.bite(1, context);
    } else if (message.kind === "write-done" && message.outcome === "ok") {
      this.tools.bite(1, context);
    }
  }

  #awaitNext(context: Context<FaultMessage>): void {
    const gap = -Math.log(1 - context.random("demand")()) / this.fault.rate;
    context.wake(wholeDuration(gap), { kind: "demand", round: this.state.round });
  }

  #demand(context: Context<FaultMessage>): void {
    const { fault } = this;
    const { attackers, ledger, newBlob } = this.tools.world;
    const blob = newBlob();
    if (fault.kind === "registration-spam") {
      context.send(ledger, { kind: "register", call: blob, blob }, 0);
      return;
    }
    const client = attackers.get(fault.client);
    invariant(client !== undefined, () => `no attacker stands at ${fault.client}`);
    // Below 0, as no metric speaks of what an attacker writes.
    const write = -1 - blob;
    const { size: bytes } = fault;
    context.send(client, { kind: "start-write", write, blob, bytes, replyTo: context.self }, 0);
  }
}
