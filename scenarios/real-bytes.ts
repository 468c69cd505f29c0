import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "real-bytes",
  question:
    "Is every byte that is read the byte that was written, with liars and lost nodes about?",
  // Nothing is counted here: each blob is encoded, each sliver hashed and verified, each read decoded
  // and compared, at the shape of the main network: 300 writes and 600 reads of 1 MiB in all.
  payload: "bytes",
  replications: 2,
  horizon: "150min",
  committee: {
    nodes: 105,
    shards: 1000,
    // Each recovery moves proofs for 667 symbols; here they would drown the question.
    recovery: { enabled: false },
  },
  workload: {
    writes: { arrivals: { kind: "periodic", every: "1min" }, size: "1MiB" },
    reads: { arrivals: { kind: "on-write", readers: 2, within: "5min" } },
  },
  faults: [
    { kind: "liars", nodes: { share: "15%" }, behaviour: "wrong-bytes" },
    { kind: "crash", nodes: { share: "15%" }, at: "50min" },
  ],
  guarantees: [
    "write.success: ratio >= 0.98",
    "read.success: ratio >= 0.99",
    "read.latency: max <= 20s",
    "faults.bites: count >= 1",
  ],
});
