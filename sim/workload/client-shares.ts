import type { ActorId } from "../engine/actor.ts";
import type { RandomStream } from "../engine/random-streams.ts";

/** A client and its part of all demand. Shares need not sum to 1: their ratios count. */
export interface ClientShare {
  readonly actor: ActorId;
  readonly share: number;
}

/** Draws the client of an operation. */
export function pickClient(clients: readonly ClientShare[], random: RandomStream): ActorId {
  const total = clients.reduce((sum, { share }) => sum + share, 0);
  let target = random() * total;
  for (const { actor, share } of clients) {
    target -= share;
    if (target < 0) return actor;
  }
  return clients.at(-1)!.actor; // What rounding left over.
}
