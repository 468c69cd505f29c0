import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RandomStreams } from "../engine/random-streams.ts";
import { seconds } from "../engine/sim-time.ts";
import { fixedLatency } from "../network/latency-table.ts";
import { selectTargets } from "./select-targets.ts";
import { testNodes } from "./test-world.ts";
import { worstNodes } from "./worst-nodes.ts";

const luck = (seed = "targets") => new RandomStreams(seed).stream("targets");
const committees = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 9 });
const shares = fc.integer({ min: 0, max: 100 }).map((percent) => percent / 100);
const sumOf = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

/** All sets of nodes, as lists of positions. */
function subsets(count: number): number[][] {
  return Array.from({ length: 2 ** count }, (_, bits) =>
    Array.from({ length: count }, (_, node) => node).filter((node) => (bits >> node) & 1),
  );
}

/** The sets whose shards sum to the most that the share allows. */
function nearestSets(shards: readonly number[], share: number): number[][] {
  const weight = (set: readonly number[]) => sumOf(set.map((node) => shards[node]!));
  const limit = share * sumOf(shards) + 1e-9;
  const allowed = subsets(shards.length).filter((set) => weight(set) <= limit);
  const most = Math.max(...allowed.map(weight));
  return allowed.filter((set) => weight(set) === most);
}

describe("targets by share", () => {
  it.each(["random", "worst"] as const)("(%s) come as near below it as whole nodes allow", (by) => {
    fc.assert(
      fc.property(committees, shares, fc.string(), (shards, share, seed) => {
        const chosen = selectTargets({ share, by }, testNodes(shards), luck(seed));
        expect(nearestSets(shards, share)).toContainEqual(chosen);
      }),
    );
  });

  it("(worst) are as few nodes as can hold that much", () => {
    fc.assert(
      fc.property(committees, shares, (shards, share) => {
        const chosen = selectTargets({ share, by: "worst" }, testNodes(shards), luck());
        const fewest = Math.min(...nearestSets(shards, share).map((set) => set.length));
        expect(chosen).toHaveLength(fewest);
      }),
    );
  });

  it("(worst) are the largest first", () => {
    // Of 100 shards 33: 18 + 15, and not 15 + 9 + 9.
    const nodes = testNodes([9, 15, 18, 9, 49]);
    expect(selectTargets({ share: 0.33, by: "worst" }, nodes, luck())).toEqual([1, 2]);
  });

  it("(worst) are two of five shards rather than seven and three of one", () => {
    const nodes = testNodes([7, 5, 1, 5, 1, 1]);
    expect(selectTargets({ share: 0.5, by: "worst" }, nodes, luck())).toEqual([1, 3]);
  });

  it("(random) are any, by luck", () => {
    const nodes = testNodes(new Array<number>(10).fill(10));
    const chosen = Array.from({ length: 200 }, (_, i) =>
      selectTargets({ share: 0.3, by: "random" }, nodes, luck(`${i}`)),
    );
    expect(chosen.every((set) => set.length === 3)).toBe(true);
    // 120 sets are possible: 200 draws meet 120 (1 - e^(-200/120)) = 97 of them, about.
    expect(new Set(chosen.map(String)).size).toBeGreaterThan(70);
  });

  it("take 29 % of 100 shards to be 29, which binary fractions do not", () => {
    const nodes = testNodes(new Array<number>(100).fill(1));
    expect(Math.floor(0.29 * 100)).toBe(28);
    expect(selectTargets({ share: 0.29, by: "worst" }, nodes, luck())).toHaveLength(29);
  });

  it("are nobody for a share below the smallest node, and all for the whole", () => {
    const nodes = testNodes([5, 5, 5]);
    expect(selectTargets({ share: 0.3, by: "worst" }, nodes, luck())).toEqual([]);
    expect(selectTargets({ share: 1, by: "random" }, nodes, luck())).toEqual([0, 1, 2]);
  });

  it("are found fast in committees of many nodes", () => {
    const shards = Array.from({ length: 500 }, (_, node) => 1 + (node % 7));
    const chosen = selectTargets({ share: 1 / 3, by: "worst" }, testNodes(shards), luck());
    expect(sumOf(chosen.map((node) => shards[node]!))).toBe(Math.floor(sumOf(shards) / 3));
  });
});

describe("targets", () => {
  const nodes = testNodes([4, 9, 2, 9, 1]);
  it.each([
    { selector: "all" as const, chosen: [0, 1, 2, 3, 4] },
    { selector: { region: "asia" }, chosen: [1, 3] },
    { selector: { provider: "hetzner" }, chosen: [0, 3] },
    { selector: { region: "nowhere" }, chosen: [] },
    { selector: { list: ["node-4", "node-0"] }, chosen: [0, 4] },
    { selector: { count: 3, by: "worst" as const }, chosen: [0, 1, 3] },
    { selector: { count: 9, by: "random" as const }, chosen: [0, 1, 2, 3, 4] },
  ])("of $selector are $chosen", ({ selector, chosen }) => {
    expect(selectTargets(selector, nodes, luck())).toEqual(chosen);
  });

  it("by count are as likely one as another", () => {
    const counts = nodes.map(() => 0);
    const random = luck();
    for (let i = 0; i < 5000; i++) {
      for (const node of selectTargets({ count: 2, by: "random" }, nodes, random)) counts[node]!++;
    }
    // Each is chosen with probability 2/5: mean 2000, standard deviation sqrt(5000 * 0.4 * 0.6) = 35.
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(4 * 35);
  });
});

it("takes the region whose readers a search is to hurt for no region of nodes", () => {
  const set = { share: 0.5, by: "search", hurting: "latency", region: "europe" } as const;
  const asked: unknown[] = [];
  const worst = (of: unknown) => {
    asked.push(of);
    return [1, 2];
  };
  expect(selectTargets(set, testNodes([4, 3, 2, 1]), luck(), { worst })).toEqual([1, 2]);
  expect(asked).toEqual([set]);
});

describe("nodes without shards", () => {
  const nodes = testNodes([0, 3, 0, 2, 2, 0]);

  it("are none that a number, a share or a search may choose", () => {
    for (const by of ["random", "worst"] as const) {
      expect(selectTargets({ count: 3, by }, nodes, luck())).toEqual([1, 3, 4]);
      expect(selectTargets({ share: 0.6, by }, nodes, luck())).toEqual([3, 4]);
    }
    const world = {
      ...{ nodes, latency: fixedLatency(1), needed: { reads: 4, recovery: 5, metadata: 3 } },
      patience: { clients: seconds(300), metadata: seconds(5), symbols: seconds(45) },
      clients: [{ actor: 9, place: "place-0", region: "europe", share: 1 }],
    };
    const set = { share: 0.6, by: "search", hurting: "reads" } as const;
    expect(worstNodes(set, world, luck())).toEqual([3, 4]);
  });

  it("are struck by their names, and with all others", () => {
    expect(selectTargets({ list: ["node-0"] }, nodes, luck())).toEqual([0]);
    expect(selectTargets("all", nodes, luck())).toHaveLength(6);
  });
});
