import type { Axis } from "../codec/code.ts";
import type { BlobNumber, Metadata } from "./content.ts";

/** What a node's disks hold of one blob. Plain data. */
interface Holding {
  readonly metadata: Metadata;
  /** One byte for each sliver pair that belongs here: a bit for each of its slivers that is held. */
  readonly pairs: Uint8Array;
  /** Pairs of which both slivers are held. */
  whole: number;
}

const BIT: Readonly<Record<Axis, number>> = { primary: 1, secondary: 2 };
/** In one dimension too, where a pair is one sliver. */
const BOTH = 3;

/** What a node's disks hold. Plain data, kept in the node's state. */
export interface SliverStore {
  /** Blobs 0 up to this were there when the world began. */
  preloaded: number;
  /** Which pairs are still held of each of these, by shard; all when undefined. */
  preloadedPairs: Uint8Array | undefined;
  /** Blobs written in this run, and preloaded ones that were recovered in it. */
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
  store.holdings.set(metadata.blob, { metadata, pairs, whole: 0 });
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
  for (let position = first; position < first + count; position++) add(holding, position, BOTH);
  return true;
}

/** Adds what was recovered of a blob whose metadata is there: one axis of these pairs, or both. */
export function addRecovered(
  store: SliverStore,
  metadata: Metadata,
  recovered: { readonly axis: Axis | undefined; readonly positions: readonly number[] },
  pairCount: number,
): void {
  const holding =
    store.holdings.get(metadata.blob) ?? holdingOfPreloaded(store, metadata, pairCount);
  const bits = recovered.axis === undefined ? BOTH : BIT[recovered.axis];
  for (const position of recovered.positions) add(holding, position, bits);
}

function add(holding: Holding, position: number, bits: number): void {
  const held = holding.pairs[position] as number;
  if ((held | bits) === held) return;
  holding.pairs[position] = held | bits;
  if ((held | bits) === BOTH) holding.whole++;
}

function holdingOfPreloaded(store: SliverStore, metadata: Metadata, pairCount: number): Holding {
  const { preloadedPairs } = store;
  const pairs = new Uint8Array(pairCount).map((_, position) =>
    preloadedPairs === undefined
      ? BOTH
      : (preloadedPairs[position % preloadedPairs.length] as number),
  );
  const holding = { metadata, pairs, whole: pairs.filter((bits) => bits === BOTH).length };
  store.holdings.set(metadata.blob, holding);
  return holding;
}

/** Whether every sliver of the `pairCount` pairs that belong here is held. */
export function isWhole(store: SliverStore, blob: BlobNumber, pairCount: number): boolean {
  const holding = store.holdings.get(blob);
  if (holding !== undefined) return holding.whole === holding.pairs.length;
  if (blob >= store.preloaded) return pairCount === 0;
  return store.preloadedPairs === undefined || lackingPairs(store, blob, pairCount).length === 0;
}

/** Positions among the `pairCount` pairs that belong here of which some sliver is not held. */
export function lackingPairs(store: SliverStore, blob: BlobNumber, pairCount: number): number[] {
  const lacking: number[] = [];
  const pairs = pairsOf(store, blob);
  for (let position = 0; position < pairCount; position++) {
    const held = pairs === "all" ? BOTH : bitsAt(pairs, position);
    if (held !== BOTH) lacking.push(position);
  }
  return lacking;
}

/** Which slivers of the pairs at `first` to `first + count - 1` are not held; the metadata is. */
export function absentSlivers(
  store: SliverStore,
  blob: BlobNumber,
  axis: Axis,
  first: number,
  count: number,
): readonly number[] {
  const pairs = pairsOf(store, blob);
  if (pairs === "all") return NONE;
  const bit = BIT[axis];
  let absent: number[] | undefined;
  for (let position = first; position < first + count; position++) {
    if ((bitsAt(pairs, position) & bit) !== 0) continue;
    absent ??= [];
    absent.push(position);
  }
  return absent ?? NONE;
}

const NONE: readonly number[] = [];

/** How many slivers of one axis are held of the `pairCount` pairs that belong here. */
export function heldCount(
  store: SliverStore,
  blob: BlobNumber,
  axis: Axis,
  pairCount: number,
): number {
  const pairs = pairsOf(store, blob);
  if (pairs === "all") return pairCount;
  let count = 0;
  for (let position = 0; position < pairCount; position++) {
    if ((bitsAt(pairs, position) & BIT[axis]) !== 0) count++;
  }
  return count;
}

function pairsOf(store: SliverStore, blob: BlobNumber): Uint8Array | "all" | undefined {
  const holding = store.holdings.get(blob);
  if (holding !== undefined) return holding.pairs;
  if (blob >= store.preloaded) return undefined;
  return store.preloadedPairs ?? "all";
}

const bitsAt = (pairs: Uint8Array | undefined, position: number): number =>
  pairs === undefined ? 0 : (pairs[position % pairs.length] as number);

/** The metadata of a blob, if it came in this run. */
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
    store.preloadedPairs ??= new Uint8Array(shardCount).fill(BOTH);
    for (const position of lost) store.preloadedPairs[position] = 0;
  }
  const isLost = new Set(lost);
  for (const holding of store.holdings.values()) {
    for (let position = 0; position < holding.pairs.length; position++) {
      if (!isLost.has(position % shardCount)) continue;
      if (holding.pairs[position] === BOTH) holding.whole--;
      holding.pairs[position] = 0;
    }
  }
}
