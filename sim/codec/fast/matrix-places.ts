import type { SliverMatrix } from "../codec-engine.ts";
import type { SliverPlaces } from "./expand.ts";
import { copyShared, isShared } from "./shared-memory.ts";

/** A blob whose message stands in the first primary slivers of a matrix, which takes up all others too. */
export function matrixPlaces(matrix: SliverMatrix): SliverPlaces {
  const { rows, columns, symbolBytes, primary, secondary } = matrix;
  const primaryBytes = columns * symbolBytes;
  const secondaryBytes = rows * symbolBytes;
  const copy = isShared(primary)
    ? copyShared
    : (target: Uint8Array, source: Uint8Array) => target.set(source);
  return {
    pieceBytesMin: 2048,
    readMessage: (at, target) => copy(target, primary.subarray(at, at + target.length)),
    write(axis, index, at, bytes) {
      if (axis === "primary" && index < rows) return; // It is there already.
      const [slivers, from] =
        axis === "primary"
          ? [primary, index * primaryBytes + at]
          : [secondary, index * secondaryBytes + at];
      copy(slivers.subarray(from, from + bytes.length), bytes);
    },
    readSecondary(index, target) {
      const from = index * secondaryBytes;
      copy(target, secondary.subarray(from, from + secondaryBytes));
    },
  };
}
