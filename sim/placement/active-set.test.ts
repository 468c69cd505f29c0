import { describe, expect, it } from "vitest";
import { type ActiveSet, withStake } from "./active-set.ts";

const three: ActiveSet = [
  { node: 7, stake: 30n },
  { node: 3, stake: 10n },
  { node: 5, stake: 10n },
];
const nodes = (active: ActiveSet) => active.map(({ node }) => node);

describe("the active set", () => {
  it("appends a new candidate while there is room", () => {
    expect(nodes(withStake(three, { node: 1, stake: 1n }, 4))).toEqual([7, 3, 5, 1]);
  });

  it("keeps the position of a candidate whose stake changes", () => {
    expect(withStake(three, { node: 3, stake: 99n }, 3)).toEqual([
      { node: 7, stake: 30n },
      { node: 3, stake: 99n },
      { node: 5, stake: 10n },
    ]);
  });

  it("replaces the first of the poorest when full, in its place", () => {
    expect(nodes(withStake(three, { node: 1, stake: 11n }, 3))).toEqual([7, 1, 5]);
  });

  it("turns away a newcomer who is no richer than the poorest", () => {
    expect(withStake(three, { node: 1, stake: 10n }, 3)).toBe(three);
  });

  it("moves the last candidate into the hole of one that is removed", () => {
    expect(nodes(withStake(three, { node: 7, stake: 0n }, 3))).toEqual([5, 3]);
    expect(nodes(withStake(three, { node: 5, stake: 0n }, 3))).toEqual([7, 3]);
  });

  it("ignores the removal of a stranger, and has no room at a maximum of 0", () => {
    expect(withStake(three, { node: 1, stake: 0n }, 3)).toBe(three);
    expect(withStake([], { node: 1, stake: 5n }, 0)).toEqual([]);
  });
});
