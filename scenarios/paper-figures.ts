import { defineScenario } from "../sim/scenario/define.ts";
import type { Size } from "../sim/scenario/units.ts";

/** One size of blob, written by one client and read by another, one after another. */
const workload = (size: Size) =>
  ({
    clients: { "us-east": "50%", "ca-central": "50%" }, // Where the paper's clients stood.
    preload: { blobs: 5, size },
    writes: { arrivals: { kind: "closed", clients: 1, think: "5s" }, size },
    reads: { arrivals: { kind: "closed", clients: 1, think: "5s" } },
  }) as const;

// Medians of whitepaper v2, figure 8, in whitepaper-latency-by-size.csv: 60 days to 2025-03-22.
const figure8 = {
  "1KiB": { read: 2.4, write: 15.3 },
  "16KiB": { read: 2.6, write: 15.1 },
  "256KiB": { read: 2.3, write: 15.1 },
  "8MiB": { read: 3.5, write: 15.0 },
  "16MiB": { read: 4.5, write: 18.3 },
  "32MiB": { read: 8.4, write: 31.8 },
  "64MiB": { read: 18.0, write: 64.6 },
  "128MiB": { read: 30.4, write: 133.9 },
} as const;

export default defineScenario({
  name: "paper-figures",
  question:
    "Are reads and writes no slower than those measured on Walrus's testnet, by size of blob?",
  // The committee and the client of the time: 12.5 MB in flight.
  preset: ["testnet", "client-conservative"],
  replications: 6,
  horizon: "20min",
  workload: workload("1KiB"),
  variants: Object.fromEntries(
    Object.entries(figure8).map(([size, { read, write }]) => [
      size.toLowerCase(),
      {
        workload: workload(size as Size),
        // Today's code is faster than that of 2025 (whitepaper v4), never slower.
        guarantees: [`read.latency: p50 <= ${read}s`, `write.latency: p50 <= ${write}s`],
      },
    ]),
  ),
});
