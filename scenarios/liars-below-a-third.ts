import { defineScenario } from "../sim/scenario/define.ts";

/** Names of the nodes from the `first` to the `last`: of 100 nodes, each holds 10 of 1,000 shards. */
const nodes = (first: number, last: number) => ({
  list: Array.from(
    { length: last - first + 1 },
    (_, index) => `node-${String(first + index).padStart(3, "0")}`,
  ),
});

export default defineScenario({
  name: "liars-below-a-third",
  question:
    "Do blobs survive if a third of the shards never stored them and another third crashes?",
  replications: 10,
  horizon: "4h",
  committee: { nodes: 100, shards: 1000 },
  workload: {
    preload: { blobs: 200, size: "1MiB" },
    reads: { rate: "2/min" },
  },
  faults: [
    // f is 333 of 1,000: 330 shards lie, which the protocol must bear.
    { kind: "liars", nodes: nodes(1, 33), behaviour: "sign-without-storing" },
    // 340 shards are left that hold what they signed for, and 334 reconstruct a blob.
    { kind: "crash", nodes: nodes(34, 66), at: "1h" },
  ],
  guarantees: [
    "read.success: ratio >= 0.999",
    "blobs.unavailable: count == 0",
    "faults.bites: count >= 1",
  ],
});
