import type { ForeignSlivers } from "../codec/red-stuff/mis-encode.ts";
import type { ActorId } from "../engine/actor.ts";
import type { ChainMessage } from "./chain-messages.ts";
import type { ChallengeMessage } from "./challenges/challenge-messages.ts";
import type { BlobNumber } from "./content.ts";
import type { Lie } from "./lies.ts";
import type { Reminder } from "./reminders.ts";
import type { Answer, Request } from "./requests.ts";

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
  /** The same, of a blob that expired or was deleted while it was being read. */
  | "expired"
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
