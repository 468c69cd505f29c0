import type { ActorId } from "../../engine/actor.ts";
import type { Metadata, ShardSlice } from "../content.ts";
import type { ToldLies } from "../lies.ts";
import { faultBehind, faultDropping, faultSilencing, faultWithholding } from "../node-behaviour.ts";
import type { Payload } from "../payload.ts";
import type { Placement } from "../placement.ts";
import type { Answer, Request } from "../requests.ts";
import { lacksSliver, type SliverStore, storesShard } from "../sliver-store.ts";

/** What a node's hand-over of a shard rests on. */
export interface HandOver {
  readonly store: SliverStore;
  /** Of the epoch that the node is in. */
  readonly placement: Placement;
  readonly payload: Payload;
  readonly lies: readonly ToldLies[];
  /** Whether it leaves, and gives nothing to anybody. */
  readonly isRefusing: boolean;
  readonly asker: ActorId;
  metadataOf(blob: number): Metadata | undefined;
}

type SyncRequest = Extract<Request, { kind: "sync-shard" }>;

/**
 * The previous owner's answer, none if it is silent, and the faults whose lies are in it. Of blobs that it withholds
 * from the asker, or has not kept, it gives nothing.
 */
export function handOver(
  request: SyncRequest,
  from: HandOver,
): { readonly answer: Answer | undefined; readonly bites: readonly number[] } {
  const { lies, asker } = from;
  const silencer = faultSilencing(lies, asker);
  if (silencer !== undefined) return { answer: undefined, bites: [silencer] };
  const refuser = faultBehind(lies, "refuse-handover");
  const bites = new Set<number>();
  const blobs = request.blobs.filter((blob) => {
    const fault = faultDropping(lies, blob) ?? faultWithholding(lies, blob, asker);
    if (fault !== undefined) bites.add(fault);
    return fault === undefined;
  });
  const given = { ...request, blobs };
  const answer = honestAnswer(given, from, from.isRefusing || refuser !== undefined);
  if (refuser !== undefined) return { answer, bites: [refuser] };
  if (answer.kind !== "shard-slivers") return { answer, bites: [] };
  const forger = faultBehind(lies, "wrong-bytes");
  if (forger === undefined) return { answer, bites: [...bites] };
  bites.add(forger);
  return { answer: { ...answer, slivers: corrupted(answer.slivers) }, bites: [...bites] };
}

/**
 * What it has of what is asked for. It gives only in the epoch that the asker names;
 * that the asker owns the shard then goes without saying here, for nobody asks for another.
 */
function honestAnswer(request: SyncRequest, from: HandOver, isRefused: boolean): Answer {
  const { call, epoch, shard } = request;
  const refuse = (why: "other-epoch" | "unavailable" | "not-found"): Answer => ({
    kind: "refused",
    answer: true,
    call,
    why,
  });
  if (from.placement.epoch !== epoch) return refuse("other-epoch");
  if (isRefused) return refuse("unavailable");
  if (!storesShard(from.store, shard)) return refuse("not-found");
  return { kind: "shard-slivers", answer: true, call, slivers: sliceOf(request, from) };
}

function sliceOf({ shard, axis, blobs }: SyncRequest, from: HandOver): ShardSlice {
  const { store, placement, payload, metadataOf } = from;
  const held = blobs.filter(
    (blob) => metadataOf(blob) !== undefined && !lacksSliver(store, blob, axis, shard),
  );
  let sliverBytes = 0;
  const data: Uint8Array[] = [];
  for (const blob of held) {
    const metadata = metadataOf(blob) as Metadata;
    const { primaryBytes, secondaryBytes } = placement.sizes(metadata.bytes);
    sliverBytes += axis === "primary" ? primaryBytes : secondaryBytes;
    const sliver = payload.sliver(metadata, axis, placement.pairOn(blob, shard) as number);
    if (sliver !== undefined) data.push(sliver);
  }
  const slice = { shard, axis, blobs: held, sliverBytes, isWrong: false };
  return data.length > 0 ? { ...slice, data } : slice;
}

// The same from a node that lies about the bytes.
function corrupted(slice: ShardSlice): ShardSlice {
  if (slice.data === undefined) return { ...slice, isWrong: true };
  const data = slice.data.map((sliver) => {
    const lie = sliver.slice();
    lie[0] = (lie[0] as number) ^ 1;
    return lie;
  });
  return { ...slice, isWrong: true, data };
}
