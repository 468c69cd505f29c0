import type { Axis } from "../codec/code.ts";
import type { ForeignSlivers } from "../codec/red-stuff/mis-encode.ts";
import type { ActorId } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import type { ChallengeMessage } from "./challenges/challenge-messages.ts";
import type {
  BlobNumber,
  InconsistencyEvidence,
  Metadata,
  ShardSlice,
  SliverSlice,
  SymbolSlice,
} from "./content.ts";
import type { Lie } from "./lies.ts";

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
      /** Serial number of the write within the run; below 0 for an attacker's. */
      readonly write: number;
      readonly blob: BlobNumber;
      readonly bytes: number;
      /** A cheat's: which slivers are to be foreign to the others. */
      readonly misEncoding?: MisEncoding | undefined;
      /** Epochs that it is paid for, the present one included; longer than the run unless given. */
      readonly lifetime?: number | undefined;
      readonly replyTo: ActorId;
    };

/** How a cheat encodes: `count` slivers of an axis, next to each other, fit no others. */
export interface MisEncoding {
  readonly axis: ForeignSlivers["axis"];
  readonly slivers: number;
  /** Among which: those that are the blob itself, those that repair it, or all. */
  readonly among: "systematic" | "repair" | "any";
}

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

/** From a client, or a node that recovers what it lacks, to a storage node, over the network. */
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
  /** `existed`: and was so before. */
  | { readonly kind: "metadata-stored"; readonly existed: boolean }
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

/** What befalls a storage node, sent by fault injectors, instant and free. */
export type Mishap =
  | { readonly kind: "crash"; readonly fault: number }
  | { readonly kind: "restart"; readonly fault: number }
  /** Loses this share of what the disks hold; 1 loses all. */
  | { readonly kind: "lose-disk"; readonly fault: number; readonly share: number }
  /** The lies of one fault, beside those of others; none ends them. */
  | { readonly kind: "behave"; readonly lies: readonly Lie[]; readonly fault: number }
  /** All work takes `factor` times as long; 1 ends it. */
  | { readonly kind: "slow-service"; readonly factor: number; readonly fault: number };

/** Reminders that actors of the protocol send to themselves. */
export type Reminder =
  | { readonly kind: "deadline" }
  | { readonly kind: "call-retry"; readonly call: CallId }
  /** The run is over: what is still under way ends as a timeout. */
  | { readonly kind: "run-over" }
  | { readonly kind: "audit" }
  | { readonly kind: "look-at-health" }
  | {
      readonly kind: "phase-over";
      readonly operation: number;
      readonly phase: number;
      /** Times the operation had begun anew by then: one that did so since is in no such phase any more. */
      readonly restarts: number;
    }
  /** The committee has changed under it. */
  | { readonly kind: "restart-operation"; readonly operation: number; readonly restarts: number }
  | {
      readonly kind: "work-done";
      readonly to: ActorId;
      readonly reply: Answer;
      readonly bytes: number;
      /** A restart in between resets the connection. */
      readonly life: number;
    }
  | {
      readonly kind: "finalized";
      readonly to: ActorId;
      readonly call: CallId;
      readonly blob: BlobNumber;
    }
  | {
      readonly kind: "certified";
      readonly to: ActorId;
      readonly call: CallId;
      readonly blob: BlobNumber;
      readonly bytes: number;
      readonly epoch: number;
      readonly accepted: boolean;
    }
  | {
      readonly kind: "invalidated";
      readonly blob: BlobNumber;
      readonly node: number;
      readonly detectedAt: SimTime;
    }
  | { readonly kind: "propagate"; readonly to: ActorId; readonly event: ChainEvent }
  | RecoveryReminder;

/** A restart makes those of an earlier life void; what is no longer under way is passed over. */
type RecoveryReminder =
  /** The wait for the client's own upload is over. */
  | { readonly kind: "sync-due"; readonly blob: BlobNumber; readonly life: number }
  | { readonly kind: "ask-metadata-again"; readonly blob: BlobNumber; readonly startedAt: SimTime }
  | { readonly kind: "ask-symbols-again"; readonly recovery: number }
  | { readonly kind: "prove-again"; readonly blob: BlobNumber; readonly startedAt: SimTime }
  /** Recovered slivers have been decoded and stored. */
  | { readonly kind: "slivers-recovered"; readonly recovery: number }
  | {
      readonly kind: "recovery-deadline";
      readonly of: "metadata" | "slivers" | "proofs";
      readonly life: number;
    }
  | { readonly kind: "scrub" }
  | EpochReminder;

/** The same of shard syncs. */
export type EpochReminder =
  | { readonly kind: "epoch-call-over"; readonly call: CallId; readonly life: number }
  /** The pause is over: asks the previous owner again. */
  | { readonly kind: "sync-shard-again"; readonly sync: number; readonly batch: number }
  /** What the previous owner gave has been verified and stored. */
  | {
      readonly kind: "shard-slivers-stored";
      readonly sync: number;
      readonly batch: number;
      readonly asked: readonly BlobNumber[];
      readonly slivers: ShardSlice;
    }
  /** Time to recover what previous owners did not give. */
  | { readonly kind: "shard-recovery-pass"; readonly life: number }
  /** Time to delete what expired, or was deleted, before an epoch. */
  | { readonly kind: "collect-garbage"; readonly epoch: number };

export type WalrusMessage =
  | Order
  | Done
  | Request
  | Answer
  | ChainMessage
  | Mishap
  | Reminder
  | ChallengeMessage;

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
  /** The slivers decode, but not to what the metadata commits to; or the chain says so. */
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
