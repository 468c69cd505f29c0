import type { LifeChange } from "../protocol/chain-messages.ts";
import type { BlobNumber } from "../protocol/content.ts";
import type { Done, Order } from "../protocol/messages.ts";

/** All that a demand sends or is sent. */
export type DemandMessage =
  | Order
  | Done
  /** An arrival but for its jitter. */
  | { readonly kind: "arrival-due" }
  | { readonly kind: "arrival" }
  | { readonly kind: "think-over"; readonly user: number }
  | { readonly kind: "surge-begins" }
  /** The owner of a blob has the chain change its life. */
  | LifeChange
  | { readonly kind: "life-due"; readonly change: LifeChange }
  /** From a demand for writes to one for the reads that follow them. */
  | { readonly kind: "blob-written"; readonly blob: BlobNumber; readonly bytes: number }
  | { readonly kind: "read-due"; readonly blob: BlobNumber; readonly bytes: number };
