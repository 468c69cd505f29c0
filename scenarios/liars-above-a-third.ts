import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "liars-above-a-third",
  question: "What breaks if far more shards lie than the protocol can bear?",
  // The limit is meant to show: the guarantees of liars-below-a-third do not hold here.
  expect: "broken",
  replications: 8,
  horizon: "1h",
  warmUp: "10min",
  committee: { nodes: 100, shards: 1000 },
  workload: {
    writes: { rate: "20/h", size: "1MiB" },
    reads: { arrivals: { kind: "on-write", readers: 20, within: "1min" } },
  },
  // 500 of 1,000 shards sign for what they do not store. Blobs are certified as soon as ever, but
  // with no more than 167 honest signatures, and whether 334 slivers are stored is left to luck.
  faults: [{ kind: "liars", nodes: { share: "50%" }, behaviour: "sign-without-storing" }],
  guarantees: [
    "read.success: ratio >= 0.999",
    "write.success: ratio >= 0.95",
    "blobs.lost: count == 0",
    "faults.bites: count >= 1",
  ],
});
