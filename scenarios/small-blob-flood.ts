import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "small-blob-flood",
  question: "Do honest clients notice when somebody writes a flood of one-byte blobs?",
  replications: 5,
  horizon: "30min",
  warmUp: "5min",
  committee: { nodes: 100, shards: 1000 },
  workload: {
    preload: { blobs: 20, size: "1MiB" },
    writes: { rate: "1/min", size: "1MiB" },
    reads: { rate: "30/min" },
  },
  // A byte takes as much metadata as a gigabyte: 66 kB on each node, for each blob.
  faults: [
    { kind: "small-blob-flood", client: "eu-west", at: "10min", lasts: "10min", rate: "1/s" },
    { kind: "registration-spam", at: "10min", lasts: "10min", rate: "5/s" },
  ],
  variants: {
    flooded: {},
    calm: { faults: [], guarantees: ["read.success: ratio >= 0.998", "read.latency: max <= 5s"] },
  },
  guarantees: [
    "read.success: ratio >= 0.998",
    "write.success: ratio >= 0.97",
    "read.latency: max <= 5s", // Every reader: more is hardly asked by who waits for a page.
    "write.latency: p50 <= 20s",
    "faults.bites: count >= 1",
  ],
});
