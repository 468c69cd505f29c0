import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "nft-drop",
  question: "Do reads stay fast when a collection is written and at once wanted by everybody?",
  preset: "testnet",
  replications: 5,
  horizon: "1h",
  warmUp: "5min",
  workload: {
    clients: { "us-east": "30%", "eu-west": "30%", "ap-southeast": "20%", "ap-northeast": "20%" },
    preload: { blobs: 500, size: { kind: "log-normal", median: "665kB", sigma: 1.4 } },
    // The collection, fifty pictures a burst; the sizes are assumed.
    writes: {
      arrivals: { kind: "bursts", rate: "6/h", size: 50 },
      size: { kind: "uniform", from: "200kB", to: "2MB" },
    },
    reads: { rate: "2/min" },
    // A hundred times the usual for a quarter of an hour, over all of the collection.
    surges: [{ at: "30min", lasts: "15min", factor: 100, blobs: 50 }],
  },
  guarantees: [
    "read.success: ratio >= 0.999",
    "read.latency: p95 <= 5s",
    "write.success: ratio >= 0.99",
  ],
});
