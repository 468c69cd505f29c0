import type { Axis, Sliver } from "./code.ts";
import { checkSliverIndex } from "./sizes.ts";

/** One of the slivers that lie one after another. Throws a RangeError if it is not there. */
export function sliverAt(slivers: Uint8Array, sliverBytes: number, index: number): Uint8Array {
  checkSliverIndex(index, slivers.length / sliverBytes);
  return slivers.subarray(index * sliverBytes, (index + 1) * sliverBytes);
}

/** The secondary slivers of a code of one dimension. */
export function noSecondary(): never {
  throw new RangeError(
    "axis: expected primary, as a code of one dimension has no secondary slivers",
  );
}

/** The first slivers of an axis that are distinct and of the right size: as many as are needed. */
export function acceptSlivers(
  slivers: readonly Sliver[],
  wanted: {
    readonly axis: Axis;
    readonly shardCount: number;
    readonly sliverBytes: number;
    readonly needed: number;
  },
): Sliver[] {
  const accepted = new Map<number, Sliver>();
  for (const sliver of slivers) {
    if (accepted.size === wanted.needed) break;
    const { axis, index, data } = sliver;
    if (axis !== wanted.axis || data.length !== wanted.sliverBytes) continue;
    if (!Number.isInteger(index) || index < 0 || index >= wanted.shardCount) continue;
    if (!accepted.has(index)) accepted.set(index, sliver);
  }
  return [...accepted.values()];
}
