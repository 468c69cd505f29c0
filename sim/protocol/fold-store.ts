import { BOTH, type SliverStore } from "./sliver-store.ts";

/**
 * Puts what came with the world back to one entry for all, but for blobs that differ from most: after a shard of all of
 * them has come, each has an entry of its own, and all are alike. `count` is the number of these blobs.
 */
export function fold(store: SliverStore, count: number): void {
  const { holdings } = store;
  const first = holdings.get(0);
  if (first !== undefined && holdsEach(store, count)) {
    store.preloaded = count;
    store.preloadedPairs = new Uint8Array(store.slotCount);
    store.preloadedPairs.set(first.pairs);
  }
  for (let blob = 0; blob < store.preloaded; blob++) {
    const pairs = holdings.get(blob)?.pairs;
    if (pairs !== undefined && isAlike(pairs, store)) holdings.delete(blob);
  }
}

function holdsEach({ holdings }: SliverStore, count: number): boolean {
  for (let blob = 0; blob < count; blob++) if (!holdings.has(blob)) return false;
  return true;
}

function isAlike(pairs: Uint8Array, { preloadedPairs, slotCount }: SliverStore): boolean {
  for (let slot = 0; slot < slotCount; slot++) {
    if ((pairs[slot] ?? 0) !== (preloadedPairs === undefined ? BOTH : (preloadedPairs[slot] ?? 0)))
      return false;
  }
  return true;
}
