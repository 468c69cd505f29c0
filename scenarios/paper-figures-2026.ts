import { defineScenario } from "../sim/scenario/define.ts";
import type { Size } from "../sim/scenario/units.ts";

// Whitepaper v4, section 7, by way of a third party's notes: 101 nodes of the testnet and one client,
// 50 writes and reads a size, up to four at a time, on 2026-01-12.
const atOnce = 4;

const workload = (size: Size) =>
  ({
    clients: { "us-east": "100%" },
    preload: { blobs: 5, size },
    writes: { arrivals: { kind: "closed", clients: atOnce, think: "5s" }, size },
    reads: { arrivals: { kind: "closed", clients: atOnce, think: "5s" } },
  }) as const;

const within = (read: string, write: string) => [
  `read.latency: p50 <= ${read}`,
  `write.latency: p50 <= ${write}`,
];

export default defineScenario({
  name: "paper-figures-2026",
  question: "Are reads and writes as fast as the current software's, measured in January 2026?",
  preset: "testnet",
  replications: 6,
  horizon: "15min",
  workload: workload("1KiB"),
  variants: {
    "1kib": { workload: workload("1KiB"), guarantees: within("5s", "10s") },
    "16mib": { workload: workload("16MiB"), guarantees: within("5s", "10s") },
    "135mb": { workload: workload("135MB"), guarantees: within("5s", "20s") },
  },
});
