import type { Duration } from "../../engine/sim-time.ts";
import type { BlobNumber } from "../content.ts";
import { requestBytes } from "../message-bytes.ts";
import type { Member } from "../placement.ts";
import type { RecoveryDesk } from "../recovery-desk.ts";
import type { CallId, Request } from "../requests.ts";
import type { EpochCall, NodeEpochState, NodeLife } from "./node-epoch-state.ts";
import type { ShardSyncParameters } from "./parameters.ts";

/** What shard syncs can see and do of the node they are for, lent for one step: all that recovery can, too. */
export interface EpochDesk {
  readonly recovery: RecoveryDesk;
  readonly epochs: NodeEpochState;
  readonly parameters: ShardSyncParameters;
  /** Whether it recovers at all. */
  readonly canRecover: boolean;
  /** The fault for which it says at once that it holds what it gained; undefined if it does not. */
  readonly falseAttester: number | undefined;
  /** How long it takes to verify and store so many slivers, of so many bytes together. */
  verifyingTime(slivers: number, bytes: number): Duration;
  /** Begins to recover what the node lacks of a blob and is to recover itself. */
  recover(blob: BlobNumber): void;
  /** What was under way is to be planned anew, for another committee. */
  replan(): void;
}

/** Sends a request to a node and waits for it, up to a limit. */
export function ask(
  node: number,
  call: EpochCall,
  timeout: number,
  requestOf: (id: CallId) => Request,
  { recovery, epochs }: EpochDesk,
): CallId {
  const { context, state, placement, life } = recovery;
  const id = state.nextCall++;
  const request = requestOf(id);
  epochs.calls.set(id, { ...call, node });
  context.wake(timeout, { kind: "epoch-call-over", call: id, life });
  const { actor } = placement.members[node] as Member;
  context.send(actor, request, requestBytes(request, placement));
  return id;
}

/** Waits no more for a request: what of its answer has not been sent stays unsent. */
export function reset(id: CallId | undefined, { recovery, epochs }: EpochDesk): void {
  const call = id === undefined ? undefined : epochs.calls.get(id);
  if (call === undefined) return;
  const { actor } = recovery.placement.members[call.node] as Member;
  recovery.context.abandon(actor, id as CallId);
}

/** How many blobs a shard is to be synced for, and which. */
export const blobCount = ({ recovery, epochs }: EpochDesk): number =>
  recovery.preloadedCount + (epochs.list as readonly BlobNumber[]).length;

export const blobAt = (index: number, { recovery, epochs }: EpochDesk): BlobNumber =>
  index < recovery.preloadedCount
    ? index
    : ((epochs.list as readonly BlobNumber[])[index - recovery.preloadedCount] as BlobNumber);

export function enter(life: NodeLife, { recovery, epochs }: EpochDesk): void {
  if (epochs.life === life) return;
  epochs.life = life;
  recovery.context.record("node-state", { node: recovery.node, state: life });
}
