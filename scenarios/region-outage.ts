import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "region-outage",
  question: "Do certified blobs stay readable while the largest region is away for six hours?",
  preset: ["testnet", "calm"],
  replications: 10,
  horizon: "12h",
  warmUp: "30min",
  workload: {
    clients: { "us-east": "60%", "ap-southeast": "40%" }, // Outside of the region that fails.
    preload: { blobs: 500, size: { kind: "log-normal", median: "665kB", sigma: 1.4 } },
    reads: { rate: "2/min" },
  },
  faults: [
    // Western Europe holds about 405 of the 1,000 shards: more than the 333 that may be away while
    // blobs are written, fewer than the 666 that may be away while they are read.
    { kind: "region-outage", region: "eu-west", at: "3h", lasts: "6h" },
  ],
  recovers: { within: "1h" },
  guarantees: [
    "read.success: ratio >= 0.999",
    "read.latency: p95 <= 10s",
    "blobs.lost: count == 0",
    "faults.bites: count >= 1", // Else nothing was tested.
  ],
});
