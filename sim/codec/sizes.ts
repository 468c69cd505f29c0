/** The quotient of two whole numbers, rounded up; exact up to 2^53. */
export function divideUp(dividend: number, divisor: number): number {
  return Math.floor(dividend / divisor) + (dividend % divisor === 0 ? 0 : 1);
}

/** The smallest even number of bytes that holds the share: field elements are two bytes wide. */
export function evenShareBytes(blobBytes: number, shares: number): number {
  const bytes = divideUp(Math.max(blobBytes, 1), shares);
  return bytes + (bytes % 2);
}

/** Bytes of a length prefix as BCS writes it: seven bits a byte. */
export function lengthPrefixBytes(length: number): number {
  return length < 128 ? 1 : 1 + lengthPrefixBytes(Math.floor(length / 128));
}

/** Whether a blob can have this length: what metadata claims need not be so. */
export function isBlobLength(blobBytes: number, blobBytesMax: number): boolean {
  return Number.isSafeInteger(blobBytes) && blobBytes >= 0 && blobBytes <= blobBytesMax;
}

export function checkBlobBytes(blobBytes: number, blobBytesMax: number): void {
  if (!isBlobLength(blobBytes, blobBytesMax)) {
    throw new RangeError(
      `blobBytes: expected a whole number from 0 to ${blobBytesMax}, found ${blobBytes}`,
    );
  }
}

export function checkSliverIndex(index: number, shardCount: number): void {
  checkCount("sliver index", index, 0, shardCount - 1);
}

export function checkCount(name: string, count: number, least: number, most: number): void {
  if (!Number.isInteger(count) || count < least || count > most) {
    throw new RangeError(
      `${name}: expected a whole number from ${least} to ${most}, found ${count}`,
    );
  }
}
