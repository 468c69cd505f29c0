import type { FactDetails } from "../engine/actor.ts";
import type { Mishap } from "../protocol/messages.ts";
import type { DemandMessage } from "../workload/demand-message.ts";

/** All that is sent in an aggregated world. */
export type CohortMessage =
  | Mishap
  | DemandMessage
  /** From a node to the whole: what has befallen it. */
  | { readonly kind: "befall"; readonly node: number; readonly mishap: Mishap }
  /** A node's way over the network is slower, or as usual again. */
  | {
      readonly kind: "scale-network";
      readonly node: number;
      readonly delay: number;
      readonly rate: number;
    }
  /** Some work is done, or time for another look at it. */
  | { readonly kind: "work" }
  | { readonly kind: "work-again" }
  /** A member calls the contract, in this epoch. */
  | { readonly kind: "epoch-call"; readonly epoch: number }
  | {
      readonly kind: "collect-garbage";
      readonly epoch: number;
      readonly node: number;
      readonly blobs: number;
      readonly bytes: number;
    }
  /** A look at the disk. */
  | { readonly kind: "notice"; readonly node: number }
  | { readonly kind: "take-health" }
  | { readonly kind: "audit" }
  /** A sampled read or write ends. */
  | {
      readonly kind: "operation-over";
      readonly fact: "read-finished" | "write-finished";
      readonly details: FactDetails;
      readonly operation: number;
    }
  | { readonly kind: "run-over" };
