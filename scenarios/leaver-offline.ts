import { defineScenario } from "../sim/scenario/define.ts";

/** Of a node with about a twentieth of the shards. */
const leaves = (how: "serves" | "offline" | "refuses") => ({
  committee: { changes: [{ kind: "leaves" as const, epoch: 2, node: "node-03", how }] },
});

export default defineScenario({
  name: "leaver-offline",
  question: "What does it cost if a node that leaves the committee does not hand its shards over?",
  replications: 3,
  horizon: "20h",
  committee: {
    nodes: 25,
    shards: 100,
    epoch: "14d",
    epochAge: "335h", // The change comes an hour after the beginning.
  },
  workload: {
    preload: { blobs: 150, size: { kind: "log-normal", median: "665kB", sigma: 1.4 } },
    reads: { rate: "1/min" },
    writes: { rate: "5/h", size: { kind: "log-normal", median: "665kB", sigma: 1.4 } },
  },
  // Twelve hours of patience with the one who left, and recovery from everybody else.
  variants: {
    "hands-over": leaves("serves"),
    "is-gone": leaves("offline"),
    "is-up-and-refuses": leaves("refuses"),
  },
  recovers: { within: "1h" },
  guarantees: [
    "read.success: ratio >= 0.999",
    "read.latency: max <= 10s",
    "write.success: ratio >= 0.98",
    "blobs.lost: count == 0",
    "blobs.unavailable: count == 0",
    "epoch.sync: max <= 1h", // The members that gained nothing are enough.
    "transfer.duration: max <= 15h",
  ],
});
