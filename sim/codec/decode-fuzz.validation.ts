import { writeSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arrivals, readFrom, stored } from "./decode-fuzz.suite.ts";
import { kernelMemoryBytes } from "./fast-engine.ts";
import { vectorBlob } from "./vectors/read-vectors.suite.ts";

/** Reads to try; more of them, and others, on demand. See README.md. */
const READS = Number(process.env.FLOE_CODEC_READS ?? 10_000);
const SEED = Number(process.env.FLOE_CODEC_SEED ?? 1);
const BATCHES = 10;

const MIB = 2 ** 20;
/** What the heap of JavaScript may vary by from one collection of garbage to another. */
const RESIDENT_GROWTH_MAX = 128 * MIB;

const make = (shards: number, size: number) =>
  stored(shards, vectorBlob({ kind: "lcg", seed: shards + size, size }));
const blobs = [
  ...[4, 5, 7, 8, 10, 13, 16, 17, 31, 33].flatMap((shards) =>
    [0, 1, 500, 70 * shards].map((size) => make(shards, size)),
  ),
  ...[make(64, 100), make(65, 90_000), make(100, 5000), make(128, 1)],
  ...[make(300, 70_000), make(1000, 1000)],
];

const reads = fc.record({
  of: fc.oneof(
    { weight: 2000, arbitrary: fc.integer({ min: 0, max: 39 }) },
    { weight: 40, arbitrary: fc.integer({ min: 40, max: 43 }) },
    { weight: 1, arbitrary: fc.integer({ min: 44, max: 45 }) },
  ),
  arrival: arrivals,
});

describe("a reader that is sent anything at all", () => {
  it(
    `neither traps nor takes other bytes for the blob nor grows, in ${READS} reads`,
    () => {
      const results = new Map<string, number>();
      const memory: { kernels: number; resident: number }[] = [];
      for (let batch = 0; batch < BATCHES; batch++) {
        fc.assert(
          fc.property(reads, ({ of, arrival }) => {
            const result = readFrom(blobs[of]!, arrival, false);
            results.set(result, (results.get(result) ?? 0) + 1);
          }),
          { numRuns: READS / BATCHES, seed: SEED + batch, endOnFailure: true },
        );
        const [kernels, resident] = [kernelMemoryBytes(), process.memoryUsage.rss()];
        memory.push({ kernels, resident });
        // Past Vitest, which keeps what passing tests print to itself.
        writeSync(
          2,
          `${((batch + 1) * READS) / BATCHES} reads (${[...results].map(([what, count]) => `${what} ${count}`).join(", ")}): ` +
            `kernels ${(kernels / MIB).toFixed(1)} MiB, process ${(resident / MIB).toFixed(0)} MiB\n`,
        );
      }
      const first = memory[0]!;
      const last = memory.at(-1)!;
      // The largest blobs were encoded before, so all the kernels' memory was there at the outset.
      expect(last.kernels).toBe(first.kernels);
      expect(last.resident - first.resident).toBeLessThan(RESIDENT_GROWTH_MAX);
    },
    30 * 60_000,
  );
});
