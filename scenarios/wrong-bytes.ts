import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "wrong-bytes",
  question: "Is every wrong byte caught before it reaches a reader, and what does that cost?",
  // Real blobs, encoded, corrupted, verified and decoded by the real codec; hence a small committee.
  payload: "bytes",
  replications: 5,
  horizon: "30min",
  committee: { nodes: 20, shards: 61 },
  workload: {
    preload: { blobs: 10, size: "100kB" },
    writes: { rate: "30/h", size: "100kB" },
    reads: { rate: "3/min" },
  },
  faults: [{ kind: "liars", nodes: { share: "30%" }, behaviour: "wrong-bytes" }],
  guarantees: [
    "read.success: ratio >= 0.99",
    "read.latency: max <= 10s", // What is wrong is asked for again at once.
    "write.success: ratio >= 0.9",
    "faults.bites: count >= 1",
  ],
});
