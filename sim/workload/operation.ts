import type { ActorId, Context } from "../engine/actor.ts";
import type { RandomStream } from "../engine/random-streams.ts";
import type { LifeChange } from "../protocol/chain-messages.ts";
import type { Done } from "../protocol/messages.ts";
import type { DemandMessage } from "./demand-message.ts";

/** The streams of luck, by decision, that an operation draws from. */
export type Luck = (decision: string) => RandomStream;

/** What a demand does at each of its arrivals: reads or writes. */
export interface Operation {
  /**
   * Has one begin, at a client drawn by share unless one is given. Returns its serial number, or nothing
   * if there is no blob to read. It draws the same luck in either case.
   */
  begin(context: Context<DemandMessage>, luck: Luck, client?: ActorId): number | undefined;
  /** Time for what follows one that is done. */
  follow?(change: LifeChange, context: Context<DemandMessage>): void;
  /** Takes note that one is done, if that matters. */
  end?(done: Done, context: Context<DemandMessage>): void;
}
