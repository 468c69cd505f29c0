import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "baseline",
  question: "How fast and how surely are blobs written and read on a good day?",
  // The committee of Walrus's testnet of March 2025: 105 nodes, 1,000 shards. Calm: each node is up
  // 99.89 % of the time, like the median of 182 Ethereum operators.
  preset: ["testnet", "calm"],
  replications: 10,
  horizon: "6h",
  warmUp: "10min",
  workload: {
    clients: { "us-east": "50%", "eu-west": "30%", "ap-southeast": "20%" }, // Assumed.
    // Median and spread of what an IPFS gateway serves: Trautwein et al., SIGCOMM 2022.
    preload: { blobs: 500, size: { kind: "log-normal", median: "665kB", sigma: 1.4 } },
    writes: { rate: "12/h", size: { kind: "log-normal", median: "665kB", sigma: 1.4 } },
    reads: { rate: "4/min", popularity: { kind: "zipf", exponent: 0.8 } }, // Breslau 1999: 0.6 to 1.
  },
  guarantees: [
    "read.success: ratio >= 0.999",
    "read.latency: p95 <= 5s", // Whitepaper v4: below 5 s up to 135 MB.
    "write.success: ratio >= 0.99",
    "write.latency: p95 <= 20s", // Whitepaper v4: below 20 s up to 135 MB.
    "blobs.lost: count == 0",
  ],
});
