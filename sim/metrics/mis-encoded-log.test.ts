import { describe, expect, it } from "vitest";
import { seconds } from "../engine/sim-time.ts";
import { MisEncodedLog } from "./mis-encoded-log.ts";

type Details = Readonly<Record<string, number | string>>;

function logOf(facts: readonly [number, string, Details][]) {
  const log = new MisEncodedLog();
  for (const [at, fact, details] of facts) {
    log.observe({ time: seconds(at), actor: 0, fact, details });
  }
  return log.rows(seconds(100));
}

const cheat: [number, string, Details] = [
  1,
  "mis-encoded",
  { write: 0, blob: 7, axis: "primary", first: 2, count: 3 },
];
const certified: [number, string, Details] = [10, "blob-certified", { blob: 7, bytes: 5 }];
const read = (at: number, value: string): [number, string, Details] => [
  at,
  "mis-encoded-read",
  { read: at, blob: 7, value },
];

describe("what became of a cheat's blobs", () => {
  it("is who took what of them for good, and when the chain knew", () => {
    const facts = [
      cheat,
      certified,
      read(20, "committed"),
      read(21, "rejected"),
      read(22, "mix 1"),
    ];
    const invalid: [number, string, Details] = [30, "blob-invalid", { blob: 7, node: 1 }];
    expect(logOf([...facts, read(23, "mix 1"), invalid])).toEqual([
      {
        blob: 7,
        axis: "primary",
        slivers: 3,
        certifiedAt: seconds(10),
        invalidAt: seconds(30),
        exposureMicroseconds: seconds(20),
        accepted: 3,
        rejected: 1,
        values: 2,
      },
    ]);
  });

  it("goes on to the end of the run where the chain never knew, and leaves honest blobs out", () => {
    const honest: [number, string, Details] = [11, "blob-certified", { blob: 8, bytes: 5 }];
    expect(logOf([cheat, certified, honest])).toMatchObject([
      { blob: 7, invalidAt: -1, exposureMicroseconds: seconds(90), values: 0 },
    ]);
  });

  it("is nothing if it was never certified", () => {
    expect(logOf([cheat])).toEqual([]);
  });
});
