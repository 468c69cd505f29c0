import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cloneState } from "./clone-state.ts";
import { InvariantError } from "./invariant.ts";

const example = () => ({
  count: 1,
  big: 2n,
  nothing: undefined,
  list: [1, [2], { three: 3 }],
  map: new Map<unknown, unknown>([
    ["a", { b: 1 }],
    [{ key: 1 }, 2],
  ]),
  set: new Set([1, "two"]),
  bytes: new Uint8Array([1, 2, 3]),
  doubles: new Float64Array([0.5]),
  buffer: new Uint8Array([9]).buffer,
});

describe("a clone of plain data", () => {
  it("equals the original and shares nothing with it", () => {
    const state = example();
    const clone = cloneState(state);
    expect(clone).toEqual(state);

    clone.count++;
    clone.list.push(4);
    (clone.list[1] as number[]).push(5);
    (clone.map.get("a") as { b: number }).b++;
    clone.set.add(3);
    clone.bytes[0] = 7;
    clone.doubles[0] = 7;
    new Uint8Array(clone.buffer)[0] = 7;
    expect(state).toEqual(example());
  });

  it("equals the original, whatever it is", () => {
    const data = fc.anything({ withMap: true, withSet: true, withBigInt: true });
    fc.assert(
      fc.property(data, (state) => {
        expect(cloneState(state)).toStrictEqual(state);
      }),
    );
  });

  it("shares what is frozen, all within it included", () => {
    const table = Object.freeze({ rows: [1, 2] });
    const clone = cloneState({ table, tables: [table] });
    expect(clone.table).toBe(table);
    expect(clone.tables[0]).toBe(table);
  });

  it("has the shape of the original: what was one object is one, cycles included", () => {
    const shared = { value: 1 };
    const state: { first: object; second: object; self?: object } = {
      first: shared,
      second: shared,
    };
    state.self = state;
    const clone = cloneState(state);
    expect(clone.first).toBe(clone.second);
    expect(clone.first).not.toBe(shared);
    expect(clone.self).toBe(clone);
  });

  it("keeps views of one buffer on one buffer", () => {
    const bytes = new Uint8Array(8);
    const clone = cloneState({
      whole: bytes,
      part: bytes.subarray(2, 4),
      view: new DataView(bytes.buffer, 2, 2),
    });
    clone.whole[2] = 5;
    expect([clone.part.length, clone.part[0], clone.view.getUint8(0), bytes[2]]).toEqual([
      2, 5, 5, 0,
    ]);
  });

  it("keeps the order of keys, entries and members", () => {
    const clone = cloneState({
      z: 1,
      a: new Map([
        ["z", 1],
        ["a", 2],
      ]),
      m: new Set(["z", "a"]),
    });
    expect(Object.keys(clone)).toEqual(["z", "a", "m"]);
    expect([...clone.a.keys()]).toEqual(["z", "a"]);
    expect([...clone.m]).toEqual(["z", "a"]);
  });

  it.each<[string, unknown]>([
    ["a function", { act: () => 1 }],
    ["an instance of a class", { error: new Error("hidden") }],
    ["a date", [new Date(0)]],
    ["a promise", new Map([["later", Promise.resolve()]])],
    ["a bare object", { bare: Object.create(null) }],
  ])("is refused for %s", (_what, state) => {
    expect(() => cloneState(state)).toThrow(InvariantError);
  });
});
