import { describe, expect, it } from "vitest";
import { minutes, seconds } from "../engine/sim-time.ts";
import type { ActiveFlow, CohortState } from "./cohort-state.ts";
import { HONEST } from "./conduct.ts";
import { newGap } from "./gaps.ts";
import { BEFORE_ALL } from "./population.ts";
import type { Scene } from "./scene.ts";
import { lookForSpan, nextOfSpan } from "./spans.ts";

/**
 * Three nodes of a shard each, two of which make a blob readable. Node 0 goes over all blobs, at a pace that
 * takes it through all of them in so long; node 1 lacks those of the lower half of all IDs.
 */
function whileItLasts(all: number): Scene {
  const whole = { from: BEFORE_ALL, to: 0, readyAt: 0, origin: "lost" } as const;
  const gaps = [
    newGap({ ...whole, id: 0, node: 0, shards: [0], remedy: "scan" }),
    newGap({ ...whole, id: 1, node: 1, shards: [1], remedy: "none", idTo: 0.5 }),
  ];
  const flow: Partial<ActiveFlow> = { node: 0, gap: 0, work: "both", share: 1 / 1000, until: 1 };
  const state = {
    at: 0,
    nodes: [0, 1, 2].map(() => ({ up: true, conduct: HONEST })),
    gaps: new Map(gaps.map((gap) => [gap.id, gap])),
    owners: [0, 1, 2],
    previousOwners: [0, 1, 2],
    readsPrevious: false,
    epochStartedAt: BEFORE_ALL,
    population: {
      cohorts: [{ id: 0, sizes: 0, from: BEFORE_ALL, to: 0, count: 1000, endEpoch: 9 }],
      growing: [],
    },
    flows: [{ ...flow, rate: 1000 / all }],
    unavailable: 0,
    span: undefined,
  } as unknown as CohortState;
  const parameters = { shardCount: 3, primaryNeeded: 2, growth: [] };
  return { state, parameters } as unknown as Scene;
}

describe("a stretch of time in which blobs cannot be read", () => {
  it("is over to the microsecond, though no work is done then", () => {
    const scene = whileItLasts(seconds(9) + 1);
    lookForSpan(scene);
    expect(scene.state.unavailable).toBe(500);
    // Node 0 has come through the half that node 1 lacks, too.
    expect(nextOfSpan(scene)).toBe(seconds(4.5) + 1);
  });

  it("is looked at again in between, if it lasts", () => {
    const scene = whileItLasts(minutes(90));
    lookForSpan(scene);
    expect(nextOfSpan(scene)).toBe(minutes(10));
  });
});
