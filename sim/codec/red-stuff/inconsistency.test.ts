import { describe, expect, it } from "vitest";
import { sliversOf } from "../blob-code.suite.ts";
import { blobCode } from "../blob-code.ts";
import { bindMetadata } from "../blob-id.ts";
import { join, split } from "../bytes.ts";
import type { BlobMetadata, Sliver } from "../code.ts";
import { rootOf } from "../hash/merkle.ts";
import { plainEngine } from "../plain-engine.ts";
import { isConsistent, isStrictlyConsistent } from "./consistency.ts";
import { checkInconsistency, type InconsistencyProof } from "./inconsistency.ts";
import { recoverSliver } from "./recover-sliver.ts";
import { recoverySymbol } from "./recovery-symbol.ts";
import { redStuff } from "./red-stuff.ts";
import { writeInconsistencyProof, writeRecoverySymbol } from "./serialization.ts";
import { expandSliver } from "./sliver-hash.ts";

// n = 7, so f = 2: a primary sliver takes n - f = 5 symbols, a secondary one n - 2f = 3.
const seven = redStuff(7, plainEngine);
const code = blobCode({ scheme: "red-stuff", shards: 7 });
const blob = Uint8Array.from({ length: 100 }, (_, i) => i);
const encoded = code.encode(blob);
const honest = {
  primary: sliversOf(code, encoded, "primary"),
  secondary: sliversOf(code, encoded, "secondary"),
};

/** Metadata by an encoder who took one primary sliver from another blob; all else is in order. */
function cheatingMetadata(index: number): { metadata: BlobMetadata; foreign: Sliver } {
  const foreign = {
    axis: "primary",
    index,
    data: code.encode(blob.map((x) => ~x)).primary(index),
  } as const;
  const hash = rootOf(expandSliver(seven, foreign).tree);
  const hashes = encoded.metadata.hashes.map((pair, i) =>
    i === index ? { ...pair, primary: hash } : pair,
  );
  return { metadata: bindMetadata("red-stuff", blob.length, hashes, plainEngine), foreign };
}

const { metadata, foreign } = cheatingMetadata(5);

function proofAgainst(target: { axis: "primary"; index: number }): InconsistencyProof {
  const symbols = honest.secondary
    .slice(1, 6)
    .map((source) => recoverySymbol(seven, source, target.index));
  const recovery = recoverSliver(seven, target, symbols, metadata);
  if (recovery.ok || recovery.reason !== "inconsistent-blob") throw new Error("no proof");
  return recovery.proof;
}

describe("a blob that was encoded wrongly", () => {
  it("has metadata and slivers that hold, each by itself", () => {
    expect(code.verifyMetadata(metadata)).toBe(true);
    expect(code.verify(foreign, metadata)).toBe(true);
    expect(code.verify(honest.primary[5]!, metadata)).toBe(false);
  });

  it("is found out by whoever recovers the sliver that does not fit, and proven to anyone", () => {
    const proof = proofAgainst({ axis: "primary", index: 5 });
    expect(proof.symbols).toHaveLength(5);
    expect(checkInconsistency(seven, proof, metadata)).toEqual({ proven: true });
  });

  it("is also proven by a column that takes a symbol of the foreign row", () => {
    const rows = [foreign, honest.primary[0]!, honest.primary[6]!];
    const symbols = rows.map((source) => recoverySymbol(seven, source, 2));
    const recovery = recoverSliver(seven, { axis: "secondary", index: 2 }, symbols, metadata);
    expect(recovery).toMatchObject({ ok: false, reason: "inconsistent-blob" });
    if (recovery.ok || recovery.reason !== "inconsistent-blob") return;
    expect(checkInconsistency(seven, recovery.proof, metadata)).toEqual({ proven: true });
  });
});

describe("a proof of inconsistency", () => {
  const proof = proofAgainst({ axis: "primary", index: 5 });
  const symbols = honest.secondary.slice(0, 5).map((source) => recoverySymbol(seven, source, 3));

  it("against an honest encoder is refused", () => {
    const target = { axis: "primary", index: 3 } as const;
    expect(checkInconsistency(seven, { target, symbols }, encoded.metadata)).toEqual({
      proven: false,
      reason: "not-inconsistent",
    });
    // Columns are honest under either metadata; under this one the row they lead to is too.
    expect(checkInconsistency(seven, proof, encoded.metadata)).toEqual({
      proven: false,
      reason: "not-inconsistent",
    });
  });

  it("takes exactly as many symbols of distinct sources, all for its target", () => {
    const [first, second, ...others] = proof.symbols;
    const wrong = { proven: false, reason: "wrong-symbols" };
    for (const altered of [
      [first!, second!, ...others.slice(1)],
      [first!, first!, ...others],
      [...proof.symbols, recoverySymbol(seven, honest.secondary[6]!, 5)],
      [symbols[1]!, second!, ...others],
    ]) {
      expect(checkInconsistency(seven, { ...proof, symbols: altered }, metadata)).toEqual(wrong);
    }
  });

  it("is never about a sliver that does not exist, which no metadata can fit", () => {
    // n = 8: the last leaf of a tree lies to the right all the way up, as one at -1 would.
    const eight = blobCode({ scheme: "red-stuff", shards: 8 });
    const made = eight.encode(blob);
    const parts = redStuff(8, plainEngine);
    const symbolsOf7 = sliversOf(eight, made, "secondary")
      .slice(0, eight.secondaryNeeded)
      .map((source) => recoverySymbol(parts, source, 7));
    for (const index of [-1, 7.5, 8]) {
      const target = { axis: "primary", index } as const;
      const claimed = symbolsOf7.map((symbol) => ({ ...symbol, target }));
      expect(checkInconsistency(parts, { target, symbols: claimed }, made.metadata)).toEqual({
        proven: false,
        reason: "wrong-symbols",
      });
      expect(() => recoverSliver(parts, target, claimed, made.metadata)).toThrow(RangeError);
      expect(() => recoverySymbol(parts, foreign, index)).toThrow(RangeError);
    }
  });

  it("takes only symbols that the metadata covers", () => {
    const [first, ...others] = proof.symbols;
    const forged = { ...first!, data: first!.data.map((byte) => byte ^ 1) };
    expect(checkInconsistency(seven, { ...proof, symbols: [forged, ...others] }, metadata)).toEqual(
      { proven: false, reason: "unverified-symbol" },
    );
  });

  it("is serialized as its target and the symbols, none of which repeats it", () => {
    const bytes = writeInconsistencyProof(proof);
    const single = writeRecoverySymbol(proof.symbols[0]!);
    // Without the axis and the target's index.
    expect(bytes).toHaveLength(2 + 1 + 5 * (single.length - 1 - 2));
    expect([...bytes.slice(0, 3)]).toEqual([5, 0, 5]);
  });
});

describe("a reader's check of a decoded blob", () => {
  it("passes what was encoded, with and without the slivers it came from", () => {
    expect(isConsistent(seven, blob, encoded.metadata)).toBe(true);
    expect(isConsistent(seven, blob, encoded.metadata, honest.primary.slice(1, 4))).toBe(true);
    expect(isConsistent(seven, blob, encoded.metadata, honest.secondary.slice(1, 6))).toBe(true);
    expect(isStrictlyConsistent(seven, blob, encoded.metadata)).toBe(true);
  });

  it("fails another blob, and a blob of another length", () => {
    const other = blob.with(50, 0);
    expect(isConsistent(seven, other, encoded.metadata)).toBe(false);
    expect(isStrictlyConsistent(seven, other, encoded.metadata)).toBe(false);
    expect(isConsistent(seven, blob.slice(1), encoded.metadata)).toBe(false);
  });

  it("does not look at slivers that were verified before decoding", () => {
    // Byte 50 is in row 1: 5 columns of 8 bytes.
    const other = blob.with(50, 0);
    expect(isConsistent(seven, other, encoded.metadata, [honest.primary[1]!])).toBe(true);
    expect(isConsistent(seven, other, encoded.metadata, [honest.primary[2]!])).toBe(false);
  });

  it("overlooks a wrong repair sliver by default, and not when strict", () => {
    expect(isConsistent(seven, blob, metadata)).toBe(true);
    expect(isStrictlyConsistent(seven, blob, metadata)).toBe(false);
  });

  it("fails padding that is not zero, unless it came in a verified sliver", () => {
    // A blob of 100 bytes leaves 20 of padding in row 2; this encoder put something there.
    const message = join([blob, new Uint8Array(20).fill(1)]);
    const dirty = code.encode(message);
    const { hashes } = dirty.metadata;
    const dirtyMetadata = bindMetadata("red-stuff", blob.length, hashes, plainEngine);
    const rows = split(message, 40).map(
      (data, index) => ({ axis: "primary", index, data }) as const,
    );
    expect(isConsistent(seven, blob, dirtyMetadata)).toBe(false);
    expect(isConsistent(seven, blob, dirtyMetadata, [rows[2]!])).toBe(true);
    expect(isStrictlyConsistent(seven, blob, dirtyMetadata)).toBe(false);
  });
});
