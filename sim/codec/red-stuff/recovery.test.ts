import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sliversOf } from "../blob-code.suite.ts";
import { blobCode } from "../blob-code.ts";
import { toHex } from "../bytes.ts";
import type { Axis } from "../code.ts";
import { plainEngine } from "../plain-engine.ts";
import { recoverSliver } from "./recover-sliver.ts";
import { type RecoverySymbol, recoverySymbol, verifyRecoverySymbol } from "./recovery-symbol.ts";
import { redStuff } from "./red-stuff.ts";
import { writeRecoverySymbol } from "./serialization.ts";
import { otherAxis } from "./shape.ts";

// n = 10, so f = 3: a primary sliver takes n - f = 7 symbols, a secondary one n - 2f = 4.
const ten = redStuff(10, plainEngine);
const code = blobCode({ scheme: "red-stuff", shards: 10 });
const blob = Uint8Array.from({ length: 999 }, (_, i) => (i * 31) >> 2);
const encoded = code.encode(blob);
const { metadata } = encoded;
const slivers = {
  primary: sliversOf(code, encoded, "primary"),
  secondary: sliversOf(code, encoded, "secondary"),
};
const needed = { primary: 7, secondary: 4 };
const axes: Axis[] = ["primary", "secondary"];

/** What the holders of these slivers of the other axis give for the recovery of one. */
const symbolsFor = (axis: Axis, index: number, sources: readonly number[]): RecoverySymbol[] =>
  sources.map((source) => recoverySymbol(ten, slivers[otherAxis(axis)][source]!, index));

const recoverable = fc.constantFrom(...axes).chain((axis) =>
  fc.record({
    axis: fc.constant(axis),
    index: fc.integer({ min: 0, max: 9 }),
    sources: fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], {
      minLength: needed[axis],
      maxLength: needed[axis],
    }),
  }),
);

describe("a lost sliver of Red Stuff", () => {
  it("is recovered from the symbols of any holders of the other axis, as many as it takes", () => {
    fc.assert(
      fc.property(recoverable, ({ axis, index, sources }) => {
        const symbols = symbolsFor(axis, index, sources);
        const recovery = recoverSliver(ten, { axis, index }, symbols, metadata);
        expect(recovery.ok && toHex(recovery.sliver.data)).toBe(toHex(slivers[axis][index]!.data));
      }),
    );
  });

  it.each(axes)("of the %s axis is not recovered from one symbol less", (axis) => {
    const few = symbolsFor(axis, 8, [1, 3, 5, 7, 8, 9].slice(0, needed[axis] - 1));
    expect(recoverSliver(ten, { axis, index: 8 }, few, metadata)).toEqual({
      ok: false,
      reason: "not-enough-symbols",
      needed: needed[axis],
      usable: needed[axis] - 1,
    });
  });

  it.each(axes)(
    "of the %s axis is recovered past wrong, doubled and misdirected symbols",
    (axis) => {
      const [first, ...others] = symbolsFor(axis, 2, [0, 1, 2, 3, 4, 5, 6, 7]);
      const wrong = { ...first!, data: first!.data.map((byte) => byte ^ 1) };
      const [misdirected] = symbolsFor(axis, 3, [9]);
      const relabelled = { ...misdirected!, target: { axis, index: 2 } };
      const offered = [wrong, misdirected!, relabelled, others[0]!, ...others];
      const recovery = recoverSliver(ten, { axis, index: 2 }, offered, metadata);
      expect(recovery.ok && toHex(recovery.sliver.data)).toBe(toHex(slivers[axis][2]!.data));
    },
  );
});

describe("a recovery symbol", () => {
  it("of a systematic target is a plain slice of its source", () => {
    const [symbol] = symbolsFor("primary", 3, [9]);
    const { symbolBytes } = encoded.layout;
    expect(symbol!.data).toEqual(
      slivers.secondary[9]!.data.slice(3 * symbolBytes, 4 * symbolBytes),
    );
  });

  it("is the same whichever of the two slivers it is on gives it", () => {
    const [fromColumn] = symbolsFor("primary", 6, [8]);
    const [fromRow] = symbolsFor("secondary", 8, [6]);
    expect(fromColumn!.data).toEqual(fromRow!.data);
    expect(fromColumn!.proof).not.toEqual(fromRow!.proof);
  });

  it("holds with its own proof, source, target and size alone", () => {
    const [symbol, another] = symbolsFor("primary", 6, [8, 9]);
    expect(verifyRecoverySymbol(ten, symbol!, metadata)).toBe(true);
    const changes: Partial<RecoverySymbol>[] = [
      { proof: another!.proof },
      { proof: symbol!.proof.slice(1) },
      { sourceIndex: 9 },
      { sourceIndex: 10 },
      { sourceIndex: -1 },
      { target: { axis: "primary", index: 7 } },
      { target: { axis: "secondary", index: 6 } },
      { data: new Uint8Array(0) },
    ];
    for (const change of changes) {
      expect(verifyRecoverySymbol(ten, { ...symbol!, ...change }, metadata)).toBe(false);
    }
  });

  it("is not made of a sliver of another shape", () => {
    const { axis, index, data } = slivers.secondary[9]!;
    for (const odd of [data.slice(1), data.slice(2), new Uint8Array(0), slivers.primary[9]!.data]) {
      expect(() => recoverySymbol(ten, { axis, index, data: odd }, 0)).toThrow(RangeError);
    }
    expect(() => recoverySymbol(ten, { axis, index: 10, data }, 0)).toThrow(RangeError);
  });

  it("holds for no metadata of a length that cannot be", () => {
    const [symbol] = symbolsFor("primary", 6, [8]);
    for (const blobBytes of [-1, 2 ** 60, Number.NaN]) {
      expect(verifyRecoverySymbol(ten, symbol!, { ...metadata, blobBytes })).toBe(false);
    }
  });

  it("is serialized with both indices, the symbol and four nodes of proof", () => {
    const [symbol] = symbolsFor("secondary", 8, [6]);
    const hex = toHex(writeRecoverySymbol(symbol!));
    const proof = symbol!.proof.map((node) => `01${toHex(node)}`);
    // Leaf 8 of 10: its sibling is leaf 9, and of the five nodes above the last has no neighbour.
    proof[1] = "00";
    proof[2] = "00";
    expect(hex).toBe(["01", "0600", "24", toHex(symbol!.data), "0800", "04", ...proof].join(""));
  });
});
