import { defineScenario } from "../sim/scenario/define.ts";

export default defineScenario({
  name: "rollup-data",
  question:
    "Can a rollup post a blob each slot and have all its verifiers read it before the next?",
  preset: "testnet",
  replications: 10,
  horizon: "30min",
  warmUp: "2min",
  workload: {
    clients: { "us-east": "50%", "eu-west": "50%" },
    // Ethereum's blob and slot: EIP-4844.
    writes: { arrivals: { kind: "periodic", every: "12s" }, size: "128KiB" },
    // Assumed: twenty verifiers, who see the certificate within a second.
    reads: { arrivals: { kind: "on-write", readers: 20, within: "1s" } },
  },
  guarantees: [
    "write.success: ratio >= 0.99",
    "read.success: ratio >= 0.999",
    "read.latency: p95 <= 12s", // One slot.
  ],
});
