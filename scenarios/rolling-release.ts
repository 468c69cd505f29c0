import { defineScenario } from "../sim/scenario/define.ts";
import type { Duration } from "../sim/scenario/units.ts";

/** Days on which mainnet had a release, in the first half year: data/walrus-mainnet-releases.csv. */
const days = [0, 16, 23, 31, 48, 58, 72, 77, 93, 112, 128, 142, 156, 174];

/** Every node restarts once within so long. */
const releases = (within: Duration, downtime: Duration) => ({
  faults: days.map((day) => ({
    kind: "restart" as const,
    at: `${day}d` as const,
    within,
    downtime,
  })),
});

export default defineScenario({
  name: "rolling-release",
  question: "How fast may a release roll out before writes, or reads, suffer from the restarts?",
  grain: "cohort",
  replications: 3,
  horizon: "180d",
  workload: {
    preload: { blobs: 1_000_000, size: { kind: "log-normal", median: "637kB", sigma: 2 } },
    writes: { rate: "60/h", size: { kind: "log-normal", median: "637kB", sigma: 2 } },
    reads: { rate: "4/h" },
  },
  cohorts: { sampledWrites: "5%" },
  metrics: { healthEvery: "12h" },
  ...releases("24h", "10min"),
  variants: {
    // Operators are expected to follow within a day.
    "a-day": releases("24h", "10min"),
    "an-hour": releases("1h", "10min"),
    // A twelfth of an hour for ten minutes of downtime: nearly all are away at once.
    "at-once": { ...releases("5min", "10min"), expect: "broken" },
  },
  recovers: { within: "6h" },
  guarantees: [
    "read.success: ratio >= 0.9999",
    "read.latency: p99 <= 5s",
    "write.success: ratio >= 0.9999",
    "write.latency: p95 <= 20s",
    "unavailable.time: max <= 0s",
    "blobs.incomplete: count == 0",
  ],
});
