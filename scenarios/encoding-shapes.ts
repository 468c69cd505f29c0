import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "encoding-shapes",
  question:
    "What do Red Stuff, Reed-Solomon and plain copies survive, on the same network and outages?",
  replications: 10,
  horizon: "12h",
  warmUp: "30min",
  committee: { nodes: 100, shards: 1000 },
  workload: {
    preload: { blobs: 500, size: "8MiB" },
    writes: { rate: "10/h", size: "8MiB" },
    reads: { rate: "2/min" },
  },
  // Up 81 % of the time: office computers, the Weibull fits of Microsoft99 in churn-fits-published.csv.
  faults: [
    {
      kind: "crash-recover",
      timeToFailure: { kind: "weibull", shape: 0.55, scale: "35.3h" },
      timeToRepair: { kind: "weibull", shape: 0.6, scale: "9.34h" },
    },
  ],
  variants: {
    "red-stuff": { encoding: { scheme: "red-stuff" } }, // Takes 4.5 times the blob.
    "reed-solomon-334-1000": {
      encoding: { scheme: "reed-solomon", dataShards: 334, totalShards: 1000 }, // 3 times.
    },
    "reed-solomon-29-80": {
      // Storj's parameters: 2.75 times, and 39 slivers before a write counts.
      encoding: { scheme: "reed-solomon", dataShards: 29, totalShards: 80, writeQuorum: 54 },
    },
    "copies-3": { encoding: { scheme: "replication", copies: 3, writeQuorum: 2 } },
    // As many as make twelve nines against a third of liars: whitepaper v2, section 1.
    "copies-25": { encoding: { scheme: "replication", copies: 25, writeQuorum: 13 } },
  },
  guarantees: [
    "read.success: ratio >= 0.99",
    "write.success: ratio >= 0.9",
    "blobs.unavailable: count == 0",
  ],
});
