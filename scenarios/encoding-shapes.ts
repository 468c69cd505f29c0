import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "encoding-shapes",
  question:
    "What do Red Stuff, Reed-Solomon and plain copies survive, on the same network and outages?",
  replications: 10,
  horizon: "5d", // Long enough for each node to fail and come back.
  committee: { nodes: 100, shards: 1000 },
  // Walrus first asks two thirds of the shards about a blob; the other codes know no such rule.
  client: { statusCheck: false },
  workload: {
    preload: { blobs: 500, size: "8MiB" },
    writes: { rate: "1/h", size: "8MiB" },
    reads: { rate: "20/h" },
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
      // Storj's 29 of 80, 2.75 times; a write is complete with half of the spare slivers.
      encoding: { scheme: "reed-solomon", dataShards: 29, totalShards: 80, writeQuorum: 55 },
    },
    // One blob in 150 has all three of its nodes away at a time.
    "copies-3": {
      expect: "broken",
      encoding: { scheme: "replication", copies: 3, writeQuorum: 2 },
    },
    // As many as make twelve nines against a third of liars: whitepaper v2, section 1.
    "copies-25": { encoding: { scheme: "replication", copies: 25, writeQuorum: 13 } },
  },
  guarantees: [
    "read.success: ratio >= 0.999",
    "write.success: ratio >= 0.95",
    "blobs.unavailable: count == 0",
  ],
});
