import type { ActorId } from "../engine/actor.ts";
import type { SimTime } from "../engine/sim-time.ts";
import type { ChainEvent } from "./chain-messages.ts";
import type { BlobNumber, ShardSlice } from "./content.ts";
import type { Answer, CallId } from "./requests.ts";

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
