import type { Axis } from "../codec/code.ts";
import type {
  BlobNumber,
  InconsistencyEvidence,
  Metadata,
  ShardSlice,
  SliverSlice,
  SymbolSlice,
} from "./content.ts";

/** Number of a request within its client; answers repeat it. */
export type CallId = number;

/** Why a node did not do what it was asked. `unavailable`, `not-registered` and `other-epoch` are worth a retry. */
export type Refusal =
  | "unavailable"
  | "not-registered"
  | "not-found"
  | "reset"
  /** The node's committee is of another epoch than the asker's. */
  | "other-epoch"
  /** The chain says that the blob was encoded wrongly. */
  | "invalid"
  /** What was sent is no proof. */
  | "not-proven";

/** From a client, or a node that recovers what it lacks, to a storage node, over the network. */
export type Request =
  /** One round trip of opening a connection (TCP, then TLS). */
  | { readonly kind: "connect"; readonly call: CallId }
  | { readonly kind: "get-status"; readonly call: CallId; readonly blob: BlobNumber }
  | { readonly kind: "get-metadata-status"; readonly call: CallId; readonly blob: BlobNumber }
  | { readonly kind: "put-metadata"; readonly call: CallId; readonly metadata: Metadata }
  | {
      readonly kind: "put-slivers";
      readonly call: CallId;
      readonly blob: BlobNumber;
      readonly slivers: SliverSlice;
    }
  | {
      /** Which of the sliver pairs it is to hold of the blob a node lacks. */
      readonly kind: "get-sliver-status";
      readonly call: CallId;
      readonly blob: BlobNumber;
      readonly epoch: number;
    }
  | {
      readonly kind: "get-confirmation";
      readonly call: CallId;
      readonly blob: BlobNumber;
      /** Whose committee the writer collects confirmations of. */
      readonly epoch: number;
    }
  | { readonly kind: "get-metadata"; readonly call: CallId; readonly blob: BlobNumber }
  | {
      readonly kind: "get-slivers";
      readonly call: CallId;
      readonly blob: BlobNumber;
      /** Whose committee the positions are of. */
      readonly epoch: number;
      /** Primary slivers at positions `first` to `first + count - 1` of those the node is to hold. */
      readonly first: number;
      readonly count: number;
    }
  | {
      /** Symbols, one from each secondary sliver the node holds, for each of some primary slivers. */
      readonly kind: "get-symbols";
      readonly call: CallId;
      readonly blob: BlobNumber;
      readonly epoch: number;
      readonly blobBytes: number;
      /** Primary slivers to be rebuilt. */
      readonly targets: number;
    }
  | {
      /** Symbols with proofs, from the node's slivers of the other axis at these positions. */
      readonly kind: "get-recovery-symbols";
      readonly call: CallId;
      readonly blob: BlobNumber;
      readonly epoch: number;
      /** Of the slivers to be recovered, and their pairs. */
      readonly axis: Axis;
      readonly targets: readonly number[];
      readonly first: number;
      readonly count: number;
    }
  | {
      /** Slivers of one axis of these blobs, all of one shard, for its next owner. */
      readonly kind: "sync-shard";
      readonly call: CallId;
      readonly epoch: number;
      readonly shard: number;
      readonly axis: Axis;
      readonly blobs: readonly BlobNumber[];
    }
  | {
      /** Asks to attest that the blob was encoded wrongly. */
      readonly kind: "put-proof";
      readonly call: CallId;
      readonly blob: BlobNumber;
      readonly evidence: InconsistencyEvidence;
    };

/** From a storage node back to whoever asked. */
export type Answer = { readonly answer: true; readonly call: CallId } & (
  | { readonly kind: "connected" }
  | {
      readonly kind: "status";
      readonly stored: boolean;
      /** Whether it was certified in the epoch that the node is in. */
      readonly isOfThisEpoch: boolean;
    }
  | { readonly kind: "metadata-status"; readonly stored: boolean }
  | { readonly kind: "metadata-stored" }
  /** Positions of the pairs of which something is not stored. */
  | { readonly kind: "sliver-status"; readonly lacking: readonly number[] }
  | { readonly kind: "slivers-stored" }
  | { readonly kind: "confirmed" }
  | { readonly kind: "metadata"; readonly metadata: Metadata }
  | { readonly kind: "slivers"; readonly slivers: SliverSlice }
  | {
      readonly kind: "symbols";
      /** Secondary slivers they are from. */
      readonly sources: number;
      readonly targets: number;
      readonly blobBytes: number;
    }
  | { readonly kind: "recovery-symbols"; readonly symbols: SymbolSlice }
  | { readonly kind: "shard-slivers"; readonly slivers: ShardSlice }
  | { readonly kind: "inconsistency-attested" }
  | { readonly kind: "refused"; readonly why: Refusal }
);
