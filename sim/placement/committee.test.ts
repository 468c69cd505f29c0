import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Assignment,
  type Committee,
  firstCommittee,
  nodeOfShard,
  transition,
} from "./committee.ts";
import vectors from "./vectors/placement-cases.json" with { type: "json" };

describe("the first committee", () => {
  it("hands out consecutive shards in the order of nodes, and leaves out who has none", () => {
    expect(firstCommittee([2, 0, 3])).toEqual([
      { node: 0, shards: [0, 1] },
      { node: 2, shards: [2, 3, 4] },
    ]);
  });
});

describe("the transition to the next committee", () => {
  it.each(vectors.transition)("with $name is that of Walrus", (vector) => {
    const assignment = vector.assign_in_active_set_order.map((entry) => ({
      node: entry.node,
      shardCount: entry.n,
    }));
    expect(transition(vector.prev, assignment)).toEqual(vector.next);
  });

  it("takes a shrinking member's shards from its end, one by one, and hands out the last taken first", () => {
    const old = [{ node: 1, shards: [0, 1, 2, 3] }];
    const assignment = [
      { node: 7, shardCount: 2 },
      { node: 1, shardCount: 2 },
    ];
    // Released: 3, then 2. Handed out: 2, then 3.
    expect(transition(old, assignment)).toEqual([
      { node: 1, shards: [0, 1] },
      { node: 7, shards: [2, 3] },
    ]);
  });

  it("refuses an assignment of more shards than there are", () => {
    expect(() => transition(firstCommittee([2, 2]), [{ node: 0, shardCount: 5 }])).toThrow(
      "5 shards assigned",
    );
  });

  it("refuses to assign to a node twice", () => {
    const twice = [
      { node: 0, shardCount: 2 },
      { node: 0, shardCount: 2 },
    ];
    expect(() => transition(firstCommittee([2, 2]), twice)).toThrow("twice");
  });

  it("gives each shard one owner", () => {
    fc.assert(
      fc.property(successions, ({ old, assignment, shardCount }) => {
        const next = transition(old, assignment);
        const held = next.flatMap(({ shards }) => shards).sort((a, b) => a - b);
        expect(held).toEqual(Array.from({ length: shardCount }, (_, shard) => shard));
      }),
    );
  });

  it("gives each node what it was assigned, in ascending order of nodes", () => {
    fc.assert(
      fc.property(successions, ({ old, assignment }) => {
        const wanted = assignment
          .filter(({ shardCount }) => shardCount > 0)
          .sort((a, b) => a.node - b.node);
        const next = transition(old, assignment);
        expect(next.map(({ node, shards }) => ({ node, shardCount: shards.length }))).toEqual(
          wanted,
        );
      }),
    );
  });

  it("moves no more shards than the nodes that grow must gain", () => {
    fc.assert(
      fc.property(successions, ({ old, assignment, shardCount }) => {
        const before = nodeOfShard(old);
        const after = nodeOfShard(transition(old, assignment));
        const moved = before.filter((node, shard) => after[shard] !== node).length;
        const held = new Map(old.map(({ node, shards }) => [node, shards.length]));
        const gains = assignment.map((entry) =>
          Math.max(0, entry.shardCount - (held.get(entry.node) ?? 0)),
        );
        expect(before).toHaveLength(shardCount);
        expect(moved).toBe(gains.reduce((sum, gain) => sum + gain, 0));
      }),
    );
  });
});

/** Two assignments of equal sums to nodes 0 to 7, the second in any order; the first has been through a transition. */
const successions = fc
  .record({
    cuts: fc.tuple(cutting(), cutting(), cutting()),
    order: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 }),
  })
  .map(({ cuts, order }) => {
    const shardCount = 24;
    const assign = (counts: readonly number[]): Assignment[] =>
      order.map((node) => ({ node, shardCount: counts[node]! }));
    const first = firstCommittee(cuts[0]);
    const old: Committee = transition(first, assign(cuts[1]));
    return { old, assignment: assign(cuts[2]), shardCount };
  });

/** 24 shards over eight nodes, some of which may get none. */
function cutting() {
  return fc.array(fc.integer({ min: 0, max: 24 }), { minLength: 7, maxLength: 7 }).map((points) => {
    const cuts = [0, ...points.sort((a, b) => a - b), 24];
    return cuts.slice(1).map((end, i) => end - cuts[i]!);
  });
}
