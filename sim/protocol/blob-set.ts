import type { BlobNumber } from "./content.ts";

/**
 * A set of blobs that only grows: a bit for each number up to the largest in it, for blobs are numbered one after
 * another, and each node has several such sets. Plain data.
 */
export interface BlobSet {
  bits: Uint32Array;
}

export const newBlobSet = (): BlobSet => ({ bits: new Uint32Array(0) });

export function addBlob(set: BlobSet, blob: BlobNumber): void {
  const word = blob >>> 5;
  if (word >= set.bits.length) {
    const longer = new Uint32Array(Math.max(word + 1, 2 * set.bits.length));
    longer.set(set.bits);
    set.bits = longer;
  }
  set.bits[word] = (set.bits[word] as number) | (1 << (blob & 31));
}

export const hasBlob = ({ bits }: BlobSet, blob: BlobNumber): boolean =>
  ((bits[blob >>> 5] ?? 0) & (1 << (blob & 31))) !== 0;
