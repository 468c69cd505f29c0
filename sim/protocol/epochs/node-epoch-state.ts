import type { Axis } from "../../codec/code.ts";
import type { SimTime } from "../../engine/sim-time.ts";
import type { BlobNumber } from "../content.ts";
import type { CallId } from "../requests.ts";

/** A shard that a node has gained and does not fully hold yet. Plain data. */
export interface ShardSync {
  readonly id: number;
  readonly epoch: number;
  readonly shard: number;
  /** The previous owner. */
  readonly from: number;
  readonly startedAt: SimTime;
  /** `waiting` for others to end, `transferring` from the previous owner, `recovering` what did not come. */
  phase: "waiting" | "transferring" | "recovering";
  axis: Axis;
  /** How many of the blobs to be synced have been asked for, of this axis. */
  next: number;
  /** Where the batch that is out began, and how many there were up to it: what came of another is over. */
  batchFrom: number;
  batch: number;
  /** The request that is out; one at a time. */
  call: CallId | undefined;
  /** Requests in a row that came to nothing. */
  pauses: number;
  progressAt: SimTime;
  /** Blobs of which the previous owner did not give what verifies, and how many slivers of each. */
  readonly pending: Map<BlobNumber, number>;
  slivers: number;
  bytes: number;
  recoveredSlivers: number;
  recoveryBytes: number;
}

/** A new member fetching the metadata of all certified blobs. Plain data. */
export interface MetadataSync {
  readonly startedAt: SimTime;
  /** How many of the blobs have been asked for. */
  next: number;
  open: number;
  blobs: number;
  bytes: number;
}

/** A request of a node that syncs: for slivers of a shard, or for metadata of a blob. */
export type EpochCall =
  | { readonly kind: "shard"; readonly sync: number; readonly blobs: readonly BlobNumber[] }
  | { readonly kind: "metadata"; readonly blob: BlobNumber };

export type NodeLife = "standby" | "active" | "recover-metadata" | "catch-up" | "recovering";

/** All that changes in how a node takes part in epochs. Plain data. */
export interface NodeEpochState {
  /** The last epoch whose beginning it has heard of, and when. */
  epoch: number;
  startedAt: SimTime;
  /** Until it hears that enough members have their shards. */
  isSyncing: boolean;
  /** Certified since the epoch began: their readers and writers know the new committee. */
  readonly certifiedNow: Set<BlobNumber>;
  hasAttested: boolean;
  /** Whether it gained shards of which it will hold nothing, being one that does not keep its duty. */
  isShort: boolean;
  life: NodeLife;
  /** Blobs certified before the epoch, beside those that came with the world; while it asks for them, none. */
  list: readonly BlobNumber[] | undefined;
  /** By id, in the order of the shards' coming. */
  readonly syncs: Map<number, ShardSync>;
  nextSync: number;
  metadata: MetadataSync | undefined;
  /** Requests that are out, and who was asked. */
  readonly calls: Map<CallId, EpochCall & { readonly node: number }>;
  /** Whether what is pending is being recovered, and whether the reminder of the next pass is set. */
  isInPass: boolean;
  isPassDue: boolean;
}

export const newNodeEpochState = (isMember: boolean): NodeEpochState => ({
  epoch: 1,
  startedAt: 0,
  isSyncing: false,
  certifiedNow: new Set(),
  hasAttested: true,
  isShort: false,
  life: isMember ? "active" : "standby",
  list: undefined,
  syncs: new Map(),
  nextSync: 0,
  metadata: undefined,
  calls: new Map(),
  isInPass: false,
  isPassDue: false,
});

export function syncOfShard(
  { syncs }: Pick<NodeEpochState, "syncs">,
  shard: number,
): ShardSync | undefined {
  for (const sync of syncs.values()) if (sync.shard === shard) return sync;
  return undefined;
}
