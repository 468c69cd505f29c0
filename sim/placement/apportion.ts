/**
 * The most shards one of `nodeCount` nodes may be given: a tenth from 20 nodes on, else twice an equal part.
 * Source: MystenLabs/walrus, contracts/walrus/sources/staking/staking_inner.move.
 */
export function shardsPerNodeMax(nodeCount: number, shardCount: number): number {
  if (nodeCount >= 20) return Math.floor(shardCount / 10);
  return Math.ceil((shardCount * 20) / (nodeCount * 10));
}

/**
 * How many shards each node gets for its stake: D'Hondt (Jefferson) with a cap a node, as Walrus does on chain.
 *
 * @param stakes one a node, 0 or more, in the order of the active set: of equal quotients the earlier node wins
 * @returns counts in the same order, summing to `shardCount`; a node with 0 is not in the committee
 * @throws RangeError if nobody has stake, a stake is negative, or the cap leaves shards over
 */
export function apportion(stakes: readonly bigint[], shardCount: number): number[] {
  const total = stakes.reduce((sum, stake) => sum + stake, 0n);
  if (stakes.some((stake) => stake < 0n)) throw new RangeError("stakes: expected 0 or more");
  if (total === 0n) throw new RangeError("stakes: expected some stake above 0, found none");
  const cap = shardsPerNodeMax(stakes.length, shardCount);
  if (cap * stakes.length < shardCount) {
    throw new RangeError(
      `stakes: ${stakes.length} nodes of at most ${cap} shards cannot hold ${shardCount}`,
    );
  }

  // What every node gets at the least: this price of a shard is too high to hand out all of them.
  const stakePerShard = total / BigInt(shardCount + 1) + 1n;
  const counts = stakes.map((stake) => {
    const whole = stake / stakePerShard;
    return whole < BigInt(cap) ? Number(whole) : cap;
  });
  const quotients = stakes.map((stake, node) => quotient(stake, counts[node]!));

  let left = shardCount - counts.reduce((sum, count) => sum + count, 0);
  for (; left > 0; left--) {
    const winner = largestBelowCap(quotients, counts, cap);
    counts[winner]!++;
    quotients[winner] = quotient(stakes[winner]!, counts[winner]!);
  }
  return counts;
}

// 64.64 fixed point, rounded down as on chain. Exact as far as order goes: fractions with denominators below
// 2^32 that differ at all differ by more than 2^-64.
function quotient(stake: bigint, count: number): bigint {
  return (stake << 64n) / BigInt(count + 1);
}

// A plain scan, not a heap: at most one round a node unless the cap binds, and committees are small.
function largestBelowCap(quotients: readonly bigint[], counts: readonly number[], cap: number) {
  let winner = -1;
  for (let node = 0; node < quotients.length; node++) {
    if (counts[node] === cap) continue;
    if (winner === -1 || quotients[node]! > quotients[winner]!) winner = node;
  }
  return winner;
}
