import { defineScenario } from "../sim/scenario/define.ts";

/** Thirty nodes, of 33 or 34 shards each: so many of them are lost, disks and all, and voted out. */
const lost = (count: number) => {
  const list = Array.from({ length: count }, (_, index) => `node-${index + 11}`);
  return {
    committee: {
      nodes: 30,
      epochAge: "8d" as const,
      changes: list.map((node) => ({
        kind: "leaves" as const,
        epoch: 2,
        node,
        how: "offline" as const,
      })),
    },
    faults: [{ kind: "crash" as const, nodes: { list }, at: "1d" as const }],
  };
};

export default defineScenario({
  name: "provider-lost-for-good",
  question:
    "A provider is lost with all its disks: at what size do its shards no longer come back?",
  grain: "cohort",
  replications: 3,
  horizon: "90d",
  workload: {
    preload: { blobs: 100_000, size: { kind: "log-normal", median: "637kB", sigma: 2 } },
    writes: { rate: "15/h", size: { kind: "log-normal", median: "637kB", sigma: 2 } },
    reads: { rate: "5/h" },
  },
  cohorts: { sampledWrites: "10%" },
  metrics: { healthEvery: "12h" },
  ...lost(10),
  variants: {
    // 330 shards: below a third.
    "a-third": lost(10),
    // 396 shards: too many for writes until the provider is voted out, and for primary slivers until those
    // who gain its shards have their secondary ones.
    "two-fifths": { ...lost(12), expect: "broken" },
  },
  recovers: { within: "2d" },
  guarantees: [
    "read.success: ratio >= 0.999",
    "read.latency: p99 <= 10s",
    "write.success: ratio >= 0.999",
    "blobs.lost: count == 0",
    "blobs.incomplete: count == 0",
  ],
});
