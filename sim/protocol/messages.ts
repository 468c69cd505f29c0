import type { ActorId } from "../engine/actor.ts";
import type { BlobNumber, Metadata, SliverSlice } from "./content.ts";

/** Number of a request within its client; answers repeat it. */
export type CallId = number;

/** Why a node did not do what it was asked. `unavailable` and `not-registered` are worth a retry. */
export type Refusal = "unavailable" | "not-registered" | "not-found" | "reset";

/** From a demand to a client, instant and free. */
export type Order =
  | {
      readonly kind: "start-read";
      /** Serial number of the read within the run. */
      readonly read: number;
      readonly blob: BlobNumber;
      /** The whole blob when absent. */
      readonly range?: { readonly offset: number; readonly bytes: number } | undefined;
      readonly replyTo: ActorId;
    }
  | {
      readonly kind: "start-write";
      /** Serial number of the write within the run. */
      readonly write: number;
      readonly blob: BlobNumber;
      readonly bytes: number;
      readonly replyTo: ActorId;
    };

/** From a client back to the demand that ordered, instant and free. */
export type Done =
  | {
      readonly kind: "read-done";
      readonly read: number;
      readonly blob: BlobNumber;
      readonly outcome: ReadOutcome;
    }
  | {
      readonly kind: "write-done";
      readonly write: number;
      readonly blob: BlobNumber;
      readonly bytes: number;
      readonly outcome: WriteOutcome;
    };

/** From a client to a storage node, over the network. */
export type Request =
  /** One round trip of opening a connection (TCP, then TLS). */
  | { readonly kind: "connect"; readonly call: CallId }
  | { readonly kind: "get-status"; readonly call: CallId; readonly blob: BlobNumber }
  | { readonly kind: "put-metadata"; readonly call: CallId; readonly metadata: Metadata }
  | {
      readonly kind: "put-slivers";
      readonly call: CallId;
      readonly blob: BlobNumber;
      readonly slivers: SliverSlice;
    }
  | { readonly kind: "get-confirmation"; readonly call: CallId; readonly blob: BlobNumber }
  | { readonly kind: "get-metadata"; readonly call: CallId; readonly blob: BlobNumber }
  | {
      readonly kind: "get-slivers";
      readonly call: CallId;
      readonly blob: BlobNumber;
      /** Primary slivers at positions `first` to `first + count - 1` of those the node is to hold. */
      readonly first: number;
      readonly count: number;
    }
  | {
      /** Symbols, one from each secondary sliver the node holds, for each of some primary slivers. */
      readonly kind: "get-symbols";
      readonly call: CallId;
      readonly blob: BlobNumber;
      readonly blobBytes: number;
      /** Primary slivers to be rebuilt. */
      readonly targets: number;
    };

/** From a storage node back to the client that asked. */
export type Answer = { readonly answer: true; readonly call: CallId } & (
  | { readonly kind: "connected" }
  | { readonly kind: "status"; readonly stored: boolean }
  | { readonly kind: "metadata-stored" }
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
  | { readonly kind: "refused"; readonly why: Refusal }
);

/** Between clients, the chain and the nodes' view of it: latencies are the ledger's own. */
export type ChainMessage =
  | { readonly kind: "register"; readonly call: CallId; readonly blob: BlobNumber }
  | {
      readonly kind: "certify";
      readonly call: CallId;
      readonly blob: BlobNumber;
      readonly bytes: number;
      /** Weight of the confirmations, in shards. */
      readonly weight: number;
    }
  | { readonly kind: "transaction-done"; readonly call: CallId; readonly accepted: boolean }
  | { readonly kind: "blob-registered"; readonly blob: BlobNumber };

/** What befalls a storage node, sent by fault injectors, instant and free. */
export type Mishap =
  | { readonly kind: "crash"; readonly fault: number }
  | { readonly kind: "restart"; readonly fault: number }
  /** Loses this share of what the disks hold; 1 loses all. */
  | { readonly kind: "lose-disk"; readonly fault: number; readonly share: number }
  | { readonly kind: "behave"; readonly behaviour: Behaviour; readonly fault: number }
  /** All work takes `factor` times as long; 1 ends it. */
  | { readonly kind: "slow-service"; readonly factor: number; readonly fault: number };

export type Behaviour = "honest" | "wrong-bytes" | "withhold" | "sign-without-storing";

/** Reminders that actors of the protocol send to themselves. */
export type Reminder =
  | { readonly kind: "deadline" }
  | { readonly kind: "call-retry"; readonly call: CallId }
  /** The run is over: what is still under way ends as a timeout. */
  | { readonly kind: "run-over" }
  | { readonly kind: "audit" }
  | { readonly kind: "phase-over"; readonly operation: number; readonly phase: number }
  | {
      readonly kind: "work-done";
      readonly to: ActorId;
      readonly reply: Answer;
      readonly bytes: number;
      /** A restart in between resets the connection. */
      readonly life: number;
    }
  | { readonly kind: "finalized"; readonly to: ActorId; readonly call: CallId }
  | {
      readonly kind: "certified";
      readonly to: ActorId;
      readonly call: CallId;
      readonly blob: BlobNumber;
      readonly bytes: number;
      readonly accepted: boolean;
    }
  | { readonly kind: "propagate"; readonly to: ActorId; readonly blob: BlobNumber };

export type WalrusMessage = Order | Done | Request | Answer | ChainMessage | Mishap | Reminder;

/** How a read ended; exactly one each. */
export type ReadOutcome =
  | "ok"
  /** All holders were asked, and too few valid slivers came. */
  | "not-enough-slivers"
  /** Still waiting when the run was over. */
  | "timeout"
  /** A quorum of shards said that the blob does not exist. */
  | "not-found"
  /** No node that was asked gave metadata. */
  | "metadata-unavailable"
  /** Metadata came, and none of it verified. */
  | "corrupted-metadata"
  /** The slivers decode, but not to what the metadata commits to. */
  | "inconsistent-blob";

/** How a write ended; exactly one each. */
export type WriteOutcome =
  | "ok"
  /** Too few nodes answered what they know of the blob, before anything was paid. */
  | "not-enough-status"
  /** The nodes that confirmed hold less than the quorum of shards. */
  | "not-enough-confirmations"
  | "certification-failed"
  /** Still waiting when the run was over. */
  | "timeout";
