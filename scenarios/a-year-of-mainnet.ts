import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "a-year-of-mainnet",
  question: "Does every blob stay readable through a year of epochs, churn and lost disks?",
  grain: "cohort",
  replications: 4,
  horizon: "365d",
  committee: {
    stake: { kind: "zipf", exponent: 0.5 },
    stakeMoved: "1%",
    providers: { hetzner: "20%", others: "80%" },
  },
  workload: {
    // 17.6 million blobs in the first 16 months of mainnet, 10 million of them live in mid-2025.
    preload: { blobs: 10_000_000, size: { kind: "log-normal", median: "637kB", sigma: 2 } },
    writes: { rate: "1500/h", size: { kind: "log-normal", median: "637kB", sigma: 2 } },
    reads: { rate: "11.42/h" },
  },
  cohorts: { sampledWrites: "0.05%" },
  metrics: { healthEvery: "1d" },
  faults: [
    // As in the preset `calm`: up 99.89 % of the time, the median of 182 Ethereum operators.
    {
      kind: "crash-recover",
      timeToFailure: { kind: "weibull", shape: 0.488, scale: "52d" },
      timeToRepair: { kind: "log-normal", median: "62min", sigma: 1.44 },
    },
    // Each node loses its storage once in twenty years, and a provider is away for a day.
    { kind: "disk-loss", timeToFailure: "7300d" },
    { kind: "provider-outage", provider: "hetzner", at: "180d", lasts: "1d" },
  ],
  guarantees: [
    "read.success: ratio >= 0.9999",
    "read.latency: p99 <= 5s",
    "write.success: ratio >= 0.999",
    "write.latency: p99 <= 20s",
    "unavailable.time: max <= 0s",
    "blobs.lost: count == 0",
  ],
});
