import { InvariantError, invariant } from "../engine/invariant.ts";
import type { Axis, Sliver } from "./code.ts";

/** The sliver of an index that must exist. */
export function sliverAt(slivers: readonly Uint8Array[], index: number): Uint8Array {
  const sliver = slivers[index];
  invariant(sliver !== undefined, () => `no sliver ${index} of ${slivers.length}`);
  return sliver;
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
