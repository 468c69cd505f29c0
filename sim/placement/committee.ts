import { invariant } from "../engine/invariant.ts";

/** A node of a committee. Nodes are numbers here; their order stands for that of Walrus's 32-byte IDs. */
export interface Member {
  readonly node: number;
  /** At least one shard index. Their order matters: the next transition takes shards from the end. */
  readonly shards: readonly number[];
}

/** The members of an epoch, ascending by node. Their lists partition the shards 0 .. n-1. */
export type Committee = readonly Member[];

/** How many shards a node shall hold in the next epoch. */
export interface Assignment {
  readonly node: number;
  readonly shardCount: number;
}

/** The committee of the first epoch: node i gets the next `counts[i]` shards; a node of 0 is no member. */
export function firstCommittee(counts: readonly number[]): Committee {
  let next = 0;
  return counts.flatMap((shardCount, node) => {
    if (shardCount === 0) return [];
    const first = next;
    next += shardCount;
    return [{ node, shards: Array.from({ length: shardCount }, (_, i) => first + i) }];
  });
}

/**
 * The committee that follows `old`. Shards stay where they are unless a member leaves or shrinks, so
 * the least possible number moves; who gets which is exact.
 * Source: MystenLabs/walrus, contracts/walrus/sources/staking/committee.move.
 *
 * @param assignment one entry a node in the order of the active set; a node that is absent or has 0 leaves
 */
export function transition(old: Committee, assignment: readonly Assignment[]): Committee {
  const counts = new Map(assignment.map(({ node, shardCount }) => [node, shardCount]));
  const before = old.reduce((sum, { shards }) => sum + shards.length, 0);
  const after = assignment.reduce((sum, { shardCount }) => sum + shardCount, 0);
  invariant(counts.size === assignment.length, () => "a node is assigned shards twice");
  invariant(before === after, () => `${after} shards assigned, but the committee has ${before}`);

  const released: number[] = []; // A stack: what leaves is appended, what is handed out is taken from its end.
  const next: Member[] = [];
  const growing: Member[] = [];
  for (const { node, shards } of old) {
    const shardCount = counts.get(node) ?? 0;
    counts.delete(node);
    if (shardCount === 0) {
      released.push(...shards);
    } else if (shardCount > shards.length) {
      growing.push({ node, shards });
      counts.set(node, shardCount); // Now behind all newcomers: a Map iterates in the order of setting.
    } else {
      next.push({ node, shards: shards.slice(0, shardCount) });
      released.push(...shards.slice(shardCount).reverse());
    }
  }

  const kept = new Map(growing.map(({ node, shards }) => [node, shards]));
  for (const [node, shardCount] of counts) {
    if (shardCount === 0) continue;
    const shards = [...(kept.get(node) ?? [])];
    while (shards.length < shardCount) shards.push(released.pop()!);
    next.push({ node, shards });
  }
  return next.sort((a, b) => a.node - b.node);
}

/** The node that holds each shard, by shard index. */
export function nodeOfShard(committee: Committee): readonly number[] {
  const owners: number[] = [];
  for (const { node, shards } of committee) for (const shard of shards) owners[shard] = node;
  return owners;
}
