import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "epoch-change",
  question: "Are reads and writes interrupted while the committee changes and shards move?",
  replications: 5,
  horizon: "3h",
  committee: {
    nodes: 25,
    shards: 100,
    // One change in the middle of the run, an hour after its beginning.
    epoch: "1d",
    epochAge: "23h",
    stakeMoved: "5%", // Far more than mainnet has seen from epoch to epoch.
    changes: [
      { kind: "leaves", epoch: 2, node: "node-03" },
      { kind: "leaves", epoch: 2, node: "node-07" },
      { kind: "joins", epoch: 2, node: "newcomer", stake: "5%" },
    ],
  },
  workload: {
    clients: { "us-east": "60%", "ap-southeast": "40%" },
    preload: { blobs: 400, size: { kind: "log-normal", median: "665kB", sigma: 1.4 } },
    reads: { rate: "6/min" },
    writes: { rate: "1/min", size: { kind: "log-normal", median: "665kB", sigma: 1.4 } },
  },
  recovers: { within: "10min" },
  guarantees: [
    "read.success: ratio >= 0.999",
    "read.latency: p99 <= 5s",
    "write.success: ratio >= 0.99",
    "write.latency: p95 <= 20s",
    "blobs.lost: count == 0",
    "blobs.unavailable: count == 0",
    "epoch.sync: max <= 1h",
    "shards.moved: mean >= 5", // Else nothing was tested.
  ],
});
