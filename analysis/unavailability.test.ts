import { expect, it } from "vitest";
import { syntheticLife } from "./testing/synthetic-life.ts";
import { summarizeUnavailability } from "./unavailability.ts";

it("names what was in force while blobs could not be read, the rarest first", () => {
  const [rows] = syntheticLife({ replications: 1 });
  const stretches = summarizeUnavailability([rows!]);
  expect(stretches).toHaveLength(3);
  const sizes = stretches.map(({ blobSeconds }) => blobSeconds);
  expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
  // The outage of two days, the war of twelve, the churn that never ends; no disk was lost then.
  expect(stretches[0]!.inForce).toEqual([
    "faults[1] (region-outage)",
    "faults[0] at war",
    "faults[0] (churn)",
  ]);
});

it("keeps to the twenty worst, of all replications", () => {
  const many = syntheticLife({ replications: 9 });
  const stretches = summarizeUnavailability(many);
  expect(stretches).toHaveLength(20);
  expect(new Set(stretches.map(({ replication }) => replication)).size).toBeGreaterThan(5);
});

it("has nothing to say where all could be read", () => {
  expect(summarizeUnavailability(syntheticLife({ replications: 2, unavailable: 0 }))).toEqual([]);
});
