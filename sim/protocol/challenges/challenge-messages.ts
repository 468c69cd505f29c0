import type { ActorId } from "../../engine/actor.ts";
import type { SimTime } from "../../engine/sim-time.ts";
import type { BlobNumber, Metadata, SymbolSlice } from "../content.ts";

/** Of one blob: what one node gives another. */
export interface BlobSymbols {
  readonly metadata: Metadata;
  readonly slice: SymbolSlice;
}

/** What the chain has to say of a challenge. */
export type ChallengeNotice =
  /** From here on no node gives anything of any blob. */
  | { readonly kind: "challenge-announced"; readonly challenge: number }
  | {
      readonly kind: "challenge-begun";
      readonly challenge: number;
      readonly policy: "light" | "full";
      /** Whose committee is challenged. */
      readonly epoch: number;
      readonly blobs: ChallengedBlobs;
    }
  | {
      readonly kind: "challenge-over";
      readonly challenge: number;
      readonly policy: "light" | "full";
      readonly startedAt: SimTime;
      /** Of each node. */
      readonly blobs: number;
    };

/** Blobs by node, drawn; or all there are. */
export type ChallengedBlobs =
  | { readonly drawn: readonly (readonly BlobNumber[])[] }
  | { readonly all: readonly BlobNumber[] };

/** All that is sent because of storage challenges. Nodes are positions in the list of members. */
export type ChallengeMessage =
  | ChallengeNotice
  /** To the contract. */
  | { readonly kind: "challenge-acknowledged"; readonly challenge: number; readonly node: number }
  | { readonly kind: "challenge-passed"; readonly challenge: number; readonly node: number }
  /** Between nodes, over the network: the symbols that slivers of the two have in common. */
  | {
      readonly kind: "challenge-symbols";
      readonly challenge: number;
      readonly node: number;
      /** Whether all are there, and none of them forged. */
      readonly isComplete: boolean;
      /** By blob; none where payloads are counted. */
      readonly symbols: readonly BlobSymbols[] | undefined;
    }
  | { readonly kind: "challenge-certificate"; readonly challenge: number; readonly node: number }
  /** From a cheat, for what it does not keep; `fault` tells its colluders. */
  | {
      readonly kind: "gather-symbols";
      readonly challenge: number;
      readonly node: number;
      readonly fault: number;
      /** Of the answer, for each of the answerer's shards. */
      readonly bytesPerShard: number;
    }
  | { readonly kind: "symbols-gathered"; readonly challenge: number; readonly node: number }
  /** Reminders. */
  | { readonly kind: "challenge-due" }
  | { readonly kind: "challenge-draw"; readonly challenge: number }
  | { readonly kind: "challenge-closing"; readonly challenge: number }
  | { readonly kind: "challenge-notice"; readonly to: ActorId; readonly notice: ChallengeNotice }
  | {
      readonly kind: "challenge-recorded";
      readonly what: "acknowledged" | "passed";
      readonly challenge: number;
      readonly node: number;
    }
  /** A node has read and expanded what it is to send. */
  | { readonly kind: "challenge-prepared"; readonly challenge: number; readonly life: number };
