import type { SimTime } from "../engine/sim-time.ts";
import type { BlobNumber } from "./content.ts";
import type { CallId } from "./requests.ts";

/** What the chain has to say, numbered in its one order. */
export type ChainEvent =
  | { readonly kind: "blob-registered"; readonly index: number; readonly blob: BlobNumber }
  | { readonly kind: "blob-certified"; readonly index: number; readonly blob: BlobNumber }
  | { readonly kind: "blob-invalid"; readonly index: number; readonly blob: BlobNumber }
  /** Its owner has deleted it. */
  | { readonly kind: "blob-deleted"; readonly index: number; readonly blob: BlobNumber }
  /** A new committee is in office; readers of older blobs stay with the previous one. */
  | {
      readonly kind: "epoch-change-start";
      readonly index: number;
      readonly epoch: number;
      /** Blobs that are paid for no more. */
      readonly expired: readonly BlobNumber[];
    }
  /** Members of enough weight have their shards: readers go to the new committee. */
  | { readonly kind: "epoch-change-done"; readonly index: number; readonly epoch: number };

/** What the owner of a blob has the chain do with it, once it is certified. */
export type LifeChange =
  | { readonly kind: "delete-blob"; readonly blob: BlobNumber }
  | { readonly kind: "extend-blob"; readonly blob: BlobNumber; readonly epochs: number };

interface Attestation {
  readonly epoch: number;
  readonly node: number;
  readonly isFalse: 0 | 1;
  /** When the node heard of the epoch. */
  readonly startedAt: SimTime;
}

/** Between clients, the chain and the nodes' view of it: latencies are the ledger's own. */
export type ChainMessage =
  | {
      readonly kind: "register";
      readonly call: CallId;
      readonly blob: BlobNumber;
      /** Epochs that it is paid for, this one included; longer than the run unless given. */
      readonly lifetime?: number | undefined;
    }
  | LifeChange
  | { readonly kind: "life-final"; readonly change: LifeChange }
  | {
      readonly kind: "certify";
      readonly call: CallId;
      readonly blob: BlobNumber;
      readonly bytes: number;
      /** Weight of the confirmations, in shards, and whose committee they are of. */
      readonly weight: number;
      readonly epoch: number;
    }
  | {
      /** That a blob was encoded wrongly, with attestations. */
      readonly kind: "invalidate";
      readonly blob: BlobNumber;
      /** The node that proved it, and when. */
      readonly node: number;
      readonly detectedAt: SimTime;
      /** Weight of the attestations, in shards. */
      readonly weight: number;
    }
  | { readonly kind: "transaction-done"; readonly call: CallId; readonly accepted: boolean }
  | ChainEvent
  /** From a node that was down: what it has missed. At once and free. */
  | { readonly kind: "get-events"; readonly from: number }
  | { readonly kind: "events"; readonly events: readonly ChainEvent[] }
  /** From a node that goes over all there is. At once and free. */
  | {
      readonly kind: "get-certified";
      /** Those certified before this epoch; all unless given. */
      readonly before?: number | undefined;
    }
  | {
      readonly kind: "certified-blobs";
      readonly blobs: readonly BlobNumber[];
      readonly before: number | undefined;
    }
  /** From a node: it has all shards that it gained, or says so. */
  | ({ readonly kind: "attest" } & Attestation)
  | ({ readonly kind: "attestation-final" } & Attestation)
  /** To the ledger from itself: some member calls the contract. */
  | { readonly kind: "end-voting" }
  | { readonly kind: "start-epoch" }
  /** To the auditor: a node has recovered all that it lacked of a blob. */
  | { readonly kind: "blob-recovered"; readonly blob: BlobNumber };
