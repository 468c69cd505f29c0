import type { NamedFigure } from "../../analysis/figures/figure.ts";
import type { Summary } from "../../analysis/summary.ts";
import type { ReplicationDigest } from "../study/manifest.ts";
import type { NamedCell } from "./study-cells.ts";

/** What became of one cell, without its rows. */
export interface FinishedCell {
  readonly named: NamedCell;
  readonly summary: Summary;
  readonly digests: readonly ReplicationDigest[];
  /** Of this cell alone; empty in a sweep, which has too many. */
  readonly figures: readonly NamedFigure[];
}

/**
 * Where a figure of a cell is kept below `figures/`: in a folder of the cell's own if there are
 * several cells.
 */
export function figurePath({ named }: FinishedCell, figure: NamedFigure): string {
  if (named.name === "") return figure.name;
  return `${named.name.replaceAll(/[^\w.=-]+/g, "-")}/${figure.name}`;
}
