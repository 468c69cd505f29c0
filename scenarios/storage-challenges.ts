import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "storage-challenges",
  question: "Are nodes that keep nine blobs of ten found out, and what does that cost readers?",
  replications: 5,
  horizon: "6h",
  committee: { nodes: 40, shards: 100 },
  workload: {
    preload: { blobs: 2000, size: "1MiB" },
    reads: { rate: "10/min" },
  },
  faults: [{ kind: "keep-share", nodes: { share: "20%", by: "random" }, keeps: "90%" }],
  variants: {
    none: { guarantees: ["read.success: ratio >= 0.999"] },
    // 0.9^40: one challenge in 68 is passed. Some 1,100 of 2,000 blobs cannot be read for 10 s an hour.
    light: {
      challenges: { policy: "light", period: "1h", blobs: 40, deadline: "10s" },
      guarantees: [
        "challenge.detected: ratio >= 0.9",
        "challenge.wrongful: ratio <= 0.01",
        "read.success: ratio >= 0.99",
      ],
    },
    full: {
      challenges: { policy: "full", period: "2h", grace: "10s" },
      guarantees: [
        "challenge.detected: ratio >= 0.95",
        "challenge.wrongful: ratio <= 0.01",
        "read.success: ratio >= 0.99",
      ],
    },
  },
});
