import { BlobEncoder } from "@mysten/walrus-wasm";
import { sliversOf } from "./blob-code.suite.ts";
import { blobCode } from "./blob-code.ts";
import type { BlobCode, EncodedBlob } from "./code.ts";
import type { CodecEngine } from "./codec-engine.ts";
import { fastEngine } from "./fast-engine.ts";
import { recoverSliver } from "./red-stuff/recover-sliver.ts";
import { type RecoverySymbol, recoverySymbol } from "./red-stuff/recovery-symbol.ts";
import { redStuff } from "./red-stuff/red-stuff.ts";
import { writeSliver } from "./red-stuff/serialization.ts";
import { SliverMemory } from "./sliver-memory.ts";

/** What is measured: encoding with metadata, slivers alone, decoding from repair slivers, recovering one sliver. */
export type Work = "encode" | "slivers" | "decode" | "recover";

/** All that is measured of one blob, made before the clock runs. */
export function prepare(shards: number, blobBytes: number) {
  const blob = Uint8Array.from({ length: blobBytes }, (_, i) => Math.imul(i, 2_654_435_761) >>> 24);
  const code = blobCode({ scheme: "red-stuff", shards }, fastEngine);
  const encoded = code.encode(blob);
  const { layout, metadata } = encoded;
  const repair = sliversOf(code, encoded, "primary").slice(-code.primaryNeeded);
  return { shards, blob, code, encoded, layout, metadata, repair };
}

export type Prepared = ReturnType<typeof prepare>;

/** The first repair sliver from symbols of the last slivers of the other axis. */
function recoverySymbols({ shards, code, encoded }: Prepared): RecoverySymbol[] {
  const stuff = redStuff(shards, fastEngine);
  const slivers = sliversOf(code, encoded, "secondary").slice(-code.secondaryNeeded);
  return slivers.map((source) => recoverySymbol(stuff, source, shards - 1));
}

/** One run of a work by one engine. Slivers go to memory that is kept, as Walrus's go to the caller's. */
export function worker(work: Work, prepared: Prepared, engine: CodecEngine): () => void {
  const { shards, blob, metadata, repair } = prepared;
  const code: BlobCode = blobCode({ scheme: "red-stuff", shards }, engine);
  const memory = new SliverMemory();
  const touch = (of: EncodedBlob) => {
    of.primary(shards - 1);
    of.secondary(shards - 1);
    return of;
  };
  switch (work) {
    case "encode":
      return () => {
        const encoded = code.encode(blob, memory);
        return encoded.metadata && touch(encoded);
      };
    case "slivers":
      return () => touch(code.encode(blob, memory));
    case "decode":
      return () => code.decode(repair, blob.length);
    case "recover": {
      const symbols = recoverySymbols(prepared);
      const stuff = redStuff(shards, engine);
      const target = { axis: "primary", index: shards - 1 } as const;
      return () => recoverSliver(stuff, target, symbols, metadata);
    }
  }
}

/** The same work by Walrus's own code, or a copy of 1 MiB where it offers none. */
export function reference(
  work: Work,
  prepared: Prepared,
): { readonly run: () => void; readonly free: () => void } {
  const { shards, blob, layout, metadata, repair } = prepared;
  if (work === "recover") {
    const from = new Uint8Array(2 ** 20).fill(1);
    const to = new Uint8Array(2 ** 20);
    return { run: () => to.set(from), free: () => {} };
  }
  const walrus = new BlobEncoder(shards);
  const free = () => walrus.free();
  if (work === "decode") {
    const given = repair.map((sliver) => writeSliver(sliver, layout.symbolBytes));
    const id = Array.from(metadata.blobId);
    const restored = new Uint8Array(blob.length);
    return { run: () => walrus.decode(id, BigInt(blob.length), given, restored), free };
  }
  const frames = (bytes: number) => {
    const frame = writeSliver({ index: 0, data: new Uint8Array(bytes) }, layout.symbolBytes);
    return Array.from({ length: shards }, () => frame.slice());
  };
  const primary = frames(layout.primaryBytes);
  const secondary = frames(layout.secondaryBytes);
  return { run: () => walrus.encode(blob, primary, secondary), free };
}
