import { defineScenario } from "../sim/scenario/define.ts";

// Median and spread of 75 compute incidents published by AWS, 2018-2020: cloud-incident-durations.csv.
const incident = { kind: "log-normal", median: "73min", sigma: 1.146 } as const;

export default defineScenario({
  name: "provider-outage",
  question: "Can blobs still be written while the two largest hosting providers are away at once?",
  // No "calm" here: the two providers hold 332 of the 1,000 shards, so that one node more would do.
  preset: "testnet",
  replications: 10,
  horizon: "6h",
  warmUp: "10min",
  workload: {
    clients: { "us-east": "100%" },
    preload: { blobs: 200, size: { kind: "log-normal", median: "665kB", sigma: 1.4 } },
    writes: { rate: "10/h", size: { kind: "log-normal", median: "665kB", sigma: 1.4 } },
    reads: { rate: "1/min" },
  },
  faults: [
    // 186 and 146 shards: whitepaper v2, figure 7.
    { kind: "provider-outage", provider: "Hetzner", at: "1h", lasts: incident },
    { kind: "provider-outage", provider: "Cherry Servers", at: "1h", lasts: incident },
  ],
  recovers: { within: "1h" },
  guarantees: [
    "read.success: ratio >= 0.999",
    "read.latency: p95 <= 5s",
    "write.success: ratio >= 0.99",
    "write.latency: p95 <= 20s",
    "blobs.lost: count == 0",
    "faults.bites: count >= 1",
  ],
});
