import { defineScenario } from "../sim/scenario/define.ts";

/** Names of the nodes from the `first` to the `last`: of 100 nodes, each holds 10 of 1,000 shards. */
const nodes = (first: number, last: number) => ({
  list: Array.from(
    { length: last - first + 1 },
    (_, index) => `node-${String(first + index).padStart(3, "0")}`,
  ),
});

export default defineScenario({
  name: "liars-above-a-third",
  question: "What breaks if more shards lie than the protocol can bear?",
  // The limit is meant to show: the guarantees of liars-below-a-third do not hold here.
  expect: "broken",
  replications: 10,
  horizon: "4h",
  committee: { nodes: 100, shards: 1000 },
  workload: {
    preload: { blobs: 200, size: "1MiB" },
    reads: { rate: "2/min" },
  },
  faults: [
    // 340 of 1,000 shards lie, seven more than f.
    { kind: "liars", nodes: nodes(1, 34), behaviour: "sign-without-storing" },
    // 330 shards are left that hold what they signed for, but it takes 334 to reconstruct a blob.
    { kind: "crash", nodes: nodes(35, 67), at: "1h" },
  ],
  guarantees: [
    "read.success: ratio >= 0.999",
    "blobs.unavailable: count == 0",
    "faults.bites: count >= 1",
  ],
});
