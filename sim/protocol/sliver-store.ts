import type { Axis } from "../codec/code.ts";
import type { BlobNumber, Metadata } from "./content.ts";

/** What a node's disks hold of one blob. Plain data. */
interface Holding {
  readonly metadata: Metadata;
  /**
   * One byte for each slot: a bit for each of its slivers that is held. It may be shorter than the list of
   * slots, which grows when the node gains shards.
   */
  pairs: Uint8Array;
}

const BIT: Readonly<Record<Axis, number>> = { primary: 1, secondary: 2 };
/** In one dimension too, where a pair is one sliver. */
export const BOTH = 3;
const NO_SLOT = -1;

/**
 * What a node's disks hold. Plain data, kept in the node's state. It is kept by shard, so that a change of
 * committee takes nothing away: each shard has a slot for as long as the node stores it. A shard takes at
 * most one sliver pair of a blob.
 */
export interface SliverStore {
  /** Blobs 0 up to this were there when the world began. */
  preloaded: number;
  /** Which pairs are still held of each of these, by slot; all when undefined. */
  preloadedPairs: Uint8Array | undefined;
  /** Blobs written in this run, and preloaded ones that were recovered or synced in it. */
  readonly holdings: Map<BlobNumber, Holding>;
  /** The slot of each shard of the network; -1 where the node stores nothing of it. */
  readonly slotOf: Int32Array;
  /** Slots so far, and those among them whose shards have been dropped. */
  slotCount: number;
  readonly freeSlots: number[];
}

/** A store with room for these shards, which holds all of theirs of the blobs that came with the world. */
export function newSliverStore(
  preloaded: number,
  shards: readonly number[],
  shardCount: number,
): SliverStore {
  const slotOf = new Int32Array(shardCount).fill(NO_SLOT);
  shards.forEach((shard, slot) => {
    slotOf[shard] = slot;
  });
  return {
    preloaded,
    preloadedPairs: undefined,
    holdings: new Map(),
    slotOf,
    slotCount: shards.length,
    freeSlots: [],
  };
}

/** Makes room for a shard, of which nothing is held yet; nothing happens if there is room. */
export function addShard(store: SliverStore, shard: number): void {
  if (storesShard(store, shard)) return;
  store.preloadedPairs ??= new Uint8Array(store.slotCount).fill(BOTH);
  const slot = store.freeSlots.pop() ?? store.slotCount++;
  store.slotOf[shard] = slot;
  if (slot >= store.preloadedPairs.length) store.preloadedPairs = grown(store.preloadedPairs, slot);
}

/** Deletes all that is held of a shard, and its room. */
export function dropShard(store: SliverStore, shard: number): void {
  if (!storesShard(store, shard)) return;
  loseShards(store, [shard]);
  store.freeSlots.push(store.slotOf[shard] as number);
  store.slotOf[shard] = NO_SLOT;
}

/** All shards that it has room for. */
export function storedShards({ slotOf }: SliverStore): number[] {
  const shards: number[] = [];
  slotOf.forEach((slot, shard) => {
    if (slot !== NO_SLOT) shards.push(shard);
  });
  return shards;
}

export const storesShard = (store: SliverStore, shard: number): boolean =>
  store.slotOf[shard] !== NO_SLOT;

/** Notes that a blob exists; false if that was known. */
export function addMetadata(store: SliverStore, metadata: Metadata): boolean {
  if (hasMetadata(store, metadata.blob)) return false;
  store.holdings.set(metadata.blob, { metadata, pairs: new Uint8Array(store.slotCount) });
  return true;
}

export const hasMetadata = (store: SliverStore, blob: BlobNumber): boolean =>
  blob < store.preloaded || store.holdings.has(blob);

/**
 * Adds the pairs on the shards at `first` to `first + count - 1` of those that take one of the blob; false if
 * the metadata is not there.
 */
export function addPairs(
  store: SliverStore,
  blob: BlobNumber,
  shards: readonly number[],
  first: number,
  count: number,
): boolean {
  const holding = store.holdings.get(blob);
  if (holding === undefined) return blob < store.preloaded;
  for (let position = first; position < first + count; position++) {
    add(store, holding, shards[position] as number, BOTH);
  }
  return true;
}

/** Adds slivers of a blob whose metadata is there: one axis, or both, of the pairs on these shards. */
export function addSlivers(
  store: SliverStore,
  metadata: Metadata,
  axis: Axis | undefined,
  shards: readonly number[],
): void {
  const holding = store.holdings.get(metadata.blob) ?? holdingOfPreloaded(store, metadata);
  const bits = axis === undefined ? BOTH : BIT[axis];
  for (const shard of shards) add(store, holding, shard, bits);
}

function add(store: SliverStore, holding: Holding, shard: number, bits: number): void {
  const slot = store.slotOf[shard] as number;
  if (slot === NO_SLOT) return; // Dropped while it was on its way.
  if (slot >= holding.pairs.length) holding.pairs = grown(holding.pairs, slot);
  holding.pairs[slot] = (holding.pairs[slot] as number) | bits;
}

function grown(pairs: Uint8Array, slot: number): Uint8Array {
  const longer = new Uint8Array(slot + 1);
  longer.set(pairs);
  return longer;
}

function holdingOfPreloaded(store: SliverStore, metadata: Metadata): Holding {
  const pairs = store.preloadedPairs?.slice() ?? new Uint8Array(store.slotCount).fill(BOTH);
  const holding = { metadata, pairs };
  store.holdings.set(metadata.blob, holding);
  return holding;
}

/** Whether every sliver of the pairs on these shards is held. */
export function isWhole(store: SliverStore, blob: BlobNumber, shards: readonly number[]): boolean {
  const pairs = pairsOf(store, blob);
  if (pairs === "all") return true;
  for (const shard of shards) if (bitsAt(store, pairs, shard) !== BOTH) return false;
  return true;
}

/** Positions among these shards on which some sliver is not held. */
export function lackingPairs(
  store: SliverStore,
  blob: BlobNumber,
  shards: readonly number[],
): number[] {
  const lacking: number[] = [];
  const pairs = pairsOf(store, blob);
  if (pairs === "all") return lacking;
  for (let position = 0; position < shards.length; position++) {
    if (bitsAt(store, pairs, shards[position] as number) !== BOTH) lacking.push(position);
  }
  return lacking;
}

/** Positions from `first` to `first + count - 1` among these shards whose sliver is not held. */
export function absentSlivers(
  store: SliverStore,
  blob: BlobNumber,
  axis: Axis,
  shards: readonly number[],
  first = 0,
  count = shards.length,
): readonly number[] {
  const pairs = pairsOf(store, blob);
  if (pairs === "all") return NONE;
  const bit = BIT[axis];
  let absent: number[] | undefined;
  for (let position = first; position < first + count; position++) {
    if ((bitsAt(store, pairs, shards[position] as number) & bit) !== 0) continue;
    absent ??= [];
    absent.push(position);
  }
  return absent ?? NONE;
}

const NONE: readonly number[] = [];

/** Whether one sliver of a blob, on a shard that the node stores, is not held. */
export const lacksSliver = (
  store: SliverStore,
  blob: BlobNumber,
  axis: Axis,
  shard: number,
): boolean => absentSlivers(store, blob, axis, [shard]).length > 0;

/** How many slivers of one axis are held of the pairs on these shards. */
export function heldCount(
  store: SliverStore,
  blob: BlobNumber,
  axis: Axis,
  shards: readonly number[],
): number {
  const pairs = pairsOf(store, blob);
  if (pairs === "all") return shards.length;
  let count = 0;
  for (const shard of shards) if ((bitsAt(store, pairs, shard) & BIT[axis]) !== 0) count++;
  return count;
}

// "all" is said of slots: of shards that the store has never had room for nobody asks while it holds.
function pairsOf(store: SliverStore, blob: BlobNumber): Uint8Array | "all" | undefined {
  const holding = store.holdings.get(blob);
  if (holding !== undefined) return holding.pairs;
  if (blob >= store.preloaded) return undefined;
  return store.preloadedPairs ?? "all";
}

function bitsAt(store: SliverStore, pairs: Uint8Array | undefined, shard: number): number {
  const slot = store.slotOf[shard] as number;
  if (pairs === undefined || slot === NO_SLOT || slot >= pairs.length) return 0;
  return pairs[slot] as number;
}

/** Deletes all that is held of a blob that came in this run; says how many slivers of each axis. */
export function collect(store: SliverStore, blob: BlobNumber) {
  const pairs = pairsOf(store, blob);
  const held = { primary: 0, secondary: 0 };
  for (let slot = 0; slot < store.slotCount; slot++) {
    const bits = pairs === "all" ? BOTH : (pairs?.[slot] ?? 0);
    if ((bits & BIT.primary) !== 0) held.primary++;
    if ((bits & BIT.secondary) !== 0) held.secondary++;
  }
  store.holdings.delete(blob);
  return held;
}

/** The metadata of a blob, if it came in this run. */
export const heldMetadata = (store: SliverStore, blob: BlobNumber): Metadata | undefined =>
  store.holdings.get(blob)?.metadata;

/** Loses everything, metadata too. */
export function wipe(store: SliverStore): void {
  store.preloaded = 0;
  store.preloadedPairs = undefined;
  store.holdings.clear();
}

/** Loses all that is held of these shards; metadata stays. */
export function loseShards(store: SliverStore, lost: readonly number[]): void {
  const slots = lost.map((shard) => store.slotOf[shard] as number);
  if (store.preloaded > 0) {
    store.preloadedPairs ??= new Uint8Array(store.slotCount).fill(BOTH);
    for (const slot of slots) store.preloadedPairs[slot] = 0;
  }
  for (const { pairs } of store.holdings.values()) {
    for (const slot of slots) if (slot < pairs.length) pairs[slot] = 0;
  }
}
