import type { ActiveSet } from "./active-set.ts";

/** Stake moves in pieces of this part of all stake: on a network of 1,000 shards, about a shard's worth. */
const PIECES = 1000;

/**
 * The active set after `share` (0..1) of all stake has moved between its members: piece by piece from one
 * drawn by stake to another drawn by stake. So who has much gains and loses often, and nobody grows on
 * average. A member gives no more than half of what it has at once, so that none vanishes by chance.
 *
 * Ours: which stake moves on Walrus is up to its holders. How much moved is measured in shards, not in stake.
 */
export function moveStake(active: ActiveSet, share: number, random: () => number): ActiveSet {
  if (active.length < 2) return active;
  const stakes = active.map(({ stake }) => stake);
  const total = stakes.reduce((sum, stake) => sum + stake, 0n);
  const piece = total / BigInt(PIECES);
  for (let left = Math.round(share * PIECES); left > 0; left--) {
    const from = drawn(stakes, total, random());
    const to = drawn(stakes, total, random());
    if (from === to) continue;
    const half = stakes[from]! / 2n;
    const moved = piece < half ? piece : half;
    stakes[from] = stakes[from]! - moved;
    stakes[to] = stakes[to]! + moved;
  }
  return active.map(({ node }, index) => ({ node, stake: stakes[index]! }));
}

const BITS = 53n;

/** The owner of a unit of stake drawn evenly. */
function drawn(stakes: readonly bigint[], total: bigint, luck: number): number {
  let unit = (BigInt(Math.floor(luck * 2 ** Number(BITS))) * total) >> BITS;
  for (let index = 0; index < stakes.length - 1; index++) {
    if (unit < stakes[index]!) return index;
    unit -= stakes[index]!;
  }
  return stakes.length - 1;
}
