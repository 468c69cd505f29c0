import { describe, expect, it } from "vitest";
import { join } from "../bytes.ts";
import { blake2b256 } from "./blake2b.ts";
import { leafHash, proofOf, proves, rootOf, treeHeight, treeOver } from "./merkle.ts";

const datum = (i: number) => Uint8Array.of(i, i >> 8);
const tree = (count: number) =>
  treeOver(join(Array.from({ length: count }, (_, i) => leafHash(datum(i)))));
const inner = (left: Uint8Array, right: Uint8Array) => blake2b256(Uint8Array.of(1), left, right);
const empty = new Uint8Array(32);

describe("a Merkle tree", () => {
  it("of one leaf has the leaf's hash for its root", () => {
    expect(rootOf(tree(1))).toEqual(blake2b256(Uint8Array.of(0, 0, 0)));
    expect(proofOf(tree(1), 0)).toEqual([]);
  });

  it("ends an odd level with an empty node that is not hashed", () => {
    const [a, b, c] = [0, 1, 2].map((i) => leafHash(datum(i)));
    expect(rootOf(tree(3))).toEqual(inner(inner(a!, b!), inner(c!, empty)));
  });

  it("adds the empty node on every odd level", () => {
    const [a, b, c, d, e] = [0, 1, 2, 3, 4].map((i) => leafHash(datum(i)));
    const left = inner(inner(a!, b!), inner(c!, d!));
    expect(rootOf(tree(5))).toEqual(inner(left, inner(inner(e!, empty), empty)));
  });

  it.each([
    [1, 0],
    [2, 1],
    [3, 2],
    [4, 2],
    [5, 3],
    [1000, 10],
  ])("of %i leaves is %i high", (count, height) => {
    expect(treeHeight(count)).toBe(height);
    expect(proofOf(tree(count), count - 1)).toHaveLength(height);
  });
});

describe("a Merkle proof", () => {
  it("leads each leaf to the root, at its own place alone", () => {
    for (const count of [1, 2, 3, 5, 8, 13]) {
      const root = rootOf(tree(count));
      for (let index = 0; index < count; index++) {
        const proof = proofOf(tree(count), index);
        for (let claimed = 0; claimed < count; claimed++) {
          const leaf = { data: datum(index), index: claimed, count };
          expect(proves(proof, leaf, root)).toBe(claimed === index);
        }
      }
    }
  });

  it("does not hold for other data or another root", () => {
    const proof = proofOf(tree(6), 4);
    const leaf = { data: datum(4), index: 4, count: 6 };
    expect(proves(proof, leaf, rootOf(tree(6)))).toBe(true);
    expect(proves(proof, { ...leaf, data: datum(3) }, rootOf(tree(6)))).toBe(false);
    expect(proves(proof, leaf, rootOf(tree(7)))).toBe(false);
  });

  it("is refused for places before, between and beyond the leaves, whose paths are those of leaves", () => {
    // The last of 8 leaves lies to the right all the way up, as would one at -1 or at 7.5.
    const root = rootOf(tree(8));
    const leaf = { data: datum(7), index: 7, count: 8 };
    for (const index of [-1, 7.5, 8, Number.NaN]) {
      expect(proves(proofOf(tree(8), 7), { ...leaf, index }, root)).toBe(false);
    }
  });

  it("is refused with nodes of another size", () => {
    const root = rootOf(tree(8));
    const [first, ...others] = proofOf(tree(8), 7);
    const leaf = { data: datum(7), index: 7, count: 8 };
    expect(proves([join([first!, Uint8Array.of(0)]), ...others], leaf, root)).toBe(false);
    expect(proves([first!.slice(1), ...others], leaf, root)).toBe(false);
  });

  it("is refused when longer than the tree is high, or too short for its place", () => {
    const root = rootOf(tree(8));
    const proof = proofOf(tree(8), 7);
    const leaf = { data: datum(7), index: 7, count: 8 };
    expect(proves(proof, leaf, root)).toBe(true);
    expect(proves(proof, { ...leaf, count: 4 }, root)).toBe(false);
    expect(proves(proof, { ...leaf, index: 15, count: 16 }, root)).toBe(false);
  });
});
