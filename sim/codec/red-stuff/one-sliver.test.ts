import { describe, expect, it } from "vitest";
import { blobCode } from "../blob-code.ts";
import { sameBytes } from "../bytes.ts";
import type { BlobCode, EncodedBlob } from "../code.ts";
import type { CodecEngine } from "../codec-engine.ts";
import { fastEngine } from "../fast-engine.ts";
import { plainEngine } from "../plain-engine.ts";
import { recoverySymbol, verifyRecoverySymbol } from "./recovery-symbol.ts";
import { redStuff } from "./red-stuff.ts";
import { otherAxis, pairOf } from "./shape.ts";

const SHARDS = [4, 7, 10, 31, 100, 1000];
const engines = { fast: fastEngine, plain: plainEngine };
const axes = ["primary", "secondary"] as const;

/** Not quite full, and of a symbol size that ends in the middle of a block where that is cheap. */
const blobFor = (code: BlobCode): Uint8Array => {
  const symbolBytes = code.shardCount > 100 ? 2 : 70;
  const bytes = code.primaryNeeded * code.secondaryNeeded * symbolBytes - 3;
  return Uint8Array.from({ length: bytes }, (_, i) => Math.imul(i, 2_654_435_761) >>> 19);
};

/** The first and last slivers that are part of the blob, of repair, and some between. */
const indicesFor = (shards: number): number[] => {
  const third = Math.floor((shards - 1) / 3);
  const all = [0, 1, third, shards - 2 * third - 1, shards - 2 * third, shards - third - 1];
  return [...new Set([...all, shards - third, shards - 2, shards - 1])];
};

for (const [name, engine] of Object.entries(engines)) {
  for (const shards of SHARDS) {
    describe(`one of ${shards} slivers, by the ${name} engine`, () => {
      const code = blobCode({ scheme: "red-stuff", shards }, engine);
      const blob = blobFor(code);
      const all: EncodedBlob = blobCode({ scheme: "red-stuff", shards }).encode(blob);
      const { metadata } = all;

      it("has the bytes that it has among all, and the hash that the metadata holds", () => {
        for (const axis of axes) {
          for (const index of indicesFor(shards)) {
            const data = code.sliver(blob, { axis, index });
            expect(sameBytes(data, all[axis](index))).toBe(true);
            const hash = code.sliverHash({ axis, index, data });
            const pair = pairOf({ shardCount: shards }, axis, index);
            expect(hash).toEqual(metadata.hashes[pair]![axis]);
          }
        }
      });

      it("gives any symbol on it with a proof that holds", () => {
        const parts = redStuff(shards, engine);
        for (const axis of axes) {
          const index = shards - 1;
          const source = { axis, index, data: code.sliver(blob, { axis, index }) };
          for (const target of [0, shards - 1]) {
            const symbol = recoverySymbol(parts, source, target);
            expect(symbol.target).toEqual({ axis: otherAxis(axis), index: target });
            expect(verifyRecoverySymbol(parts, symbol, metadata)).toBe(true);
          }
        }
      });
    });
  }
}

/** An engine that notes how many bytes each operation is given. */
function counted(engine: CodecEngine): { engine: CodecEngine; bytes: Map<string, number> } {
  const bytes = new Map<string, number>();
  const count = (what: keyof CodecEngine, n: number) =>
    void bytes.set(what, (bytes.get(what) ?? 0) + n);
  return {
    bytes,
    engine: {
      encode(code, rows, symbolBytes) {
        count("encode", rows.length);
        engine.encode(code, rows, symbolBytes);
      },
      repair(code, originals, repairIndex, symbolBytes) {
        count("repair", originals.length);
        return engine.repair(code, originals, repairIndex, symbolBytes);
      },
      decode(code, received, symbolBytes) {
        count("decode", received.length);
        return engine.decode(code, received, symbolBytes);
      },
      transpose(target, matrix, columns, symbolBytes) {
        count("transpose", matrix.length);
        engine.transpose(target, matrix, columns, symbolBytes);
      },
      merkleTree(leaves, leafBytes) {
        count("merkleTree", leaves.length);
        return engine.merkleTree(leaves, leafBytes);
      },
      rootsAlong(leaves, leafBytes, index, siblings) {
        count("rootsAlong", leaves.length);
        return engine.rootsAlong(leaves, leafBytes, index, siblings);
      },
      expand(matrix) {
        count("expand", matrix.shardCount ** 2 * matrix.symbolBytes);
        return engine.expand(matrix);
      },
    },
  };
}

describe("the cost of one sliver", () => {
  // n = 100, so f = 33: 34 rows and 67 columns of symbols of 70 bytes.
  const symbolBytes = 70;
  const blobBytes = 34 * 67 * symbolBytes;
  const work = (task: (code: BlobCode, blob: Uint8Array, engine: CodecEngine) => void) => {
    const { engine, bytes } = counted(fastEngine);
    const code = blobCode({ scheme: "red-stuff", shards: 100 }, engine);
    task(code, blobFor(code), engine);
    return Object.fromEntries(bytes);
  };

  it("is nothing but its bytes where it is part of the blob", () => {
    expect(work((code, blob) => code.sliver(blob, { axis: "primary", index: 33 }))).toEqual({});
    expect(work((code, blob) => code.sliver(blob, { axis: "secondary", index: 66 }))).toEqual({});
    expect(work((code, blob) => code.encode(blob).primary(33))).toEqual({});
  });

  it("is one pass over the blob where it is of repair, and a turn of it down a column", () => {
    expect(work((code, blob) => code.sliver(blob, { axis: "primary", index: 34 }))).toEqual({
      repair: blobBytes,
    });
    expect(work((code, blob) => code.sliver(blob, { axis: "secondary", index: 67 }))).toEqual({
      transpose: blobBytes,
      repair: blobBytes,
    });
  });

  it("of its root is one row of a code to encode, and one tree", () => {
    const rowBytes = 100 * symbolBytes;
    const place = { axis: "primary", index: 40 } as const;
    expect(
      work((code, blob) => code.sliverHash({ ...place, data: code.sliver(blob, place) })),
    ).toEqual({ repair: blobBytes, encode: rowBytes, merkleTree: rowBytes });
    expect(
      work((code, blob, engine) => {
        const source = { ...place, data: code.sliver(blob, place) };
        recoverySymbol(redStuff(100, engine), source, 99);
      }),
    ).toEqual({ repair: blobBytes, encode: rowBytes, merkleTree: rowBytes });
  });

  it("is far below that of all slivers and their hashes", () => {
    const slivers = work((code, blob) => {
      const encoded = code.encode(blob);
      encoded.primary(99);
      encoded.secondary(99);
    });
    expect(slivers.encode).toBeGreaterThan(4.4 * blobBytes);
    const hashed = work((code, blob) => code.encode(blob).metadata);
    expect(hashed.expand).toBe(100 * 100 * symbolBytes);
  });
});
