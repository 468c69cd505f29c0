/**
 * Where codes that cut a blob into another number of slivers than the committee has shards put them: evenly
 * around the ring of shards, from the blob's rotation on. With as many slivers as shards this is Walrus's own
 * rule. Ours: Walrus has one code only.
 */
export function shardOfSliver(
  sliverIndex: number,
  sliverCount: number,
  rotation: number,
  shardCount: number,
): number {
  return (rotation + Math.floor((sliverIndex * shardCount) / sliverCount)) % shardCount;
}

/** The slivers that {@link shardOfSliver} puts on a shard: `count` of them (0 is common) from `first` on. */
export function sliversOfShard(
  shard: number,
  sliverCount: number,
  rotation: number,
  shardCount: number,
): { readonly first: number; readonly count: number } {
  const steps = (shardCount + shard - rotation) % shardCount;
  const first = Math.ceil((steps * sliverCount) / shardCount);
  const end = Math.ceil(((steps + 1) * sliverCount) / shardCount);
  return { first, count: end - first };
}
