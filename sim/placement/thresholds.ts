/**
 * The weights at which a committee of `shardCount` shards (n) decides. All count shards, never nodes or stake.
 * Source: MystenLabs/walrus, crates/walrus-core/src/bft.rs and contracts/walrus/sources/system/bls_aggregate.move.
 */
interface Thresholds {
  readonly shardCount: number;
  /** f: the most shards that may fail or lie. */
  readonly faultyMax: number;
  /** kP = n - 2f: primary slivers that reconstruct a blob, and symbols that recover a secondary sliver. */
  readonly primaryNeeded: number;
  /** kS = n - f: secondary slivers that reconstruct a blob, and symbols that recover a primary sliver. */
  readonly secondaryNeeded: number;
  /** n - f: confirmations that make a certificate. */
  readonly correctMin: number;
  /** Least weight of a quorum off chain, w > 2f. */
  readonly quorum: number;
  /** Least weight that holds one correct node off chain, w > f. */
  readonly validity: number;
  /** Least weight of a quorum on chain, 3w >= 2n + 1: n - f, which exceeds `quorum` unless n = 3f + 1. */
  readonly quorumOnChain: number;
  /** Least weight that holds one correct node on chain, 3w >= n + 1. */
  readonly validityOnChain: number;
}

/** The thresholds of a committee. Throws a RangeError unless `shardCount` is a whole number above 0. */
export function thresholds(shardCount: number): Thresholds {
  if (!Number.isSafeInteger(shardCount) || shardCount < 1) {
    throw new RangeError(`shardCount: expected a whole number above 0, found ${shardCount}`);
  }
  const faultyMax = Math.floor((shardCount - 1) / 3);
  return {
    shardCount,
    faultyMax,
    primaryNeeded: shardCount - 2 * faultyMax,
    secondaryNeeded: shardCount - faultyMax,
    correctMin: shardCount - faultyMax,
    quorum: 2 * faultyMax + 1,
    validity: faultyMax + 1,
    quorumOnChain: Math.ceil((2 * shardCount + 1) / 3),
    validityOnChain: Math.ceil((shardCount + 1) / 3),
  };
}
