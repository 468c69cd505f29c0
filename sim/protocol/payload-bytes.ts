import { join, sameBytes } from "../codec/bytes.ts";
import type {
  Axis,
  BlobCode,
  BlobMetadata,
  EncodedBlob,
  PairHashes,
  Sliver,
} from "../codec/code.ts";
import { defaultEngine } from "../codec/default-engine.ts";
import { HASH_BYTES } from "../codec/hash/merkle.ts";
import { isConsistent, isStrictlyConsistent } from "../codec/red-stuff/consistency.ts";
import { type ForeignSlivers, misEncode } from "../codec/red-stuff/mis-encode.ts";
import { type RedStuff, redStuff } from "../codec/red-stuff/red-stuff.ts";
import { invariant } from "../engine/invariant.ts";
import { blobContent } from "./blob-content.ts";
import type { BlobNumber, Metadata, SliverSlice } from "./content.ts";
import { sliverIndexOf, valueRead } from "./mis-encoding.ts";
import type { ConsistencyCheck } from "./parameters.ts";
import type { Payload, Reconstruction } from "./payload.ts";
import type { Placement } from "./placement.ts";
import { CountedSymbols, type SymbolPayload } from "./symbol-payload.ts";
import { RealSymbols } from "./symbol-payload-bytes.ts";

/** One blob as its writer made it, and which of its slivers have been checked. */
interface Encoding {
  readonly blobBytes: number;
  readonly content: Uint8Array;
  readonly encoded: EncodedBlob;
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
  /** Undefined for codes of one dimension: they have no symbols, and nobody asks for them. */
  readonly #redStuff: RedStuff | undefined;
  readonly #placement: Placement;
  readonly #seed: number;
  readonly #encodings = new Map<BlobNumber, Encoding>();
  /** Of every blob so far: it takes far longer to make than slivers, and far less room. */
  readonly #metadata = new Map<BlobNumber, Metadata>();
  readonly symbols: SymbolPayload;

  constructor(options: {
    readonly code: BlobCode;
    readonly placement: Placement;
    readonly seed: number;
  }) {
    this.#code = options.code;
    this.#placement = options.placement;
    this.#seed = options.seed;
    const { scheme, shardCount } = options.code;
    this.#redStuff = scheme === "red-stuff" ? redStuff(shardCount, defaultEngine) : undefined;
    this.symbols =
      this.#redStuff === undefined
        ? new CountedSymbols(options.placement)
        : new RealSymbols({
            redStuff: this.#redStuff,
            placement: options.placement,
            encoded: (metadata) => this.#encoding(metadata).encoded,
          });
  }

  metadata(blob: BlobNumber, bytes: number, foreign?: ForeignSlivers): Metadata {
    const known = this.#metadata.get(blob);
    if (known !== undefined && known.bytes === bytes) return known;
    const bare: Metadata = foreign === undefined ? { blob, bytes } : { blob, bytes, foreign };
    const metadata: Metadata = { ...bare, commitment: this.#encoding(bare).encoded.metadata };
    this.#metadata.set(blob, metadata);
    return metadata;
  }

  forged(metadata: Metadata): Metadata {
    const { hashes, ...rest } = metadata.commitment as BlobMetadata;
    const [first, ...others] = hashes;
    const lie = { ...(first as PairHashes), primary: new Uint8Array(HASH_BYTES) };
    return { ...metadata, commitment: { ...rest, hashes: [lie, ...others] } };
  }

  verifies({ blob, bytes, foreign, commitment }: Metadata): boolean {
    const claimed = this.metadata(blob, bytes, foreign).commitment as BlobMetadata;
    if (commitment === claimed) return true; // Hashed when it was made.
    const told = commitment as BlobMetadata;
    const isOfThisBlob = sameBytes(told.blobId, claimed.blobId);
    return isOfThisBlob && this.#code.verifyMetadata(told);
  }

  slice(
    metadata: Metadata,
    epoch: number,
    node: number,
    first: number,
    count: number,
    absent: readonly number[],
  ): SliverSlice {
    const { encoded } = this.#encoding(metadata);
    const data = this.#indices(metadata.blob, { epoch, node, first, count, absent }).map((index) =>
      encoded.primary(index),
    );
    return { blobBytes: metadata.bytes, epoch, node, first, count, absent, wrong: 0, data };
  }

  sliver(metadata: Metadata, axis: Axis, pair: number): Uint8Array {
    const { encoded } = this.#encoding(metadata);
    const index = sliverIndexOf(axis, pair, this.#placement.pairCount);
    return axis === "primary" ? encoded.primary(index) : encoded.secondary(index);
  }

  verifiesSliver({ blob, bytes, foreign }: Metadata, axis: Axis, pair: number, data: Uint8Array) {
    const { commitment } = this.metadata(blob, bytes, foreign);
    const index = sliverIndexOf(axis, pair, this.#placement.pairCount);
    return this.#code.verify({ axis, index, data }, commitment as BlobMetadata);
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

  reconstruct(
    metadata: Metadata,
    slices: readonly SliverSlice[],
    check: ConsistencyCheck,
  ): Reconstruction {
    const slivers = slices
      .flatMap((slice) => this.#verified(metadata, slice))
      .slice(0, this.#placement.primaryNeeded);
    const decoded = this.#code.decode(slivers, metadata.bytes);
    if (!decoded.ok) return "not-enough-slivers";
    if (metadata.foreign !== undefined) {
      return this.#judge(metadata, decoded.blob, slivers, check);
    }
    // Encoding it again would give the very metadata, for it was made from these bytes.
    const { content } = this.#encoding(metadata);
    invariant(
      sameBytes(decoded.blob, content),
      () => `blob ${metadata.blob} decodes from verified slivers to other bytes than were written`,
    );
    return "ok";
  }

  // The reader's check of a mis-encoded blob, for real; what arithmetic says of its value must hold.
  #judge(
    metadata: Metadata,
    decoded: Uint8Array,
    slivers: readonly Sliver[],
    check: ConsistencyCheck,
  ): Reconstruction {
    const { encoded } = this.#encoding(metadata);
    const rows = slivers.map(({ index }) => index);
    const isCommitted = sameBytes(decoded, this.#committed(encoded, metadata.bytes));
    const value = valueRead(metadata, rows, this.#placement);
    invariant(
      isCommitted === (value === "committed"),
      () => `mis-encoded blob ${metadata.blob} decodes to other bytes than expected: ${value}`,
    );
    const redStuff = this.#redStuff as RedStuff;
    const passes = {
      skip: () => true,
      default: () => isConsistent(redStuff, decoded, encoded.metadata, slivers),
      strict: () => isStrictlyConsistent(redStuff, decoded, encoded.metadata),
    };
    return passes[check]() ? "ok" : "inconsistent-blob";
  }

  // What the systematic slivers say, as the metadata commits to them.
  #committed(encoded: EncodedBlob, bytes: number): Uint8Array {
    const rows = Array.from({ length: this.#placement.primaryNeeded }, (_, index) =>
      encoded.primary(index),
    );
    return join(rows).subarray(0, bytes);
  }

  #verified(metadata: Metadata, slice: SliverSlice): Sliver[] {
    const { encoded } = this.#encoding(metadata);
    const { commitment } = this.metadata(metadata.blob, metadata.bytes, metadata.foreign);
    const good: Sliver[] = [];
    this.#indices(metadata.blob, slice).forEach((index, i) => {
      const data = slice.data?.[i] as Uint8Array;
      const sliver: Sliver = { axis: "primary", index, data };
      // The metadata's hash is that of these very bytes, computed when they were encoded: identical
      // work is done once. Anything else is expanded and hashed here.
      const isAsEncoded = isSameMemory(data, encoded.primary(index));
      if (isAsEncoded || this.#code.verify(sliver, commitment as BlobMetadata)) good.push(sliver);
    });
    return good;
  }

  #indices(
    blob: BlobNumber,
    {
      epoch,
      node,
      first,
      count,
      absent,
    }: Pick<SliverSlice, "epoch" | "node" | "first" | "count" | "absent">,
  ): number[] {
    const pairs = this.#placement
      .at(epoch)
      .pairs(blob, node)
      .slice(first, first + count);
    if (absent.length === 0) return pairs;
    return pairs.filter((_, offset) => !absent.includes(first + offset));
  }

  #encoding({ blob, bytes, foreign }: Metadata): Encoding {
    const known = this.#encodings.get(blob);
    if (known !== undefined && known.blobBytes === bytes) return known;
    const content = blobContent(this.#seed, blob, bytes);
    const honest = this.#code.encode(content);
    const encoded = foreign === undefined ? honest : this.#misEncode(blob, honest, foreign);
    const encoding: Encoding = { blobBytes: bytes, content, encoded };
    if (this.#encodings.size === ENCODINGS_MAX) {
      for (const oldest of this.#encodings.keys()) {
        this.#encodings.delete(oldest);
        break;
      }
    }
    this.#encodings.set(blob, encoding);
    return encoding;
  }

  #misEncode(blob: BlobNumber, honest: EncodedBlob, foreign: ForeignSlivers): EncodedBlob {
    const seed = this.#seed ^ Math.imul(blob + 1, NOISE);
    return misEncode(this.#redStuff as RedStuff, honest, foreign, (index, tries, bytes) =>
      blobContent(seed, index * 1024 + tries, bytes),
    );
  }
}

const NOISE = 0x5f3759df;

/** Whether two views show the very same bytes, not equal ones. */
const isSameMemory = (a: Uint8Array, b: Uint8Array): boolean =>
  a.buffer === b.buffer && a.byteOffset === b.byteOffset && a.length === b.length;
