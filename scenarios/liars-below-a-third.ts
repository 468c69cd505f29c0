import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "liars-below-a-third",
  question: "Can blobs be read at once although nearly a third of the shards never stored them?",
  replications: 10,
  horizon: "2h",
  warmUp: "10min",
  // Equal nodes, ten shards each, so that a share of the shards is a number of nodes.
  committee: { nodes: 100, shards: 1000 },
  workload: {
    // All blobs are written while the liars lie: what is there before the run is whole.
    writes: { rate: "20/h", size: "1MiB" },
    reads: { arrivals: { kind: "on-write", readers: 20, within: "1min" } },
  },
  // 330 of 1,000 shards sign for what they do not store; f is 333. Of the 667 signatures that
  // certify a blob at least 337 are honest, and 334 slivers reconstruct it.
  faults: [{ kind: "liars", nodes: { share: "33%" }, behaviour: "sign-without-storing" }],
  guarantees: [
    "read.success: ratio >= 0.999",
    "read.latency: p99 <= 5s",
    "write.success: ratio >= 0.99",
    "write.latency: p95 <= 20s",
    "blobs.lost: count == 0",
    "faults.bites: count >= 1", // Else nothing was tested.
  ],
});
