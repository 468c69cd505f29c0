import type { Part } from "../engine/engine.ts";
import type { BlobNumber } from "../protocol/content.ts";

/** A blob that can be read. */
export interface BlobEntry {
  readonly blob: BlobNumber;
  readonly bytes: number;
}

/**
 * What all demands of a world share: which blobs exist, from the oldest to the youngest, and the numbers that
 * the next blob and the next operations get. A blob exists once its writer knows that it is certified, until
 * the chain says that it is over. Registered as a part of the engine, so that forks copy it.
 */
export class Catalogue implements Part {
  readonly #preloadedBytes: readonly number[];
  readonly #over: () => ReadonlySet<BlobNumber>;
  #written: BlobEntry[] = [];
  /** Those that exist, once some are over, and how many were over when it was made. */
  #existing: { readonly entries: readonly BlobEntry[]; readonly over: number } | undefined;
  #nextBlob: BlobNumber;
  #nextRead = 0;
  #nextWrite = 0;

  constructor(preloadedBytes: readonly number[], over: () => ReadonlySet<BlobNumber> = () => NONE) {
    this.#preloadedBytes = preloadedBytes;
    this.#over = over;
    this.#nextBlob = preloadedBytes.length;
  }

  /** Blobs that exist. */
  get blobCount(): number {
    const existing = this.#afterEnds();
    if (existing !== undefined) return existing.length;
    return this.#preloadedBytes.length + this.#written.length;
  }

  /** By age, 0 the oldest, below `blobCount`. */
  at(position: number): BlobEntry {
    const existing = this.#afterEnds();
    if (existing !== undefined) return existing[position]!;
    const preloaded = this.#preloadedBytes.length;
    if (position < preloaded) return { blob: position, bytes: this.#preloadedBytes[position]! };
    return this.#written[position - preloaded]!;
  }

  beginRead(): number {
    return this.#nextRead++;
  }

  beginWrite(): { readonly write: number; readonly blob: BlobNumber } {
    return { write: this.#nextWrite++, blob: this.#nextBlob++ };
  }

  /** A number for a blob that nobody will read. */
  beginOther(): BlobNumber {
    return this.#nextBlob++;
  }

  add(entry: BlobEntry): void {
    this.#written.push(Object.freeze(entry));
    this.#existing = undefined;
  }

  // What exists once some blobs are over; undefined while none is.
  #afterEnds(): readonly BlobEntry[] | undefined {
    const over = this.#over();
    if (over.size === 0) return undefined;
    if (this.#existing?.over !== over.size) {
      const preloaded = this.#preloadedBytes.map((bytes, blob) => ({ blob, bytes }));
      const entries = [...preloaded, ...this.#written].filter(({ blob }) => !over.has(blob));
      this.#existing = { entries, over: over.size };
    }
    return this.#existing.entries;
  }

  snapshot(): unknown {
    return {
      written: [...this.#written],
      nextBlob: this.#nextBlob,
      nextRead: this.#nextRead,
      nextWrite: this.#nextWrite,
    } satisfies CatalogueSnapshot;
  }

  restore(snapshot: unknown): void {
    const from = snapshot as CatalogueSnapshot;
    this.#written = [...from.written];
    this.#existing = undefined;
    this.#nextBlob = from.nextBlob;
    this.#nextRead = from.nextRead;
    this.#nextWrite = from.nextWrite;
  }
}

const NONE: ReadonlySet<BlobNumber> = new Set();

interface CatalogueSnapshot {
  readonly written: readonly BlobEntry[];
  readonly nextBlob: BlobNumber;
  readonly nextRead: number;
  readonly nextWrite: number;
}
