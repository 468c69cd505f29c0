import { defineScenario } from "../sim/scenario/define.ts";

const signers = (share: `${number}%`) => [
  { kind: "liars", nodes: { share }, behaviour: "sign-without-storing" } as const,
];

export default defineScenario({
  name: "liars-above-a-third",
  question: "What breaks if far more shards lie than the protocol can bear?",
  replications: 8,
  horizon: "1h",
  warmUp: "10min",
  committee: { nodes: 100, shards: 1000 },
  workload: {
    writes: { rate: "20/h", size: "1MiB" },
    reads: { arrivals: { kind: "on-write", readers: 20, within: "1min" } },
  },
  variants: {
    // Blobs are certified with no more than 167 honest signatures, and 334 slivers must be stored. That they are
    // is no promise of the protocol: writers go on for a while once they have enough, and reach the rest.
    half: { faults: signers("50%") },
    // Of 1,000 shards 330 are honest, and 670 confirm: no honest signature is wanted. The limit is meant to show.
    "two-thirds": { faults: signers("67%"), expect: "broken" },
  },
  guarantees: [
    "read.success: ratio >= 0.99",
    "write.success: ratio >= 0.95",
    "blobs.lost: count == 0",
    "faults.bites: count >= 1",
  ],
});
