import { type ActiveSet, withStake } from "./active-set.ts";
import { apportion } from "./apportion.ts";
import { type Committee, transition } from "./committee.ts";
import { moveStake } from "./stake-shift.ts";

/** Who may be chosen, and who is. Plain data. */
export interface Seating {
  readonly active: ActiveSet;
  readonly committee: Committee;
}

/** What somebody decides about a node's stake for the next epoch. */
export type StakeChange =
  | { readonly kind: "leaves"; readonly node: number }
  /** With a stake of `share` times all stake there was. */
  | { readonly kind: "joins"; readonly node: number; readonly share: number }
  | { readonly kind: "stake"; readonly node: number; readonly factor: number };

/** How the committee of the next epoch comes to differ from the present one. */
export interface Succession {
  readonly changes: readonly StakeChange[];
  /** Share of all stake that moves between members, 0..1. */
  readonly stakeMoved: number;
  /** Size of the active set. */
  readonly candidateCountMax: number;
}

/** The seating of the next epoch. Draws from `random` only if stake moves. */
export function nextSeating(
  { active, committee }: Seating,
  { changes, stakeMoved, candidateCountMax }: Succession,
  random: () => number,
): Seating {
  const shardCount = committee.reduce((sum, { shards }) => sum + shards.length, 0);
  const moved = stakeMoved > 0 ? moveStake(active, stakeMoved, random) : active;
  const next = changes.reduce(
    (candidates, change) => changed(candidates, change, candidateCountMax),
    moved,
  );
  const counts = apportion(
    next.map(({ stake }) => stake),
    shardCount,
  );
  const assignment = next.map(({ node }, index) => ({ node, shardCount: counts[index]! }));
  return { active: next, committee: transition(committee, assignment) };
}

/** How many shards have another owner than before. */
export function movedShards(before: Committee, after: Committee): number {
  const held = new Map(before.map(({ node, shards }) => [node, new Set(shards)]));
  return after.reduce(
    (sum, { node, shards }) =>
      sum + shards.filter((shard) => held.get(node)?.has(shard) !== true).length,
    0,
  );
}

function changed(active: ActiveSet, change: StakeChange, candidateCountMax: number): ActiveSet {
  const { node } = change;
  const known = active.find((candidate) => candidate.node === node)?.stake ?? 0n;
  const total = active.reduce((sum, { stake }) => sum + stake, 0n);
  switch (change.kind) {
    case "leaves":
      return withStake(active, { node, stake: 0n }, candidateCountMax);
    case "joins":
      return withStake(active, { node, stake: scaled(total, change.share) }, candidateCountMax);
    case "stake":
      return withStake(active, { node, stake: scaled(known, change.factor) }, candidateCountMax);
  }
}

const MILLIONTHS = 1_000_000;

const scaled = (stake: bigint, factor: number): bigint =>
  (stake * BigInt(Math.round(factor * MILLIONTHS))) / BigInt(MILLIONTHS);
