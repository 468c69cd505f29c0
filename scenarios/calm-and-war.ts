import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "calm-and-war",
  question: "Does service stay what it was when calm and war change at random?",
  replications: 5,
  horizon: "8h",
  warmUp: "10min",
  committee: { nodes: 100, shards: 1000 },
  workload: {
    preload: { blobs: 100, size: "1MiB" },
    writes: { rate: "20/h", size: "1MiB" },
    reads: { rate: "1/min" },
  },
  faults: [
    // In calm too a node fails here and there, and is mended.
    {
      kind: "crash-recover",
      timeToFailure: "100h",
      timeToRepair: { kind: "log-normal", median: "62min", sigma: 1.44 },
    },
    {
      kind: "regime",
      calm: { kind: "exponential", mean: "2h" }, // Assumed, like the length of wars.
      war: { kind: "exponential", mean: "30min" },
      // Together 300 of 1,000 shards, less where they strike the same nodes; f is 333.
      faults: [
        {
          kind: "crash-recover",
          timeToFailure: "10h",
          timeToRepair: "5min",
        },
        {
          kind: "liars",
          nodes: { share: "15%" },
          behaviour: ["wrong-bytes", "withhold"],
          blobs: { share: "50%" },
        },
        {
          kind: "flap",
          nodes: { share: "10%" },
          at: "1min",
          lasts: "24h",
          up: "30s",
          down: "2min",
        },
        {
          kind: "slow",
          nodes: { share: "5%" },
          at: "0s",
          lasts: "24h",
          factor: 20,
          what: "network",
        },
        { kind: "link", from: "clients", at: "5min", lasts: "24h", loss: "5%" },
      ],
    },
  ],
  recovers: { within: "1h" },
  guarantees: [
    "read.success: ratio >= 0.998",
    "write.success: ratio >= 0.99",
    "read.latency: p90 <= 3s",
    // One in some hundred readers asks three silent liars for metadata, and waits five minutes for them.
    "read.latency: max <= 16min",
    "write.latency: p95 <= 20s",
    "blobs.lost: count == 0",
  ],
});
