import { otherAxis } from "../codec/red-stuff/shape.ts";
import { type BlobSet, hasBlob } from "./blob-set.ts";
import type { BlobNumber, Metadata } from "./content.ts";
import type { Payload } from "./payload.ts";
import type { Placement } from "./placement.ts";
import type { Answer, Refusal, Request } from "./requests.ts";
import type { SliverStore } from "./sliver-store.ts";
import {
  absentSlivers,
  addMetadata,
  addPairs,
  hasMetadata,
  heldCount,
  heldMetadata,
  isWhole,
  lackingPairs,
} from "./sliver-store.ts";

/** What a node's answers rest on. */
export interface Shelf {
  readonly index: number;
  readonly store: SliverStore;
  readonly registered: BlobSet;
  readonly invalid: BlobSet;
  readonly over: BlobSet;
  /** Of the epoch that the node is in. */
  readonly placement: Placement;
  readonly payload: Payload;
  /** Sizes of the blobs stored before the world began. */
  readonly preloadedBytes: readonly number[];
  /** Whether the blob was certified in the epoch that the node is in, as far as it knows. */
  isOfThisEpoch(blob: BlobNumber): boolean;
}

export type WorkRequest = Exclude<Request, { kind: "connect" | "sync-shard" }>;

export const refusal = (call: number, why: Refusal): Answer => ({
  kind: "refused",
  answer: true,
  call,
  why,
});

/** An honest node's answer; what is to be stored is stored with it. */
export function answerTo(request: WorkRequest, shelf: Shelf): Answer {
  const { call } = request;
  const { store } = shelf;
  if (hasBlob(shelf.invalid, blobOf(request))) return refusal(call, "invalid");
  if (hasBlob(shelf.over, blobOf(request))) return refusal(call, "not-found");
  switch (request.kind) {
    case "get-status":
      return {
        kind: "status",
        answer: true,
        call,
        stored: hasMetadata(store, request.blob),
        isOfThisEpoch: shelf.isOfThisEpoch(request.blob),
      };
    case "get-metadata-status": {
      const stored = hasMetadata(store, request.blob);
      return { kind: "metadata-status", answer: true, call, stored };
    }
    case "put-metadata": {
      const { metadata } = request;
      if (!hasBlob(shelf.registered, metadata.blob)) return refusal(call, "not-registered");
      addMetadata(store, metadata);
      return { kind: "metadata-stored", answer: true, call };
    }
    case "put-slivers": {
      const { epoch, first, count } = request.slivers;
      const shards = shardsIn(epoch, request.blob, shelf);
      if (!owns(shelf, epoch, shards, first, count)) return refusal(call, "other-epoch");
      const isStored = addPairs(store, request.blob, shards, first, count);
      if (!isStored) return refusal(call, "not-found");
      return { kind: "slivers-stored", answer: true, call };
    }
    case "get-sliver-status": {
      const shards = shardsIn(request.epoch, request.blob, shelf);
      const lacking = lackingPairs(store, request.blob, shards);
      return { kind: "sliver-status", answer: true, call, lacking };
    }
    case "get-confirmation":
      if (request.epoch !== shelf.placement.epoch) return refusal(call, "other-epoch");
      if (!isWhole(store, request.blob, shardsHere(request.blob, shelf)))
        return refusal(call, "not-found");
      return { kind: "confirmed", answer: true, call };
    case "get-metadata": {
      const metadata = metadataOf(request.blob, shelf);
      if (metadata === undefined) return refusal(call, "not-found");
      return { kind: "metadata", answer: true, call, metadata };
    }
    case "get-slivers": {
      const { blob, epoch, first, count } = request;
      const metadata = metadataOf(blob, shelf);
      if (metadata === undefined) return refusal(call, "not-found");
      const absent = absentSlivers(
        store,
        blob,
        "primary",
        shardsIn(epoch, blob, shelf),
        first,
        count,
      );
      if (absent.length === count) return refusal(call, "not-found");
      const slivers = shelf.payload.slice(metadata, epoch, shelf.index, first, count, absent);
      return { kind: "slivers", answer: true, call, slivers };
    }
    case "get-symbols": {
      const { blob, epoch, blobBytes, targets } = request;
      if (!hasMetadata(store, blob)) return refusal(call, "not-found");
      const sources = heldCount(store, blob, "secondary", shardsIn(epoch, blob, shelf));
      return { kind: "symbols", answer: true, call, sources, targets, blobBytes };
    }
    case "get-recovery-symbols": {
      const { blob, epoch, axis, targets, first, count } = request;
      const metadata = metadataOf(blob, shelf);
      if (metadata === undefined) return refusal(call, "not-found");
      const shards = shardsIn(epoch, blob, shelf);
      const absent = absentSlivers(store, blob, otherAxis(axis), shards, first, count);
      if (absent.length === count) return refusal(call, "not-found");
      const wanted = { epoch, node: shelf.index, axis, targets, first, count, absent };
      const symbols = shelf.payload.symbols.slice(metadata, wanted);
      return { kind: "recovery-symbols", answer: true, call, symbols };
    }
    case "put-proof": {
      const metadata = metadataOf(request.blob, shelf);
      if (metadata === undefined) return refusal(call, "not-found");
      const isProof = shelf.payload.symbols.proves(metadata, request.evidence);
      if (!isProof) return refusal(call, "not-proven");
      return { kind: "inconsistency-attested", answer: true, call };
    }
  }
}

export const blobOf = (request: WorkRequest): BlobNumber =>
  request.kind === "put-metadata" ? request.metadata.blob : request.blob;

/** The node's shards that take a pair of the blob. */
export const shardsHere = (blob: BlobNumber, { placement, index }: Shelf): readonly number[] =>
  placement.shards(blob, index);

/** The same in an epoch's committee: what a request is about, whichever epoch the node is in. */
export const shardsIn = (epoch: number, blob: BlobNumber, { placement, index }: Shelf) =>
  placement.at(epoch).shards(blob, index);

// Shards that it has lost are locked: they are read and handed over, and nothing is added.
function owns(
  { placement, index }: Shelf,
  epoch: number,
  shards: readonly number[],
  first: number,
  count: number,
): boolean {
  if (epoch === placement.epoch) return true;
  for (let position = first; position < first + count; position++) {
    if (placement.ownerOf(shards[position] as number) !== index) return false;
  }
  return true;
}

/** The metadata of a blob, if the node has it. */
export function metadataOf(blob: BlobNumber, shelf: Shelf): Metadata | undefined {
  if (blob >= shelf.store.preloaded) return heldMetadata(shelf.store, blob);
  return shelf.payload.metadata(blob, shelf.preloadedBytes[blob] as number);
}
