import type { ForeignSlivers } from "../codec/red-stuff/mis-encode.ts";
import type { OperationState } from "./operation.ts";

/** The fan-out of one write to its nodes. Plain data. */
export interface UploadState {
  /** Members to upload to, in the order of starting. */
  readonly nodes: readonly number[];
  /** Sliver requests that may still be opened, over all nodes. */
  permits: number;
  /** Next pair to send, by member. */
  readonly next: Map<number, number>;
  /** Positions that a member turned out to have already. */
  readonly stored: Map<number, ReadonlySet<number>>;
  /** Requests open, by member. */
  readonly open: Map<number, number>;
  /** 1 for each member that gave up. */
  readonly failed: Record<number, 1>;
  /** Members that wait for a permit, first come, first served. */
  readonly waiting: number[];
  storedWeight: number;
  settledCount: number;
}

/** A write under way. Plain data. */
export interface WriteState extends OperationState {
  readonly kind: "write";
  readonly write: number;
  readonly bytes: number;
  /** A cheat's slivers that fit no others. */
  readonly foreign: ForeignSlivers | undefined;
  readonly lifetime: number | undefined;
  isRegistered: boolean;
  statusWeight: number;
  upload: UploadState;
  /** 1 for each node whose confirmation is in. */
  readonly confirmed: Uint8Array;
  confirmedWeight: number;
  reuploads: number;
  /** Time in each phase, summed over rounds. */
  readonly spent: number[];
  bytesSent: number;
}
