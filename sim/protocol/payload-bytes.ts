import type { BlobCode, EncodedBlob, Sliver } from "../codec/code.ts";
import { defaultEngine } from "../codec/default-engine.ts";
import { redStuff } from "../codec/red-stuff/red-stuff.ts";
import { invariant } from "../engine/invariant.ts";
import { blobContent } from "./blob-content.ts";
import type { BlobNumber, Metadata, SliverSlice } from "./content.ts";
import type { Payload, Reconstruction } from "./payload.ts";
import type { Placement } from "./placement.ts";
import { countedSymbols, type SymbolPayload } from "./symbol-payload.ts";
import { RealSymbols } from "./symbol-payload-bytes.ts";

/** One blob as its writer made it, and which of its slivers have been checked. */
interface Encoding {
  readonly blobBytes: number;
  readonly content: Uint8Array;
  readonly encoded: EncodedBlob;
  /** Slivers that verified, by index: the very bytes, so that identical work is done once. */
  readonly verified: Map<number, Uint8Array>;
}

/** Blobs whose slivers are kept at hand; the rest is made again when asked for. */
const ENCODINGS_MAX = 64;

/**
 * Real content: blobs are encoded by the codec, slivers verified against the metadata's hashes,
 * decoded, and compared with what was written. What a node holds is derived again from the seed when
 * it is served, so content costs no memory between requests.
 */
export class BytesPayload implements Payload {
  readonly #code: BlobCode;
  readonly #placement: Placement;
  readonly #seed: number;
  readonly #encodings = new Map<BlobNumber, Encoding>();
  readonly symbols: SymbolPayload;

  constructor(options: {
    readonly code: BlobCode;
    readonly placement: Placement;
    readonly seed: number;
  }) {
    this.#code = options.code;
    this.#placement = options.placement;
    this.#seed = options.seed;
    // Codes of one dimension have no symbols, and nobody asks for them.
    this.symbols =
      options.code.scheme === "red-stuff"
        ? new RealSymbols({
            redStuff: redStuff(options.code.shardCount, defaultEngine),
            placement: options.placement,
            encoded: (metadata) => this.#encoding(metadata).encoded,
          })
        : countedSymbols;
  }

  metadata(blob: BlobNumber, bytes: number): Metadata {
    return { blob, bytes };
  }

  forged(metadata: Metadata): Metadata {
    return { ...metadata, forged: true };
  }

  verifies(metadata: Metadata): boolean {
    return metadata.forged !== true;
  }

  slice(
    metadata: Metadata,
    node: number,
    first: number,
    count: number,
    absent: readonly number[],
  ): SliverSlice {
    const { encoded } = this.#encoding(metadata);
    const data = this.#indices(metadata.blob, { node, first, count, absent }).map((index) =>
      encoded.primary(index),
    );
    return { blobBytes: metadata.bytes, node, first, count, absent, wrong: 0, data };
  }

  corrupted(slice: SliverSlice): SliverSlice {
    const data = (slice.data ?? []).map((sliver) => {
      const lie = sliver.slice();
      lie[0] = (lie[0] as number) ^ 1;
      return lie;
    });
    return { ...slice, wrong: data.length, data };
  }

  valid(metadata: Metadata, slice: SliverSlice): number {
    return this.#verified(metadata, slice).length;
  }

  reconstruct(metadata: Metadata, slices: readonly SliverSlice[]): Reconstruction {
    const slivers = slices.flatMap((slice) => this.#verified(metadata, slice));
    const decoded = this.#code.decode(slivers, metadata.bytes);
    if (!decoded.ok) return "not-enough-slivers";
    const { content } = this.#encoding(metadata);
    invariant(
      equal(decoded.blob, content),
      () => `blob ${metadata.blob} decodes from verified slivers to other bytes than were written`,
    );
    return "ok";
  }

  #verified(metadata: Metadata, slice: SliverSlice): Sliver[] {
    const { encoded, verified } = this.#encoding(metadata);
    const good: Sliver[] = [];
    this.#indices(metadata.blob, slice).forEach((index, i) => {
      const data = slice.data?.[i] as Uint8Array;
      const sliver: Sliver = { axis: "primary", index, data };
      if (verified.get(index) !== data) {
        if (!this.#code.verify(sliver, encoded.metadata)) return;
        verified.set(index, data);
      }
      good.push(sliver);
    });
    return good;
  }

  #indices(
    blob: BlobNumber,
    { node, first, count, absent }: Pick<SliverSlice, "node" | "first" | "count" | "absent">,
  ): number[] {
    const pairs = this.#placement.pairs(blob, node).slice(first, first + count);
    if (absent.length === 0) return pairs;
    return pairs.filter((_, offset) => !absent.includes(first + offset));
  }

  #encoding({ blob, bytes }: Metadata): Encoding {
    const known = this.#encodings.get(blob);
    if (known !== undefined && known.blobBytes === bytes) return known;
    const content = blobContent(this.#seed, blob, bytes);
    const encoded = this.#code.encode(content);
    const encoding: Encoding = { blobBytes: bytes, content, encoded, verified: new Map() };
    if (this.#encodings.size === ENCODINGS_MAX) {
      for (const oldest of this.#encodings.keys()) {
        this.#encodings.delete(oldest);
        break;
      }
    }
    this.#encodings.set(blob, encoding);
    return encoding;
  }
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
