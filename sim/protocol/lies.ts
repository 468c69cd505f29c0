import type { ActorId } from "../engine/actor.ts";
import type { Duration } from "../engine/sim-time.ts";

/** One way in which a node does other than it should. A node may have several at once. */
export type Lie =
  /** Serves garbage. */
  | { readonly kind: "wrong-bytes" }
  /** Answers no requests for what it holds: none at all, or none of some blobs or of some askers. */
  | {
      readonly kind: "withhold";
      readonly blobs?: BlobChoice | undefined;
      readonly from?: readonly ActorId[] | undefined;
    }
  /** Takes what it is sent, confirms it, and keeps none of it. */
  | { readonly kind: "sign-without-storing" }
  /** Keeps but a share of what it confirms, as if it had never been sent the rest. */
  | { readonly kind: "keep-share"; readonly share: number; readonly salt: number }
  /** Answers no sooner than so long after the request came: just before its asker gives up. */
  | {
      readonly kind: "delay";
      readonly clients: Duration;
      /** Nodes that recover: what they ask of metadata, and of slivers and symbols. */
      readonly metadata: Duration;
      readonly symbols: Duration;
    }
  /** Does not give a shard to its next owner. */
  | { readonly kind: "refuse-handover" }
  /** Says at once that it has all shards it gained. */
  | { readonly kind: "attest-falsely" };

/** The lies that need no more to be told. */
export type PlainLie = Exclude<Lie["kind"], "delay" | "keep-share">;

/** The lies that liars may tell; to keep a share is a fault of its own. */
export type LieKind = Exclude<Lie["kind"], "keep-share">;

/** Some of all blobs, the same for all nodes that one fault strikes. */
export type BlobChoice =
  /** So many, by number: under Zipf the most popular ones. */
  | { readonly oldest: number }
  /** Evenly chosen by their numbers. */
  | { readonly share: number };

/** What one fault has made of a node. */
export interface ToldLies {
  readonly fault: number;
  readonly lies: readonly Lie[];
}
