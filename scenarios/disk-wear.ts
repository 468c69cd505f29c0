import { defineScenario } from "../sim/scenario/define.ts";
import type { Duration } from "../sim/scenario/units.ts";

// Yearly failure rates of 3, 4, 12 and 16 TB drives at Backblaze, pooled from data/disk-models.csv. A node
// of 55 TB, mainnet's median, has as many of them as hold that, and loses everything with any one.
const wear = (timeToFailure: Duration) => ({
  faults: [{ kind: "disk-loss" as const, timeToFailure }],
});

export default defineScenario({
  name: "disk-wear",
  question: "What do ten years of failing drives do, if every drive that fails empties its node?",
  grain: "cohort",
  replications: 3,
  horizon: "3650d",
  committee: { stakeMoved: "0.3%" },
  workload: {
    preload: { blobs: 10_000_000, size: { kind: "log-normal", median: "637kB", sigma: 2 } },
    reads: { rate: "0.2/h" },
  },
  metrics: { healthEvery: "10d" },
  ...wear("4510d"),
  variants: {
    // 4 drives at 0.79 % a year.
    "16-tb": wear("11550d"),
    // 5 drives at 1.62 %.
    "12-tb": wear("4510d"),
    // 14 drives at 2.14 %.
    "4-tb": wear("1218d"),
    // 19 drives at 6.3 %: a node is emptied more than once a year.
    "3-tb": wear("305d"),
  },
  recovers: { within: "30d" }, // Of twenty-four shards and ten million blobs.
  guarantees: [
    "read.success: ratio >= 0.999",
    "read.latency: p99 <= 5s",
    "unavailable.time: max <= 0s",
    "blobs.lost: count == 0",
  ],
});
