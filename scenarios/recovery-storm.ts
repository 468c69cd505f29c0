import { defineScenario } from "../sim/scenario/define.ts";
import type { Share } from "../sim/scenario/units.ts";

const emptied = (share: Share) => ({
  faults: [
    { kind: "disk-loss" as const, nodes: { share, by: "random" as const }, at: "1d" as const },
  ],
});

export default defineScenario({
  name: "recovery-storm",
  question: "How much longer does recovery take when many nodes lose their disks at once?",
  grain: "cohort",
  replications: 4,
  horizon: "120d",
  committee: { epochAge: "1d" },
  workload: {
    preload: { blobs: 1_000_000, size: { kind: "log-normal", median: "637kB", sigma: 2 } },
    reads: { rate: "2/h" },
  },
  metrics: { healthEvery: "12h" },
  ...emptied("10%"),
  variants: {
    "1-percent": emptied("1%"),
    "10-percent": emptied("10%"),
    "30-percent": emptied("30%"),
    // With more than a third gone for good, no node that lost its disk finds 667 shards to recover its primary
    // slivers from. Everything can still be read.
    "after-a-third-is-gone": {
      faults: [
        { kind: "crash", nodes: { share: "34%" }, at: "12h" },
        { kind: "disk-loss", nodes: { share: "10%" }, at: "1d" },
      ],
      expect: "broken",
    },
    // Above two thirds there is nothing left to recover from.
    "70-percent": { ...emptied("70%"), expect: "broken" },
  },
  recovers: { within: "3d" },
  guarantees: [
    "read.success: ratio >= 0.999",
    "read.latency: p99 <= 5s",
    "blobs.lost: count == 0",
    "blobs.incomplete: count == 0",
  ],
});
