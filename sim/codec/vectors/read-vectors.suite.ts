import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

interface HashedSliver {
  readonly index: number;
  readonly sha256: string;
}

/** One blob as the reference implementation encodes it. */
export interface VectorCase {
  readonly blob: { readonly kind: "lcg" | "const"; readonly seed: number; readonly size: number };
  readonly blob_sha256: string;
  readonly n_shards: number;
  readonly symbol_size: number;
  readonly source_symbols_primary: number;
  readonly source_symbols_secondary: number;
  readonly blob_id: string;
  readonly blob_id_base64url: string;
  readonly root_hash: string;
  readonly pair_hashes: readonly {
    readonly pair: number;
    readonly primary_hash: string;
    readonly secondary_hash: string;
  }[];
  readonly all_pair_hashes_sha256: string;
  readonly primary_slivers: readonly HashedSliver[];
  readonly secondary_slivers: readonly HashedSliver[];
  readonly all_primary_slivers_sha256: string;
  readonly all_secondary_slivers_sha256: string;
  readonly bcs_primary_pair0_sha256: string;
  readonly bcs_secondary_pair0_sha256: string;
}

interface VectorFile {
  readonly max_blob_size: number;
  readonly cases: readonly VectorCase[];
}

/** The numbers of shards there are vectors for. */
export const VECTOR_SHARDS = [4, 5, 6, 7, 8, 9, 10, 12, 13, 31, 100, 1000] as const;

export function readVectors(shardCount: number): VectorFile {
  const name = `rs2-n${String(shardCount).padStart(4, "0")}.json`;
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8")) as VectorFile;
}

export function vectorBlob({ kind, seed, size }: VectorCase["blob"]): Uint8Array {
  if (kind === "const") return new Uint8Array(size).fill(seed);
  const bytes = new Uint8Array(size);
  for (let i = 0, x = seed; i < size; i++) {
    x = (Math.imul(x, 1_664_525) + 1_013_904_223) >>> 0;
    bytes[i] = x >>> 24;
  }
  return bytes;
}

export function sha256(...parts: readonly Uint8Array[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest("hex");
}
