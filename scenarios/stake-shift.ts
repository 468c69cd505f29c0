import { defineScenario } from "../sim/scenario/define.ts";

const moved = (stakeMoved: `${number}%`) => ({ committee: { stakeMoved } });

export default defineScenario({
  name: "stake-shift",
  question: "How much stake may move from epoch to epoch before the moving of shards is felt?",
  replications: 5,
  horizon: "6h",
  committee: {
    nodes: 50,
    shards: 200,
    epoch: "1h", // Shorter than any real one: what is felt here is felt in fourteen days too.
    epochAge: "30min",
    stake: { kind: "zipf", exponent: 0.5 },
  },
  workload: {
    preload: { blobs: 300, size: { kind: "log-normal", median: "665kB", sigma: 1.4 } },
    reads: { rate: "2/min" },
    writes: { rate: "15/h", size: { kind: "log-normal", median: "665kB", sigma: 1.4 } },
  },
  // Mainnet's 36 changes look like 0.3 % to 0.5 %.
  variants: {
    "half-a-percent": moved("0.5%"),
    "five-percent": moved("5%"),
    "twenty-percent": moved("20%"),
  },
  recovers: { within: "10min" },
  guarantees: [
    "read.success: ratio >= 0.999",
    "read.latency: p95 <= 5s",
    "write.success: ratio >= 0.99",
    "blobs.lost: count == 0",
    "blobs.unavailable: count == 0",
    "epoch.sync: mean <= 1min",
  ],
});
