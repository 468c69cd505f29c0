import { describe, expect, it } from "vitest";
import { blobCode } from "../blob-code.ts";
import { toBase64Url, toHex } from "../bytes.ts";
import type { Axis, EncodedBlob } from "../code.ts";
import type { CodecEngine } from "../codec-engine.ts";
import { writeSliver } from "../red-stuff/serialization.ts";
import { readVectors, sha256, type VectorCase, vectorBlob } from "./read-vectors.suite.ts";

/** The vectors of these numbers of shards, byte for byte: all of them, or those chosen. */
export function testVectors(
  engineName: string,
  engine: CodecEngine,
  shardCounts: readonly number[],
  chosen: (vector: VectorCase) => boolean = () => true,
): void {
  for (const shardCount of shardCounts) {
    const { cases, max_blob_size } = readVectors(shardCount);
    const code = blobCode({ scheme: "red-stuff", shards: shardCount }, engine);

    describe(`a blob on ${shardCount} shards, as the reference encodes it (${engineName})`, () => {
      it("is as large as there, at most", () => {
        expect(code.blobBytesMax).toBe(max_blob_size);
      });

      it.each(cases.filter(chosen))(
        "$blob.kind bytes of seed $blob.seed, $blob.size of them",
        (vector) => {
          const blob = vectorBlob(vector.blob);
          expect(sha256(blob)).toBe(vector.blob_sha256);
          const encoded = code.encode(blob);

          expectSlivers(encoded, vector);
          expectMetadata(encoded, vector);
          expectDecodes(code.decode, encoded, vector, blob);
        },
      );
    });
  }
}

const sliversOf = (encoded: EncodedBlob, axis: Axis, count: number) =>
  Array.from({ length: count }, (_, index) => ({ axis, index, data: encoded[axis](index) }));

function expectSlivers(encoded: EncodedBlob, vector: VectorCase): void {
  const { symbolBytes } = encoded.layout;
  expect(symbolBytes).toBe(vector.symbol_size);
  for (const axis of ["primary", "secondary"] as const) {
    const slivers = sliversOf(encoded, axis, vector.n_shards);
    for (const { index, sha256: expected } of vector[`${axis}_slivers`]) {
      expect(sha256(slivers[index]!.data)).toBe(expected);
    }
    expect(sha256(...slivers.map(({ data }) => data))).toBe(vector[`all_${axis}_slivers_sha256`]);
    const ofPair0 = slivers.at(axis === "primary" ? 0 : -1)!;
    expect(sha256(writeSliver(ofPair0, symbolBytes))).toBe(vector[`bcs_${axis}_pair0_sha256`]);
  }
}

function expectMetadata({ metadata }: EncodedBlob, vector: VectorCase): void {
  for (const { pair, primary_hash, secondary_hash } of vector.pair_hashes) {
    expect(toHex(metadata.hashes[pair]!.primary)).toBe(primary_hash);
    expect(toHex(metadata.hashes[pair]!.secondary!)).toBe(secondary_hash);
  }
  const hashes = metadata.hashes.flatMap(({ primary, secondary }) => [primary, secondary!]);
  expect(sha256(...hashes)).toBe(vector.all_pair_hashes_sha256);
  expect(toHex(metadata.rootHash)).toBe(vector.root_hash);
  expect(toHex(metadata.blobId)).toBe(vector.blob_id);
  expect(toBase64Url(metadata.blobId)).toBe(vector.blob_id_base64url);
}

/** From as many slivers of repair as there are, of either axis. */
function expectDecodes(
  decode: ReturnType<typeof blobCode>["decode"],
  encoded: EncodedBlob,
  vector: VectorCase,
  blob: Uint8Array,
): void {
  for (const axis of ["primary", "secondary"] as const) {
    const slivers = sliversOf(encoded, axis, vector.n_shards);
    const last = slivers.slice(-vector[`source_symbols_${axis}`]);
    const decoded = decode(last, blob.length);
    expect(decoded.ok && sha256(decoded.blob)).toBe(vector.blob_sha256);
  }
}
