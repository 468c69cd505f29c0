import type { SliverMatrix, SliverRoots } from "../codec-engine.ts";
import { expandPanel, expandRows, rowGroups } from "./expand.ts";
import type { Kernels } from "./kernels.ts";
import { matrixPlaces } from "./matrix-places.ts";
import { columnPanels, joinPanels, type PanelNodes } from "./sliver-roots.ts";

/** Rows of the message that are worked on at once: they and what comes of them fit a near cache. */
const ROW_GROUP_BYTES = 2 ** 20;
/** Larger symbols are worked on row by row, which spares turning them. */
const SINGLE_ROW_SYMBOL_BYTES = 2048;

/** A share of what there is to do for one blob, for threads that share its matrix. */
export interface Share {
  /** `rows` of a message that stands in the first primary slivers; `panels` once all rows are done. */
  readonly kind: "rows" | "panels";
  /** Which one, of so many. */
  readonly share: number;
  readonly of: number;
}

/** Does one share. All `rows` must be done before the first of `panels`; otherwise any order will do. */
export function doShare(
  kernels: Kernels,
  matrix: SliverMatrix,
  { kind, share, of }: Share,
): readonly PanelNodes[] {
  const places = matrixPlaces(matrix);
  // By turns: panels to the right have less to write.
  const own = <T>(all: readonly T[]) => all.filter((_, i) => i % of === share);
  if (kind === "panels") {
    return own(columnPanels(matrix)).map((panel) => expandPanel(kernels, matrix, places, panel));
  }
  const groupBytes = matrix.symbolBytes < SINGLE_ROW_SYMBOL_BYTES ? ROW_GROUP_BYTES : 0;
  for (const group of own(rowGroups(matrix, groupBytes))) {
    expandRows(kernels, matrix, places, group);
  }
  return [];
}

/** Roots of all slivers, from what all shares of panels came to. */
export function joinShares(
  kernels: Kernels,
  { shardCount }: SliverMatrix,
  shares: readonly (readonly PanelNodes[])[],
): SliverRoots {
  const count = shares.reduce((sum, share) => sum + share.length, 0);
  const panels = Array.from(
    { length: count },
    (_, i) => shares[i % shares.length]![Math.floor(i / shares.length)]!,
  );
  return joinPanels(kernels, shardCount, panels);
}

/** Fills in all slivers of a matrix, and hashes them. */
export function expandMatrix(kernels: Kernels, matrix: SliverMatrix): SliverRoots {
  doShare(kernels, matrix, { kind: "rows", share: 0, of: 1 });
  const panels = doShare(kernels, matrix, { kind: "panels", share: 0, of: 1 });
  return joinShares(kernels, matrix, [panels]);
}
