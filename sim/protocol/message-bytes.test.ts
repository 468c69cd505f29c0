import { describe, expect, it } from "vitest";
import { blobCode } from "../codec/blob-code.ts";
import { plainEngine } from "../codec/plain-engine.ts";
import { recoverySymbol } from "../codec/red-stuff/recovery-symbol.ts";
import { redStuff } from "../codec/red-stuff/red-stuff.ts";
import { writeRecoverySymbol } from "../codec/red-stuff/serialization.ts";
import { recoverySymbolBytes } from "./message-bytes.ts";

describe("a recovery symbol on the wire", () => {
  // 16 is a power of two, so every path is full: four hashes.
  const shards = 16;
  const code = blobCode({ scheme: "red-stuff", shards });

  it.each([1, 5_000, 50_000])("takes what the codec writes, of a blob of %i bytes", (blobBytes) => {
    const encoded = code.encode(new Uint8Array(blobBytes));
    const source = { axis: "secondary", index: 3, data: encoded.secondary(3) } as const;
    const symbol = recoverySymbol(redStuff(shards, plainEngine), source, 7);
    const { symbolBytes } = encoded.layout;
    expect(recoverySymbolBytes(symbolBytes, shards)).toBe(writeRecoverySymbol(symbol).length);
  });

  it("is up to 339 bytes longer than itself on mainnet", () => {
    const overhead = (symbolBytes: number) => recoverySymbolBytes(symbolBytes, 1000) - symbolBytes;
    expect([2, 128, 16_384].map(overhead)).toEqual([337, 338, 339]);
  });
});
