import type { Mishap } from "../protocol/messages.ts";

/** All that an injector sends or is sent. `node` is a position in the list of nodes. */
export type FaultMessage =
  | Mishap
  /** To itself; those of a round that has ended are void. */
  | { readonly kind: "fault-begins"; readonly round: number }
  | { readonly kind: "fault-ends"; readonly round: number }
  | { readonly kind: "node-fails"; readonly node: number; readonly round: number }
  | { readonly kind: "node-returns"; readonly node: number; readonly round: number }
  /** At the horizon: whatever has bitten and has not been counted is counted. */
  | { readonly kind: "tally" };
