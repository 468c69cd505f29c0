import { describe, expect, it } from "vitest";
import { RandomStreams } from "../engine/random-streams.ts";
import { harm, type Vantage, type WorstSetProblem, worstSet } from "./worst-set.ts";

const stream = (name: string) => new RandomStreams("worst").stream(name);

/** Nodes of 1 to 4 shards at round trips of 10 to 300 ms, seen from so many places. */
function problem(name: string, nodes: number, places: number): WorstSetProblem {
  const random = stream(name);
  const draw = (from: number, to: number) => from + Math.floor(random() * (to - from + 1));
  const shards = Array.from({ length: nodes }, () => draw(1, 4));
  const total = shards.reduce((sum, count) => sum + count, 0);
  const faultyMax = Math.floor((total - 1) / 3);
  const vantages = Array.from(
    { length: places },
    (): Vantage => ({
      weight: draw(1, 5),
      latencies: shards.map(() => draw(1, 30) * 10_000),
    }),
  );
  return { shards, limit: faultyMax, needed: total - 2 * faultyMax, vantages };
}

const weigh = ({ shards }: WorstSetProblem, set: readonly number[]) =>
  set.reduce((sum, node) => sum + shards[node]!, 0);

const harmOf = (of: WorstSetProblem, set: readonly number[]) =>
  harm(
    of,
    of.shards.map((_, node) => set.includes(node)),
  );

function worstOfAll(of: WorstSetProblem): number {
  let worst = 0;
  for (let set = 0; set < 2 ** of.shards.length; set++) {
    const nodes = of.shards.flatMap((_, node) => ((set >> node) & 1 ? [node] : []));
    if (weigh(of, nodes) <= of.limit) worst = Math.max(worst, harmOf(of, nodes));
  }
  return worst;
}

const cases = Array.from({ length: 60 }, (_, index) => index);

describe("the worst set", () => {
  it.each(cases)("from one place is as bad as any, committee %i", (index) => {
    const of = problem(`one/${index}`, 4 + (index % 8), 1);
    const found = worstSet(of, stream("search"));
    expect(weigh(of, found)).toBeLessThanOrEqual(of.limit);
    expect(harmOf(of, found)).toBe(worstOfAll(of));
  });

  it.each(cases)("from several places is as bad as any, committee %i", (index) => {
    const of = problem(`several/${index}`, 4 + (index % 8), 2 + (index % 4));
    const found = worstSet(of, stream("search"));
    expect(weigh(of, found)).toBeLessThanOrEqual(of.limit);
    expect(harmOf(of, found)).toBeCloseTo(worstOfAll(of), 3);
  });

  it.each(cases)(
    "for readers who ask three for metadata is as bad as any, committee %i",
    (index) => {
      const sources = { count: 3, patience: 10 ** (5 + (index % 4)) };
      const of = { ...problem(`sources/${index}`, 4 + (index % 8), 1 + (index % 3)), sources };
      const found = worstSet(of, stream("search"));
      expect(weigh(of, found)).toBeLessThanOrEqual(of.limit);
      expect(harmOf(of, found)).toBeCloseTo(worstOfAll(of), 3);
    },
  );

  it("for readers who ask three for metadata is of many small nodes, not of few large ones", () => {
    const shards = [...Array(10).fill(18), ...Array(30).fill(1)] as number[];
    const vantage = { weight: 1, latencies: shards.map((_, node) => 1e4 * (1 + (node % 7))) };
    const of = { shards, limit: 69, needed: 72, vantages: [vantage] };
    const near = worstSet(of, stream("search"));
    const sources = { count: 3, patience: 300e6 };
    const many = worstSet({ ...of, sources }, stream("search"));
    expect(many.filter((node) => node >= 10)).toHaveLength(30);
    expect(many.length).toBe(32); // Two large ones fit in beside them.
    expect(near.length).toBeLessThan(many.length);
  });

  it("leaves too little where it can", () => {
    const of = { ...problem("cut", 9, 2), limit: 100 };
    expect(worstSet(of, stream("search"))).toHaveLength(9);
    expect(harmOf(of, worstSet(of, stream("search")))).toBeGreaterThan(1e12);
  });

  it("is no less than a random set of a large committee, and takes all it may", () => {
    const of = problem("large", 100, 5);
    const found = worstSet(of, stream("search"));
    expect(weigh(of, found)).toBe(of.limit);
    const random = stream("random");
    for (let round = 0; round < 200; round++) {
      const set: number[] = [];
      for (const node of of.shards
        .map((_, at) => ({ at, luck: random() }))
        .sort((a, b) => a.luck - b.luck)) {
        if (weigh(of, [...set, node.at]) <= of.limit) set.push(node.at);
      }
      expect(harmOf(of, set)).toBeLessThanOrEqual(harmOf(of, found));
    }
  });
});
