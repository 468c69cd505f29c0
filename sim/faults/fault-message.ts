import type { ChainMessage } from "../protocol/chain-messages.ts";
import type { Done, Mishap, Order } from "../protocol/messages.ts";

/** All that an injector sends or is sent. `node` is a position in the list of nodes. */
export type FaultMessage =
  | Mishap
  /** To itself; those of a round that has ended are void. */
  | { readonly kind: "fault-begins"; readonly round: number }
  | { readonly kind: "fault-ends"; readonly round: number }
  | { readonly kind: "node-fails"; readonly node: number; readonly round: number }
  | { readonly kind: "node-returns"; readonly node: number; readonly round: number }
  /** From a regime to its faults. */
  | { readonly kind: "war-begins" }
  | { readonly kind: "war-ends" }
  /** From the watch over recovery: whatever will pass ends now, and nothing begins any more. */
  | { readonly kind: "peace" }
  /** To the watch: the next look, and that all operations have ended. */
  | { readonly kind: "look-at-recovery" }
  | { readonly kind: "run-over" }
  /** To itself, of a regime. */
  | { readonly kind: "turn" }
  /** To itself: the next look at the network, the strike that follows from one, the next write. */
  | { readonly kind: "look"; readonly round: number }
  | { readonly kind: "move"; readonly targets: readonly number[]; readonly round: number }
  | { readonly kind: "demand"; readonly round: number }
  | Order
  | Extract<Done, { kind: "write-done" }>
  | Extract<ChainMessage, { kind: "register" | "transaction-done" }>
  /** At the horizon: whatever has bitten and has not been counted is counted. */
  | { readonly kind: "tally" };
