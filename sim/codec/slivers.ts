import { InvariantError, invariant } from "../engine/invariant.ts";
import type { Axis, Sliver } from "./code.ts";

/** The sliver of an index that must exist, of slivers that lie one after another. */
export function sliverAt(slivers: Uint8Array, sliverBytes: number, index: number): Uint8Array {
  const at = index * sliverBytes;
  invariant(
    Number.isInteger(index) && at >= 0 && at + sliverBytes <= slivers.length,
    () => `no sliver ${index} of ${slivers.length / sliverBytes}`,
  );
  return slivers.subarray(at, at + sliverBytes);
}

/** The secondary slivers of a code of one dimension. */
export function noSecondary(): never {
  throw new InvariantError("a code of one dimension has no secondary slivers");
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
