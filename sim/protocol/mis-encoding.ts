import type { Axis } from "../codec/code.ts";
import { type ForeignSlivers, isForeign } from "../codec/red-stuff/mis-encode.ts";
import { otherAxis } from "../codec/red-stuff/shape.ts";
import type { BlobNumber, InconsistencyEvidence, Metadata, SliverSlice } from "./content.ts";
import type { ConsistencyCheck } from "./parameters.ts";
import type { Placement } from "./placement.ts";

/*
 * What comes of a blob whose writer committed to slivers that are no code word, by arithmetic. It rests
 * on one property of foreign slivers: in every symbol they differ from what the other axis has there,
 * and no combination of them makes a code word.
 */

/** What the reader of a mis-encoded blob has in hands. */
export type ValueRead =
  /** What the systematic slivers say that the metadata commits to: one value for all readers. */
  | "committed"
  /** What the slivers were before the writer replaced some. */
  | "original"
  /** What these slivers alone lead to. */
  | `mix ${number}`;

/** The sliver of an axis that belongs to a pair. Its own reverse. */
export const sliverIndexOf = (axis: Axis, pair: number, pairCount: number): number =>
  axis === "primary" ? pair : pairCount - 1 - pair;

/** Pairs of the slivers that came, or gave symbols, in order, and not more than `most`. */
export function pairsOf(
  slices: readonly Pick<SliverSlice, "epoch" | "node" | "first" | "count" | "absent" | "wrong">[],
  blob: BlobNumber,
  placement: Placement,
  most: number,
): number[] {
  const found: number[] = [];
  for (const { epoch, node, first, count, absent, wrong } of slices) {
    if (wrong > 0) continue;
    const pairs = placement.at(epoch).pairs(blob, node);
    for (let position = first; position < first + count && found.length < most; position++) {
      if (!absent.includes(position)) found.push(pairs[position] as number);
    }
  }
  return found;
}

/** Whether symbols of these sources lead to another sliver than the metadata speaks of. */
export function leadsAstray(
  foreign: ForeignSlivers,
  { axis, target, sources }: Pick<InconsistencyEvidence, "axis" | "target" | "sources">,
  pairCount: number,
): boolean {
  const isForeignPair = (pair: number) =>
    isForeign(foreign, sliverIndexOf(foreign.axis, pair, pairCount));
  return axis === foreign.axis ? isForeignPair(target) : sources.some(isForeignPair);
}

/** How many sources a proof against a sliver of this axis rests on. */
export const sourcesNeeded = (axis: Axis, placement: Placement): number =>
  otherAxis(axis) === "primary" ? placement.primaryNeeded : placement.secondaryNeeded;

/** Whether a reader who decoded these primary slivers finds the blob consistent. */
export function passes(
  check: ConsistencyCheck,
  metadata: Metadata,
  used: readonly number[],
  placement: Placement,
): boolean {
  if (check === "skip") return true;
  return check === "default" && deviating(metadata, used, placement, isChecked).length === 0;
}

/** What a reader who decoded these primary slivers has, checked or not. */
export function valueRead(
  metadata: Metadata,
  used: readonly number[],
  placement: Placement,
): ValueRead {
  if (deviating(metadata, used, placement, isRead).length === 0) return "committed";
  if (!hasForeign(metadata, used)) return "original";
  let hash = 0;
  for (const pair of [...used].sort((a, b) => a - b)) hash = (Math.imul(hash, 31) + pair) | 0;
  return `mix ${hash >>> 0}`;
}

const isRead = (row: number, contentRows: number): boolean => row < contentRows;
const isChecked = (): boolean => true;

// Systematic rows that come out otherwise than committed to. Those decoded from are as committed. Of the
// others a foreign one is not met; where a foreign sliver was among the sources none is, but for rows of
// padding, which the reader replaces by zeros.
function deviating(
  metadata: Metadata,
  used: readonly number[],
  placement: Placement,
  counts: (row: number, contentRows: number) => boolean,
): number[] {
  const { foreign, bytes } = metadata;
  if (foreign === undefined || foreign.axis === "secondary") return [];
  const contentRows = Math.ceil(bytes / placement.sizes(bytes).primaryBytes);
  const isMixed = hasForeign(metadata, used);
  const known = new Set(used);
  const rows: number[] = [];
  for (let row = 0; row < placement.primaryNeeded; row++) {
    if (known.has(row) || !counts(row, contentRows)) continue;
    if (isForeign(foreign, row) || (isMixed && row < contentRows)) rows.push(row);
  }
  return rows;
}

const hasForeign = ({ foreign }: Metadata, used: readonly number[]): boolean =>
  foreign !== undefined &&
  foreign.axis === "primary" &&
  used.some((index) => isForeign(foreign, index));
