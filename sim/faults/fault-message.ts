import type { Mishap } from "../protocol/messages.ts";

/** All that an injector sends or is sent. `node` is a position in the list of nodes. */
export type FaultMessage =
  | Mishap
  | { readonly kind: "fault-begins" }
  | { readonly kind: "fault-ends" }
  | { readonly kind: "node-fails"; readonly node: number }
  | { readonly kind: "node-returns"; readonly node: number }
  /** At the horizon: whatever has bitten and has not been counted is counted. */
  | { readonly kind: "tally" };
