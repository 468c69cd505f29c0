import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "flash-crowd",
  question: "How slow do reads become when one blob is suddenly read a hundred times as often?",
  preset: "testnet",
  replications: 5,
  horizon: "40min",
  warmUp: "5min",
  workload: {
    clients: { "us-east": "40%", "eu-west": "40%", "ap-southeast": "20%" },
    preload: { blobs: 200, size: "8MiB" },
    reads: { rate: "3/min" },
    // Published crowds are 10 to 1,000 times the usual, within minutes.
    surges: [{ at: "15min", lasts: "10min", factor: 100, blobs: 1 }],
  },
  guarantees: ["read.success: ratio >= 0.999", "read.latency: p99 <= 10s"],
});
