import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "degraded-network",
  question: "Why do byte ranges suffer from a few dead nodes when whole blobs do not?",
  replications: 10,
  horizon: "2h",
  warmUp: "5min",
  preset: "testnet",
  workload: {
    preload: { blobs: 100, size: "32MiB" }, // Assumed: large enough that a range is a part.
  },
  // As one client saw mainnet on 2026-01-30: 16 of about 100 nodes down.
  faults: [{ kind: "crash", nodes: { count: 16 }, at: "0s" }],
  variants: {
    "whole-blobs": {
      workload: { preload: { blobs: 100, size: "32MiB" }, reads: { rate: "4/min" } },
    },
    "byte-ranges": {
      workload: {
        preload: { blobs: 100, size: "32MiB" },
        reads: { rate: "4/min", range: { bytes: "1MiB" } },
      },
    },
  },
  guarantees: ["read.success: ratio >= 0.99", "read.latency: p95 <= 30s"],
});
