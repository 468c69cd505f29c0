import type { SliverMatrix } from "../codec-engine.ts";
import type { SliverPlaces } from "./expand.ts";

/** A blob whose message stands in the first primary slivers of a matrix, which takes up all others too. */
export function matrixPlaces(matrix: SliverMatrix): SliverPlaces {
  const { rows, columns, symbolBytes, primary, secondary } = matrix;
  const primaryBytes = columns * symbolBytes;
  const secondaryBytes = rows * symbolBytes;
  return {
    readMessage: (at, target) => target.set(primary.subarray(at, at + target.length)),
    write(axis, index, at, bytes) {
      if (axis === "secondary") secondary.set(bytes, index * secondaryBytes + at);
      else if (index >= rows) primary.set(bytes, index * primaryBytes + at);
    },
    readSecondary(index, target) {
      const from = index * secondaryBytes;
      target.set(secondary.subarray(from, from + secondaryBytes));
    },
  };
}
