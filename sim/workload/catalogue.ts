import type { Part } from "../engine/engine.ts";
import type { BlobNumber } from "../protocol/content.ts";

/** A blob that can be read. */
export interface BlobEntry {
  readonly blob: BlobNumber;
  readonly bytes: number;
}

/**
 * What all demands of a world share: which blobs exist, from the oldest to the youngest, and the numbers that
 * the next blob and the next operations get. A blob exists once its writer knows that it is certified, and
 * for ever. Registered as a part of the engine, so that forks copy it.
 */
export class Catalogue implements Part {
  readonly #preloadedBytes: readonly number[];
  #written: BlobEntry[] = [];
  #nextBlob: BlobNumber;
  #nextRead = 0;
  #nextWrite = 0;

  constructor(preloadedBytes: readonly number[]) {
    this.#preloadedBytes = preloadedBytes;
    this.#nextBlob = preloadedBytes.length;
  }

  /** Blobs that exist. */
  get blobCount(): number {
    return this.#preloadedBytes.length + this.#written.length;
  }

  /** By age, 0 the oldest, below `blobCount`. */
  at(position: number): BlobEntry {
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
    this.#nextBlob = from.nextBlob;
    this.#nextRead = from.nextRead;
    this.#nextWrite = from.nextWrite;
  }
}

interface CatalogueSnapshot {
  readonly written: readonly BlobEntry[];
  readonly nextBlob: BlobNumber;
  readonly nextRead: number;
  readonly nextWrite: number;
}
