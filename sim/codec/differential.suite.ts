import { expect } from "vitest";
import { sliversOf } from "./blob-code.suite.ts";
import { blobCode } from "./blob-code.ts";
import { bindMetadata } from "./blob-id.ts";
import { sameBytes } from "./bytes.ts";
import type { Axis, BlobCode, BlobMetadata, Sliver, SliverPlace } from "./code.ts";
import { fastEngine } from "./fast-engine.ts";
import { plainEngine } from "./plain-engine.ts";
import { checkInconsistency } from "./red-stuff/inconsistency.ts";
import { recoverSliver } from "./red-stuff/recover-sliver.ts";
import {
  type RecoverySymbol,
  recoverySymbol,
  verifyRecoverySymbol,
} from "./red-stuff/recovery-symbol.ts";
import { type RedStuff, redStuff } from "./red-stuff/red-stuff.ts";
import { expansionCode, otherAxis, pairOf } from "./red-stuff/shape.ts";
import { vectorBlob } from "./vectors/read-vectors.suite.ts";
import { walrusDecode, walrusEncode } from "./walrus.suite.ts";

/** One blob for one number of shards; the seed decides its bytes and what is lost of it. */
export interface Shape {
  readonly shards: number;
  readonly blobBytes: number;
  readonly seed: number;
}

// The plain engine takes half a minute for a blob at 1,000 shards. It is spared the square of n hashes
// above so many shards, and whole axes above so many bytes; work on one sliver it does at any size.
const PLAIN_HASHES_SHARDS_MAX = 130;
const PLAIN_AXES_BYTES_MAX = 2 ** 18;

const axes: readonly Axis[] = ["primary", "secondary"];

/**
 * Encodes a blob by either engine and by Walrus's own code, and then goes through all that can be done
 * with it, by either engine: same bytes, same verdicts.
 */
export function compareOnShape({ shards, blobBytes, seed }: Shape): void {
  const blob = vectorBlob({ kind: "lcg", seed, size: blobBytes });
  const fast = blobCode({ scheme: "red-stuff", shards }, fastEngine);
  const plain = blobCode({ scheme: "red-stuff", shards }, plainEngine);
  const reference = walrusEncode(shards, blob);
  const encoded = fast.encode(blob);
  const slivers = {
    primary: sliversOf(fast, encoded, "primary"),
    secondary: sliversOf(fast, encoded, "secondary"),
  };
  for (const axis of axes) expectSame(slivers[axis], reference[axis]);
  expect(encoded.metadata).toEqual(reference.metadata);

  const { metadata } = encoded;
  const plainDoesAxes = shards * encoded.layout.primaryBytes <= PLAIN_AXES_BYTES_MAX;
  if (plainDoesAxes) {
    const again = plain.encode(blob);
    for (const axis of axes) expectSame(sliversOf(plain, again, axis), reference[axis]);
    if (shards <= PLAIN_HASHES_SHARDS_MAX) expect(again.metadata).toEqual(metadata);
  }

  const luck = shuffler(seed);
  for (const axis of axes) {
    const needed = axis === "primary" ? fast.primaryNeeded : fast.secondaryNeeded;
    const some = luck(slivers[axis]).slice(0, needed);
    for (const code of plainDoesAxes ? [fast, plain] : [fast]) {
      const decoded = code.decode(some, blobBytes);
      expect(decoded.ok && sameBytes(decoded.blob, blob)).toBe(true);
    }
    if (axis === "primary") {
      const decoded = walrusDecode(shards, some, metadata);
      expect(decoded !== undefined && sameBytes(decoded, blob)).toBe(true);
    }
  }

  for (const axis of axes) {
    const [lost] = luck(slivers[axis]);
    compareOnOneSliver([fast, plain], blob, lost!, metadata);
    const sources = luck(slivers[otherAxis(axis)]);
    compareOnRecovery(shards, lost!, sources, metadata);
  }
}

function expectSame(slivers: readonly Sliver[], reference: readonly Uint8Array[]): void {
  expect(slivers).toHaveLength(reference.length);
  const differing = slivers.filter(({ index, data }) => !sameBytes(data, reference[index]!));
  expect(differing.map(({ index }) => index)).toEqual([]);
}

/** One sliver from the blob, its hash, and whether it is told from one with a changed byte. */
function compareOnOneSliver(
  codes: readonly BlobCode[],
  blob: Uint8Array,
  sliver: Sliver,
  metadata: BlobMetadata,
): void {
  const { axis, index, data } = sliver;
  const place = pairOf({ shardCount: metadata.hashes.length }, axis, index);
  const changed = flipped(data, index % data.length);
  for (const code of codes) {
    expect(sameBytes(code.sliver(blob, { axis, index }), data)).toBe(true);
    expect(code.sliverHash(sliver)).toEqual(metadata.hashes[place]![axis]);
    expect(code.verify(sliver, metadata)).toBe(true);
    expect(code.verify({ axis, index, data: changed }, metadata)).toBe(false);
  }
}

/** A sliver recovered from symbols of the other axis; and the same of an encoder who lied about it. */
function compareOnRecovery(
  shards: number,
  lost: Sliver,
  sources: readonly Sliver[],
  metadata: BlobMetadata,
): void {
  const fast = redStuff(shards, fastEngine);
  const plain = redStuff(shards, plainEngine);
  const target: SliverPlace = { axis: lost.axis, index: lost.index };
  const needed = expansionCode(fast.shape, target.axis).originals;
  const symbols = sources
    .slice(0, needed)
    .map((source) => recoverySymbol(fast, source, target.index));
  const [first, ...others] = symbols as [RecoverySymbol, ...RecoverySymbol[]];
  expect(recoverySymbol(plain, sources[0]!, target.index)).toEqual(first);
  const wrong = { ...first, data: flipped(first.data, 0) };

  const cheating = lieAbout(target, metadata);
  for (const engine of [fast, plain]) {
    expect(verifyRecoverySymbol(engine, first, metadata)).toBe(true);
    expect(verifyRecoverySymbol(engine, wrong, metadata)).toBe(false);
    const recovery = recoverSliver(engine, target, [wrong, ...symbols], metadata);
    expect(recovery.ok && sameBytes(recovery.sliver.data, lost.data)).toBe(true);
    expect(recoverSliver(engine, target, others, metadata).ok).toBe(false);
    expectProof(engine, [fast, plain], { target, symbols }, { cheating, honest: metadata });
  }
}

/** The proof that one engine makes of a lie is taken by either, and not against the truth. */
function expectProof(
  maker: RedStuff,
  judges: readonly RedStuff[],
  { target, symbols }: { target: SliverPlace; symbols: readonly RecoverySymbol[] },
  { cheating, honest }: { cheating: BlobMetadata; honest: BlobMetadata },
): void {
  const recovery = recoverSliver(maker, target, symbols, cheating);
  if (recovery.ok || recovery.reason !== "inconsistent-blob") throw new Error("no proof was made");
  const { proof } = recovery;
  for (const judge of judges) {
    expect(checkInconsistency(judge, proof, cheating)).toEqual({ proven: true });
    const reason = "not-inconsistent";
    expect(checkInconsistency(judge, proof, honest)).toEqual({ proven: false, reason });
  }
}

/** Metadata that holds in itself, with another hash for one sliver. */
export function lieAbout({ axis, index }: SliverPlace, metadata: BlobMetadata): BlobMetadata {
  const pair = pairOf({ shardCount: metadata.hashes.length }, axis, index);
  const hashes = metadata.hashes.map((hashes, i) =>
    i === pair ? { ...hashes, [axis]: flipped(hashes[axis]!, 31) } : hashes,
  );
  return bindMetadata("red-stuff", metadata.blobBytes, hashes, fastEngine);
}

export function flipped(bytes: Uint8Array, at: number): Uint8Array {
  return bytes.with(at, bytes[at]! ^ 1);
}

/** Puts lists into an order that the seed decides. */
export function shuffler(seed: number): <T>(list: readonly T[]) => T[] {
  let x = (seed ^ 0x9e37_79b9) >>> 0;
  return (list) => {
    const shuffled = list.slice();
    for (let i = shuffled.length - 1; i > 0; i--) {
      x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
      const j = Math.floor((x / 2 ** 32) * (i + 1));
      [shuffled[i], shuffled[j]] = [shuffled[j]!, shuffled[i]!];
    }
    return shuffled;
  };
}
