import type { RandomStream } from "../engine/random-streams.ts";
import { apportion } from "../placement/apportion.ts";
import { firstCommittee } from "../placement/committee.ts";
import type { Member } from "./members.ts";

/** A member of the first committee, with its shards. */
export interface SeatedMember extends Member {
  readonly shardIndices: readonly number[];
}

/**
 * The first committee: how many shards each member gets for its stake, unless the scenario's table
 * says so, and which. Members without a shard are left out.
 *
 * Walrus orders nodes by an ID that says nothing of them; here the order is drawn.
 */
export function formCommittee(
  members: readonly Member[],
  shardCount: number,
  random: RandomStream,
): readonly SeatedMember[] {
  const listed = members.every((member) => member.shards !== null);
  const counts = listed
    ? members.map((member) => member.shards as number)
    : apportion(
        members.map((member) => BigInt(member.stake)),
        shardCount,
      );
  const order = members.map((_, index) => index);
  for (let left = order.length - 1; left > 0; left--) {
    const pick = Math.floor(random() * (left + 1));
    [order[left], order[pick]] = [order[pick] as number, order[left] as number];
  }
  const committee = firstCommittee(order.map((index) => counts[index] as number));
  const shardsOf = new Map(committee.map(({ node, shards }) => [order[node] as number, shards]));
  return members.flatMap((member, index) => {
    const shardIndices = shardsOf.get(index);
    return shardIndices === undefined ? [] : [{ ...member, shardIndices }];
  });
}
