/** A node that may be chosen into the next committee. */
export interface Candidate {
  readonly node: number;
  /** In FROST, above 0. */
  readonly stake: bigint;
}

/** The candidates in the order that breaks ties of {@link apportion}; at most a maximum of them. */
export type ActiveSet = readonly Candidate[];

/**
 * The active set after a node's stake became `stake`. A known node keeps its position; a new one is appended,
 * or, if the set is full, takes the place of the first of the poorest, if that one is strictly poorer. Stake 0
 * removes: the last candidate moves into the hole.
 * Source: MystenLabs/walrus, contracts/walrus/sources/staking/active_set.move (at most 111, later 150 nodes).
 */
export function withStake(
  active: ActiveSet,
  candidate: Candidate,
  candidateCountMax: number,
): ActiveSet {
  const position = active.findIndex(({ node }) => node === candidate.node);
  if (candidate.stake === 0n) return position === -1 ? active : withoutPosition(active, position);
  if (position !== -1) return active.with(position, candidate);
  if (active.length < candidateCountMax) return [...active, candidate];
  const poorest = firstPoorest(active);
  if (poorest === -1 || active[poorest]!.stake >= candidate.stake) return active;
  return active.with(poorest, candidate);
}

function withoutPosition(active: ActiveSet, position: number): ActiveSet {
  const last = active.length - 1;
  if (position === last) return active.slice(0, last);
  return active.with(position, active[last]!).slice(0, last);
}

function firstPoorest(active: ActiveSet): number {
  let poorest = active.length === 0 ? -1 : 0;
  for (let i = 1; i < active.length; i++) {
    if (active[i]!.stake < active[poorest]!.stake) poorest = i;
  }
  return poorest;
}
