import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RandomStreams } from "./random-streams.ts";

const draws = (streams: RandomStreams, name: string, count = 5) =>
  Array.from({ length: count }, streams.stream(name));

describe("a random stream", () => {
  it("is known by seed and name", () => {
    const first = draws(new RandomStreams("seed"), "crash");
    expect(draws(new RandomStreams("seed"), "crash")).toEqual(first);
    expect(draws(new RandomStreams("seed"), "crash2")).not.toEqual(first);
    expect(draws(new RandomStreams("seed2"), "crash")).not.toEqual(first);
    expect(draws(new RandomStreams("a/b"), "c")).not.toEqual(draws(new RandomStreams("a"), "b/c"));
  });

  it("stays as it was, however much others draw and whenever they are made", () => {
    const names = fc.array(fc.constantFrom("a", "b", "c", "ours"), { maxLength: 50 });
    const alone = draws(new RandomStreams("seed"), "ours", 50);
    fc.assert(
      fc.property(names, (drawing) => {
        const streams = new RandomStreams("seed");
        const drawn = drawing.map((name) => ({ name, value: streams.stream(name)() }));
        const ours = drawn.filter(({ name }) => name === "ours").map(({ value }) => value);
        expect(ours).toEqual(alone.slice(0, ours.length));
      }),
    );
  });

  it("goes back with a snapshot, even for those who hold it", () => {
    const streams = new RandomStreams("seed");
    const held = streams.stream("held");
    held();
    const snapshot = streams.snapshot();
    const next = [held(), held()];
    const later = draws(streams, "made later");

    for (const _twice of [1, 2]) {
      streams.restore(snapshot);
      expect([held(), held()]).toEqual(next);
      expect(draws(streams, "made later")).toEqual(later);
    }
  });

  it("goes on in another set of streams that is given its snapshot", () => {
    const streams = new RandomStreams("seed");
    draws(streams, "a");
    const other = new RandomStreams("seed");
    other.restore(streams.snapshot());
    expect(draws(other, "a")).toEqual(draws(streams, "a"));
  });

  it("begins anew with a salt, whether it existed or not", () => {
    const streams = new RandomStreams("seed");
    draws(streams, "old");
    const snapshot = streams.snapshot();
    const unsalted = [draws(streams, "old"), draws(streams, "new")];
    const restored = (salt: string) => {
      streams.restore(snapshot, salt);
      return [draws(streams, "old"), draws(streams, "new")];
    };
    const [a, b] = [restored("a"), restored("b")];
    expect(restored("a")).toEqual(a);
    for (const index of [0, 1]) {
      const luck = [unsalted, a, b].map((draws) => String(draws[index]));
      expect(new Set(luck).size).toBe(3);
    }
  });

  it("keeps its salt over a second snapshot", () => {
    const streams = new RandomStreams("seed");
    streams.restore(streams.snapshot(), "salt");
    const snapshot = streams.snapshot();
    const salted = draws(streams, "any");
    const other = new RandomStreams("seed");
    other.restore(snapshot);
    expect(draws(other, "any")).toEqual(salted);
  });
});
