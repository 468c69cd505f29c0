import { describe, expect, it } from "vitest";
import { sliversOf } from "../blob-code.suite.ts";
import { blobCode } from "../blob-code.ts";
import { sameBytes } from "../bytes.ts";
import { flipped, lieAbout, shuffler } from "../differential.suite.ts";
import { fastEngine } from "../fast-engine.ts";
import { proofOf, proves, rootOf } from "../hash/merkle.ts";
import { checkInconsistency, type InconsistencyProof } from "./inconsistency.ts";
import { recoverSliver } from "./recover-sliver.ts";
import { type RecoverySymbol, recoverySymbol, verifyRecoverySymbol } from "./recovery-symbol.ts";
import { redStuff } from "./red-stuff.ts";
import { expansionCode, otherAxis } from "./shape.ts";
import { expandSliver } from "./sliver-hash.ts";

const SHARDS = [4, 7, 10, 31, 100, 1000];
const axes = ["primary", "secondary"] as const;

/** A symbol as a liar could send it: each part changed by itself, in all places that differ in kind. */
function tampered(symbol: RecoverySymbol, shards: number): [what: string, RecoverySymbol][] {
  const { target, sourceIndex, data, proof } = symbol;
  const next = (index: number) => (index + 1) % shards;
  const swapped = [...proof.slice(1, 2), ...proof.slice(0, 1), ...proof.slice(2)];
  return [
    ["source", { ...symbol, sourceIndex: next(sourceIndex) }],
    ["source beyond the last", { ...symbol, sourceIndex: shards }],
    ["source before the first", { ...symbol, sourceIndex: -1 }],
    ["target", { ...symbol, target: { ...target, index: next(target.index) } }],
    ["target beyond the last", { ...symbol, target: { ...target, index: shards } }],
    ["target before the first", { ...symbol, target: { ...target, index: -1 } }],
    ["axis", { ...symbol, target: { ...target, axis: otherAxis(target.axis) } }],
    ["first byte", { ...symbol, data: flipped(data, 0) }],
    ["last byte", { ...symbol, data: flipped(data, data.length - 1) }],
    ["symbol cut", { ...symbol, data: data.slice(0, -2) }],
    ["symbol of nothing", { ...symbol, data: data.slice(0, 0) }],
    ...proof.flatMap((_, level): [string, RecoverySymbol][] =>
      [0, 31].map((at) => [
        `byte ${at} of proof node ${level}`,
        { ...symbol, proof: proof.with(level, flipped(proof[level]!, at)) },
      ]),
    ),
    ["proof without its lowest node", { ...symbol, proof: proof.slice(1) }],
    ["proof without its highest node", { ...symbol, proof: proof.slice(0, -1) }],
    ["proof with one node more", { ...symbol, proof: [...proof, proof[0]!] }],
    ["proof nodes exchanged", { ...symbol, proof: swapped }],
  ];
}

describe.each(SHARDS)("on %i shards", (shards) => {
  const code = blobCode({ scheme: "red-stuff", shards });
  const parts = redStuff(shards, fastEngine);
  const full = 4 * code.primaryNeeded * code.secondaryNeeded;
  const blob = Uint8Array.from({ length: full - 5 }, (_, i) => Math.imul(i, 2_654_435_761) >>> 22);
  const encoded = code.encode(blob);
  const { metadata } = encoded;
  const slivers = {
    primary: sliversOf(code, encoded, "primary"),
    secondary: sliversOf(code, encoded, "secondary"),
  };
  // Of the blob itself, and of repair.
  const targets = axes.flatMap((axis) => [1, shards - 1].map((index) => ({ axis, index })));
  const symbolsFor = (target: (typeof targets)[number]): RecoverySymbol[] =>
    shuffler(shards)(slivers[otherAxis(target.axis)])
      .slice(0, expansionCode(parts.shape, target.axis).originals)
      .map((source) => recoverySymbol(parts, source, target.index));

  it.each(axes)("each symbol of a %s sliver has a proof, for its own place alone", (axis) => {
    const { symbols, tree } = expandSliver(parts, slivers[axis][shards - 1]!);
    const root = rootOf(tree);
    for (let index = 0; index < shards; index++) {
      const proof = proofOf(tree, index);
      const data = symbols.subarray(4 * index, 4 * (index + 1));
      const leaf = { data, index, count: shards };
      expect(proves(proof, leaf, root)).toBe(true);
      expect(proves(proof, { ...leaf, index: (index + 1) % shards }, root)).toBe(false);
      expect(proves(proof, { ...leaf, data: flipped(data, 3) }, root)).toBe(false);
    }
  });

  it.each(targets)("the $axis sliver $index is recovered from just enough symbols", (target) => {
    const symbols = symbolsFor(target);
    const recovery = recoverSliver(parts, target, symbols, metadata);
    const lost = slivers[target.axis][target.index]!;
    expect(recovery.ok && sameBytes(recovery.sliver.data, lost.data)).toBe(true);
    expect(recoverSliver(parts, target, symbols.slice(1), metadata)).toEqual({
      ok: false,
      reason: "not-enough-symbols",
      needed: symbols.length,
      usable: symbols.length - 1,
    });
  });

  it.each(axes)("a symbol for a %s sliver holds in no part when that is changed", (axis) => {
    const target = { axis, index: shards - 1 };
    const symbol = recoverySymbol(parts, slivers[otherAxis(axis)][shards >> 1]!, target.index);
    expect(verifyRecoverySymbol(parts, symbol, metadata)).toBe(true);
    for (const [what, lie] of tampered(symbol, shards)) {
      expect([what, verifyRecoverySymbol(parts, lie, metadata)]).toEqual([what, false]);
    }
  });

  it.each(axes)("a lie about a %s sliver is proven, by untouched symbols alone", (axis) => {
    const target = { axis, index: shards - 1 };
    const cheating = lieAbout(target, metadata);
    const recovery = recoverSliver(parts, target, symbolsFor(target), cheating);
    if (recovery.ok || recovery.reason !== "inconsistent-blob") throw new Error("no proof");
    const { proof } = recovery;
    expect(checkInconsistency(parts, proof, cheating)).toEqual({ proven: true });
    expect(checkInconsistency(parts, proof, metadata)).toEqual({
      proven: false,
      reason: "not-inconsistent",
    });

    const first = proof.symbols[0]!;
    const wrong: InconsistencyProof[] = [
      { ...proof, target: { axis, index: 0 } },
      { ...proof, target: { axis, index: shards } },
      { ...proof, target: { axis, index: -1 } },
      { ...proof, target: { axis: otherAxis(axis), index: target.index } },
      { ...proof, symbols: proof.symbols.slice(1) },
      { ...proof, symbols: [...proof.symbols, first] },
      { ...proof, symbols: proof.symbols.with(1, first) },
      { ...proof, symbols: [] },
      ...tampered(first, shards).map(([, lie]) => ({
        ...proof,
        symbols: proof.symbols.with(0, lie),
      })),
    ];
    for (const lie of wrong) {
      expect(checkInconsistency(parts, lie, cheating).proven).toBe(false);
      expect(checkInconsistency(parts, lie, metadata).proven).toBe(false);
    }
  });
});
