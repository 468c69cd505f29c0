import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "mis-encoding-writer",
  question:
    "Do readers ever disagree on a blob whose writer cheated, and how long until the chain knows?",
  replications: 5,
  horizon: "6h",
  committee: { nodes: 40, shards: 100 },
  workload: {
    preload: { blobs: 50, size: "1MiB" },
    writes: [
      { rate: "30/h", size: "1MiB" },
      // Two of a hundred rows fit no others: half of all readers meet one of them.
      { rate: "30/h", size: "1MiB", misEncoding: { slivers: 2 } },
    ],
    reads: { arrivals: { kind: "on-write", readers: 5, within: "30min" } },
  },
  // Whoever was away recovers, and who recovers may find out: each node about twice a day.
  faults: [{ kind: "crash-recover", timeToFailure: "10h", timeToRepair: "10min" }],
  variants: {
    default: { guarantees: ["cheats.conflicts: count == 0"] },
    strict: {
      client: { consistencyCheck: "strict" },
      guarantees: ["cheats.conflicts: count == 0", "cheats.splits: count == 0"],
    },
    skip: {
      client: { consistencyCheck: "skip" },
      expect: "broken",
      guarantees: ["cheats.conflicts: count == 0"],
    },
  },
});
