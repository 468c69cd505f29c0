import fc from "fast-check";
import { expect } from "vitest";
import { blobCode } from "./blob-code.ts";
import { sameBytes } from "./bytes.ts";
import type { Axis, BlobCode, BlobMetadata, Sliver } from "./code.ts";
import { fastEngine } from "./fast-engine.ts";
import { isConsistent, isStrictlyConsistent } from "./red-stuff/consistency.ts";
import { type RedStuff, redStuff } from "./red-stuff/red-stuff.ts";
import { walrusDecode } from "./walrus.suite.ts";

/** A blob that was encoded, and every sliver of it. */
interface Stored {
  readonly code: BlobCode;
  readonly parts: RedStuff;
  readonly blob: Uint8Array;
  readonly metadata: BlobMetadata;
  readonly slivers: Readonly<Record<Axis, readonly Uint8Array[]>>;
}

/** What became of a sliver on its way: the same bytes, or other ones, or another size or place. */
const fates = [
  ...["whole", "whole", "whole", "whole", "whole", "whole"],
  ...["flipped", "zeros", "noise", "short", "long", "empty", "moved", "elsewhere", "other axis"],
] as const;

const sliverDrawn = fc.record({
  pick: fc.nat({ max: 2 ** 20 }),
  fate: fc.constantFrom(...fates),
  axis: fc.constantFrom<Axis>("primary", "primary", "secondary"),
  luck: fc.nat({ max: 2 ** 20 }),
});

/** Slivers that reach a reader: too few, enough or too many, some twice, some wrong. */
export const arrivals = fc.record({
  drawn: fc.array(sliverDrawn, { maxLength: 12 }),
  /** How much of each axis arrives whole and in order, in parts of what is needed. */
  share: fc.record({
    primary: fc.constantFrom(0, 0, 0.5, 0.9, 1, 1.2),
    secondary: fc.constantFrom(0, 0, 0.5, 0.9, 1),
  }),
  from: fc.nat({ max: 2 ** 20 }),
  wrongFirst: fc.boolean(),
});

export type Arrival = typeof arrivals extends fc.Arbitrary<infer T> ? T : never;

export function stored(shards: number, blob: Uint8Array): Stored {
  const code = blobCode({ scheme: "red-stuff", shards }, fastEngine);
  const encoded = code.encode(blob);
  const all = (axis: Axis) => Array.from({ length: shards }, (_, index) => encoded[axis](index));
  return {
    code,
    parts: redStuff(shards, fastEngine),
    blob,
    metadata: encoded.metadata,
    slivers: { primary: all("primary"), secondary: all("secondary") },
  };
}

/**
 * Reads a blob from what arrived, without and with verification. Returns what came of it:
 *
 * - Decoded as it is, the result is as Walrus's own code has it (`withWalrus`), and if it is another
 *   blob, no check lets it pass under the blob ID.
 * - Of verified slivers alone, it is the blob, or a result that says how many slivers were missing.
 */
export function readFrom(
  of: Stored,
  arrival: Arrival,
  withWalrus: boolean,
): "blob" | "other bytes" | "not enough" {
  const { code, parts, blob, metadata } = of;
  const given = sliversOf(of, arrival);

  const verified = given.filter((sliver) => code.verify(sliver, metadata));
  const read = code.decode(verified, blob.length);
  if (read.ok) expect(sameBytes(read.blob, blob)).toBe(true);
  else {
    expect(read.reason).toBe("not-enough-slivers");
    expect(read.usable).toBeLessThan(read.needed);
  }

  const decoded = code.decode(given, blob.length);
  if (withWalrus) {
    const primary = given.filter((sliver) => isForWalrus(of, sliver));
    const ours = code.decode(primary, blob.length);
    const theirs = walrusDecode(code.shardCount, primary, metadata);
    expect(ours.ok).toBe(theirs !== undefined);
    if (ours.ok) expect(sameBytes(ours.blob, theirs!)).toBe(true);
  }
  if (!decoded.ok) return "not enough";
  expect(decoded.blob).toHaveLength(blob.length);
  const isRight = sameBytes(decoded.blob, blob);
  expect(isStrictlyConsistent(parts, decoded.blob, metadata)).toBe(isRight);
  expect(isConsistent(parts, decoded.blob, metadata)).toBe(isRight);
  return isRight ? "blob" : "other bytes";
}

/**
 * Whether Walrus's own code, given a sliver unverified, does something to compare with. It counts one
 * of a place that does not exist as if it were of use, and traps on one that is too long by less than a
 * symbol. Here both are passed over; there, neither gets past verification.
 */
function isForWalrus({ code, blob }: Stored, { axis, index, data }: Sliver): boolean {
  const { symbolBytes, primaryBytes } = code.layout(blob.length);
  const excess = data.length - primaryBytes;
  const isPlace = Number.isInteger(index) && index >= 0 && index < code.shardCount;
  return axis === "primary" && isPlace && !(excess > 0 && excess < symbolBytes);
}

function sliversOf(of: Stored, { drawn, share, from, wrongFirst }: Arrival): Sliver[] {
  const { code, slivers } = of;
  const n = code.shardCount;
  const inOrder = (axis: Axis, needed: number): Sliver[] =>
    Array.from({ length: Math.min(n, Math.floor(share[axis] * needed)) }, (_, i) => {
      const index = (from + i) % n;
      return { axis, index, data: slivers[axis][index]! };
    });
  const whole = [
    ...inOrder("primary", code.primaryNeeded),
    ...inOrder("secondary", code.secondaryNeeded),
  ];
  const odd = drawn.map(({ pick, fate, axis, luck }): Sliver => {
    const index = pick % n;
    const data = slivers[axis][index]!;
    switch (fate) {
      case "flipped":
        return { axis, index, data: data.with(luck % data.length, data[luck % data.length]! ^ 1) };
      case "zeros":
        return { axis, index, data: new Uint8Array(data.length) };
      case "noise":
        return { axis, index, data: data.map((_, i) => Math.imul(luck + i, 2_654_435_761) >>> 24) };
      case "short":
        return { axis, index, data: data.slice(1 + (luck % data.length)) };
      case "long":
        return { axis, index, data: new Uint8Array(data.length + 1 + (luck % 5000)) };
      case "empty":
        return { axis, index, data: new Uint8Array(0) };
      case "moved":
        return { axis, index: (index + 1 + (luck % (n - 1))) % n, data };
      case "elsewhere":
        return { axis, index: [n, n + luck, -1 - luck, 0.5, Number.NaN][luck % 5]!, data };
      case "other axis":
        return { axis: axis === "primary" ? "secondary" : "primary", index, data };
      default:
        return { axis, index, data };
    }
  });
  return wrongFirst ? [...odd, ...whole] : [...whole, ...odd];
}
