import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Digest } from "./digest.ts";

type Item = number | string;

function digestOf(items: readonly Item[]): string {
  const digest = new Digest();
  for (const item of items) {
    if (typeof item === "number") digest.number(item);
    else digest.string(item);
  }
  return digest.text();
}

function digestOfEvent(time: number, handler: number, argument: number): string {
  const digest = new Digest();
  digest.event(time, handler, argument);
  return digest.text();
}

describe("a digest", () => {
  it("is 16 hexadecimal digits, of nothing too", () => {
    expect(digestOf([])).toMatch(/^[0-9a-f]{16}$/);
    expect(digestOf([1, "a"])).toMatch(/^[0-9a-f]{16}$/);
  });

  it("is the same for the same items, and another for any others", () => {
    const item = fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.string());
    const items = fc.array(item, { maxLength: 8 });
    fc.assert(
      fc.property(items, items, (some, others) => {
        const equal =
          some.length === others.length && some.every((x, i) => Object.is(x, others[i]));
        expect(digestOf(some) === digestOf(others)).toBe(equal);
        expect(digestOf([...some])).toBe(digestOf(some));
      }),
      { numRuns: 1000 },
    );
  });

  it("tells apart what looks alike", () => {
    const lookalikes: Item[][] = [
      [],
      [0],
      [-0],
      [0, 0],
      [1, 2],
      [2, 1],
      [12],
      ["12"],
      ["1", "2"],
      [""],
      ["", ""],
      ["\0"],
      ["a\0"],
      ["a"],
      ["ab"],
      ["a", "b"],
      [2 ** 32],
      [2 ** 53],
    ];
    expect(new Set(lookalikes.map(digestOf)).size).toBe(lookalikes.length);
  });

  it("does not collide over 33,000 events that differ in one number", () => {
    // By chance alone, 2^64 values would collide here with a probability of 3e-11.
    const digests = new Set<string>();
    for (let value = 0; value < 11_000; value++) {
      digests.add(digestOfEvent(value, 1, 0));
      digests.add(digestOfEvent(0, 1, value + 1));
      digests.add(digestOfEvent((value + 1) * 2 ** 32, 2, 0));
    }
    expect(digests.size).toBe(3 * 11_000);
  });

  it("of a clone goes its own way", () => {
    const digest = new Digest();
    digest.string("before");
    const clone = digest.clone();
    expect(clone.text()).toBe(digest.text());
    clone.string("after");
    expect(digest.text()).toBe(digestOf(["before"]));
    expect(clone.text()).toBe(digestOf(["before", "after"]));
  });
});
