import type { Distribution } from "../engine/distribution.ts";
import { quantile } from "../engine/quantile.ts";

const BULK = 1024;
/** The last stratum is halved so often: a heavy tail has much of its mean in its last thousandth. */
const HALVINGS = 30;
const PARTS = 8;

/**
 * A distribution of blob sizes cut into strata, each by its median: what is averaged over them is
 * averaged over blobs, also where it is no straight line, as the stepped symbol size is.
 */
export interface SizeClasses {
  /** Share of the blobs in classes 0 to i. */
  readonly upTo: readonly number[];
  readonly bytes: readonly number[];
}

export function sizeClasses(size: Distribution, blobBytesMax: number): SizeClasses {
  const whole = (bytes: number) => Math.min(blobBytesMax, Math.max(1, Math.round(bytes)));
  if (size.kind === "constant") return { upTo: [1], bytes: [whole(size.value)] };
  if (size.kind === "empirical") {
    const { length } = size.values;
    return {
      upTo: size.values.map((_, index) => (index + 1) / length),
      bytes: size.values.map(whole),
    };
  }
  const upTo: number[] = [];
  const bytes: number[] = [];
  const add = (from: number, to: number) => {
    upTo.push(to);
    bytes.push(whole(quantile(size, (from + to) / 2)));
  };
  for (let stratum = 0; stratum < BULK - 1; stratum++) add(stratum / BULK, (stratum + 1) / BULK);
  let left = 1 / BULK;
  for (let halving = 0; halving < HALVINGS; halving++) {
    for (let part = 0; part < PARTS; part++) {
      add(1 - left + (part / PARTS) * (left / 2), 1 - left + ((part + 1) / PARTS) * (left / 2));
    }
    left /= 2;
  }
  add(1 - left, 1);
  return { upTo, bytes };
}

/** The mean over blobs of something that follows from a blob's size. */
export function meanOver({ upTo, bytes }: SizeClasses, of: (bytes: number) => number): number {
  return bytes.reduce(
    (sum, size, index) => sum + of(size) * (upTo[index]! - (upTo[index - 1] ?? 0)),
    0,
  );
}

/** The size of the blob at that share of the distribution, 0..1. */
export function sizeAt({ upTo, bytes }: SizeClasses, share: number): number {
  let low = 0;
  let high = upTo.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (upTo[middle]! > share) high = middle;
    else low = middle + 1;
  }
  return bytes[low]!;
}
