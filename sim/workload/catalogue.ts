import type { Part } from "../engine/engine.ts";
import type { BlobNumber } from "../protocol/content.ts";
import { Survivors } from "./survivors.ts";

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
  /** Which of them still exist, once some are over. */
  #existing: Existing | undefined;
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
    if (existing !== undefined) return existing.left.count;
    return this.#preloadedBytes.length + this.#written.length;
  }

  /** By age, 0 the oldest, below `blobCount`. */
  at(position: number): BlobEntry {
    const index = this.#afterEnds()?.left.at(position) ?? position;
    const preloaded = this.#preloadedBytes.length;
    if (index < preloaded) return { blob: index, bytes: this.#preloadedBytes[index]! };
    return this.#written[index - preloaded]!;
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

  // What exists once some blobs are over; undefined while none is.
  #afterEnds(): Existing | undefined {
    const over = this.#over();
    if (over.size === 0) return undefined;
    this.#existing ??= {
      left: new Survivors(),
      indexOf: new Map(),
      known: 0,
      ends: over.values(),
      ended: 0,
    };
    const existing = this.#existing;
    const { left, indexOf, ends } = existing;
    const preloaded = this.#preloadedBytes.length;
    for (; existing.known < preloaded + this.#written.length; existing.known++) {
      const index = existing.known;
      const blob = index < preloaded ? index : this.#written[index - preloaded]!.blob;
      left.grow();
      indexOf.set(blob, index);
      if (over.has(blob)) left.strike(index);
    }
    // No further than to the last of them, so that the iterator goes on to those that come later.
    for (; existing.ended < over.size; existing.ended++) {
      const index = indexOf.get(ends.next().value as BlobNumber);
      if (index !== undefined) left.strike(index);
    }
    return existing;
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

/** Made anew in a fork. */
interface Existing {
  /** By age. */
  readonly left: Survivors;
  readonly indexOf: Map<BlobNumber, number>;
  /** How many of all blobs it has. */
  known: number;
  /** What is over, in the order of ending, and how much of it has been struck out. */
  readonly ends: Iterator<BlobNumber>;
  ended: number;
}

interface CatalogueSnapshot {
  readonly written: readonly BlobEntry[];
  readonly nextBlob: BlobNumber;
  readonly nextRead: number;
  readonly nextWrite: number;
}
