import type { SliverMatrix } from "../codec-engine.ts";
import type { Kernels } from "./kernels.ts";
import { encode } from "./reed-solomon.ts";
import { columnPanels, hashPanel, type PanelNodes } from "./sliver-roots.ts";
import { transpose } from "./transpose.ts";

/** A share of what there is to do for one blob, for threads that share its matrix. */
export interface Share {
  /** `slivers` from a message that stands in the first primary slivers; `roots` once all slivers are there. */
  readonly kind: "slivers" | "roots";
  /** Which one, of so many. */
  readonly share: number;
  readonly of: number;
}

/** Does one share. All `slivers` must be done before the first of `roots`; otherwise any order will do. */
export function doShare(
  kernels: Kernels,
  matrix: SliverMatrix,
  { kind, share, of }: Share,
): readonly PanelNodes[] {
  const part = (count: number) => ({
    from: Math.floor((count * share) / of),
    to: Math.floor((count * (share + 1)) / of),
  });
  if (kind === "roots") {
    const panels = columnPanels(matrix);
    const { from, to } = part(panels.length);
    return panels.slice(from, to).map((panel) => hashPanel(kernels, matrix, panel));
  }
  const { shardCount, rows, columns, symbolBytes, primary, secondary } = matrix;
  // Symbols at one place of all rows, or of all columns, are independent of those at any other place.
  const ofRows = part(columns);
  encode(kernels, codeOf(rows, shardCount), primary, symbolBytes, ofRows);
  const ofColumns = part(rows);
  const message = primary.subarray(0, rows * columns * symbolBytes);
  transpose(kernels, secondary, message, columns, symbolBytes, ofColumns);
  encode(kernels, codeOf(columns, shardCount), secondary, symbolBytes, ofColumns);
  return [];
}

const codeOf = (originals: number, all: number) => ({ originals, repairs: all - originals });
