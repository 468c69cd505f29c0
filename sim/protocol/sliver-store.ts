import type { BlobNumber, Metadata } from "./content.ts";

/** What a node's disks hold of one blob. Plain data. */
interface Holding {
  readonly metadata: Metadata;
  /** One byte for each sliver pair that belongs here, 1 if it is held. */
  readonly pairs: Uint8Array;
  held: number;
}

/** What a node's disks hold. Plain data, kept in the node's state. */
export interface SliverStore {
  /** Blobs 0 up to this were there when the world began. */
  preloaded: number;
  /** What is still held of each of these, by shard; all of it when undefined. */
  preloadedPairs: Uint8Array | undefined;
  readonly holdings: Map<BlobNumber, Holding>;
}

export const newSliverStore = (preloaded: number): SliverStore => ({
  preloaded,
  preloadedPairs: undefined,
  holdings: new Map(),
});

/** Notes that a blob exists and what is to be held of it; false if that was known. */
export function addMetadata(store: SliverStore, metadata: Metadata, pairCount: number): boolean {
  if (hasMetadata(store, metadata.blob)) return false;
  const pairs = new Uint8Array(pairCount);
  store.holdings.set(metadata.blob, { metadata, pairs, held: 0 });
  return true;
}

export const hasMetadata = (store: SliverStore, blob: BlobNumber): boolean =>
  blob < store.preloaded || store.holdings.has(blob);

/** Adds the pairs at `first` to `first + count - 1`; false if the metadata is not there. */
export function addPairs(
  store: SliverStore,
  blob: BlobNumber,
  first: number,
  count: number,
): boolean {
  const holding = store.holdings.get(blob);
  if (holding === undefined) return blob < store.preloaded;
  for (let position = first; position < first + count; position++) {
    if (holding.pairs[position] === 0) {
      holding.pairs[position] = 1;
      holding.held++;
    }
  }
  return true;
}

/** Whether every pair that belongs here is held. */
export function isWhole(store: SliverStore, blob: BlobNumber): boolean {
  const holding = store.holdings.get(blob);
  if (holding !== undefined) return holding.held === holding.pairs.length;
  return blob < store.preloaded && store.preloadedPairs === undefined;
}

/** Which of the pairs at `first` to `first + count - 1` are not held; the blob's metadata is. */
export function absentPairs(
  store: SliverStore,
  blob: BlobNumber,
  first: number,
  count: number,
): readonly number[] {
  const pairs = store.holdings.get(blob)?.pairs ?? store.preloadedPairs;
  if (pairs === undefined) return NONE;
  let absent: number[] | undefined;
  for (let position = first; position < first + count; position++) {
    if (pairs[position % pairs.length] === 1) continue;
    absent ??= [];
    absent.push(position);
  }
  return absent ?? NONE;
}

const NONE: readonly number[] = [];

/** The metadata of a blob written in this run, if it is held. */
export const heldMetadata = (store: SliverStore, blob: BlobNumber): Metadata | undefined =>
  store.holdings.get(blob)?.metadata;

/** Loses everything, metadata too. */
export function wipe(store: SliverStore): void {
  store.preloaded = 0;
  store.preloadedPairs = undefined;
  store.holdings.clear();
}

/** Loses all that is held for these of the node's `shardCount` shards; metadata stays. */
export function loseShards(store: SliverStore, lost: readonly number[], shardCount: number): void {
  if (store.preloaded > 0) {
    store.preloadedPairs ??= new Uint8Array(shardCount).fill(1);
    for (const position of lost) store.preloadedPairs[position] = 0;
  }
  const isLost = new Set(lost);
  for (const holding of store.holdings.values()) {
    for (let position = 0; position < holding.pairs.length; position++) {
      if (holding.pairs[position] === 0 || !isLost.has(position % shardCount)) continue;
      holding.pairs[position] = 0;
      holding.held--;
    }
  }
}
