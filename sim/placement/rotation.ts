/**
 * By how many shards a blob's sliver pairs are shifted: its ID as a big-endian integer, modulo `shardCount`.
 * Source: MystenLabs/walrus, crates/walrus-core/src/encoding/mapping.rs.
 */
export function rotationOf(blobId: Uint8Array, shardCount: number): number {
  let rotation = 0;
  for (const byte of blobId) rotation = (rotation * 256 + byte) % shardCount;
  return rotation;
}

/** The shard that holds a sliver pair of a blob with this rotation. */
export function shardOfPair(pairIndex: number, rotation: number, shardCount: number): number {
  return (pairIndex + rotation) % shardCount;
}

/** The sliver pair, of a blob with this rotation, that a shard holds. */
export function pairOfShard(shard: number, rotation: number, shardCount: number): number {
  return (shardCount + shard - rotation) % shardCount;
}
