import seedrandom from "seedrandom";
import { describe, expect, it } from "vitest";
import type { ActiveSet } from "./active-set.ts";
import { apportion } from "./apportion.ts";
import { firstCommittee, nodeOfShard } from "./committee.ts";
import { moveStake } from "./stake-shift.ts";
import { movedShards, nextSeating, type Seating, type Succession } from "./succession.ts";

/** So many nodes, whose stake falls with the square root of their rank. */
function seatingOf(nodes: number, shards: number): Seating {
  const active = Array.from({ length: nodes }, (_, node) => ({
    node,
    stake: BigInt(Math.round(1e12 / Math.sqrt(node + 1))),
  }));
  const counts = apportion(
    active.map(({ stake }) => stake),
    shards,
  );
  return { active, committee: firstCommittee(counts) };
}

const still: Succession = { changes: [], stakeMoved: 0, candidateCountMax: 111 };
const noLuck = () => {
  throw new Error("luck was drawn though no stake moves");
};
const total = (active: ActiveSet) => active.reduce((sum, { stake }) => sum + stake, 0n);
const shardsOf = ({ committee }: Seating, node: number) =>
  committee.find((member) => member.node === node)?.shards ?? [];

describe("the committee of the next epoch", () => {
  const seating = seatingOf(20, 100);

  it("is the same while no stake moves", () => {
    expect(nextSeating(seating, still, noLuck)).toEqual(seating);
  });

  it("is without a leaver, whose shards go to the others, and takes nothing else from anybody", () => {
    const left = shardsOf(seating, 3);
    const next = nextSeating(seating, { ...still, changes: [{ kind: "leaves", node: 3 }] }, noLuck);
    expect(shardsOf(next, 3)).toEqual([]);
    expect(movedShards(seating.committee, next.committee)).toBe(left.length);
    expect(nodeOfShard(next.committee)).toHaveLength(100);
  });

  it("gives a newcomer shards for its share of the stake", () => {
    // A tenth on top is 1/11 of all, 9.1 of 100 shards: rounded up, for d'Hondt favours large stakes.
    const joins = { kind: "joins", node: 20, share: 0.1 } as const;
    const next = nextSeating(seating, { ...still, changes: [joins] }, noLuck);
    expect(shardsOf(next, 20)).toHaveLength(10);
    expect(movedShards(seating.committee, next.committee)).toBe(10);
  });

  it("follows a stake that grows", () => {
    const grows = { kind: "stake", node: 19, factor: 2 } as const;
    const before = shardsOf(seating, 19).length;
    const next = nextSeating(seating, { ...still, changes: [grows] }, noLuck);
    expect(shardsOf(next, 19).length).toBeGreaterThan(before);
    expect(shardsOf(next, 19).slice(0, before)).toEqual(shardsOf(seating, 19));
  });
});

describe("stake that moves", () => {
  const { active } = seatingOf(105, 1000);

  it("is neither made nor lost, and takes nobody all it has", () => {
    const after = moveStake(active, 0.5, seedrandom.alea("half"));
    expect(total(after)).toBe(total(active));
    expect(after.every(({ stake }) => stake > 0n)).toBe(true);
  });

  it("of 1 % an epoch moves about as many shards as mainnet has seen at the most", () => {
    // Mainnet, 36 epochs to July 2026 (validation number M5): 0 to 13 of 1,000 shards an epoch change once it
    // had matured, 27 at the most before, and a third of the changes moved 5 or more. So 1 % is a busy epoch
    // each time: ten pieces of about a shard's worth, within a few for what the others' claims are rounded to.
    let seating = seatingOf(105, 1000);
    const random = seedrandom.alea("mainnet");
    const moved = Array.from({ length: 36 }, () => {
      const next = nextSeating(seating, { ...still, stakeMoved: 0.01 }, random);
      const count = movedShards(seating.committee, next.committee);
      seating = next;
      return count;
    });
    expect(Math.min(...moved)).toBeGreaterThanOrEqual(4);
    expect(Math.max(...moved)).toBeLessThanOrEqual(13);
  });
});
